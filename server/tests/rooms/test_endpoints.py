"""Rooms over HTTP."""

import asyncio
import re

import httpx2
import pytest
from factories import Server, foreign_token
from rooms.meetings import on_both_engines

from jumpa.config import RoomSettings, ServerSettings, Settings
from jumpa.media.embedded.participants import JoinOptions

ROOMS = "/api/v1/rooms"
CODE = re.compile(r"[a-z]{3}-[a-z]{4}-[a-z]{3}")


def assert_problem(answer: httpx2.Response, status: int, code: str) -> None:
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["request_id"] == answer.headers["x-request-id"]
    assert answer.json()["detail"]


def as_host(room: dict[str, str]) -> dict[str, str]:
    return {"Authorization": f"Bearer {room['host_secret']}"}


def with_another_letter(seat: str) -> str:
    return ("B" if seat.startswith("A") else "A") + seat[1:]


async def join(server: Server, code: str, **body: object) -> httpx2.Response:
    return await server.client.post(f"{ROOMS}/{code}/join", json={"name": "Ayu", **body})


@on_both_engines
class TestCreateRoom:
    async def test_gives_a_code_a_host_secret_and_a_link(self, client: httpx2.AsyncClient) -> None:
        answer = await client.post(ROOMS, json={"title": "  Rapat   pagi "})

        room = answer.json()
        assert answer.status_code == 201
        assert CODE.fullmatch(room["code"])
        assert room["title"] == "Rapat pagi"
        assert len(room["host_secret"]) >= 43
        assert room["url"] == f"http://localhost:7880/{room['code']}"
        assert answer.headers["cache-control"] == "no-store"

    async def test_needs_no_title(self, client: httpx2.AsyncClient) -> None:
        assert (await client.post(ROOMS, json={})).json()["title"] == ""

    async def test_gives_different_rooms_to_many_at_once(self, server: Server) -> None:
        rooms = await asyncio.gather(*(server.create_room() for _ in range(20)))

        assert len({room["code"] for room in rooms}) == 20
        assert len({room["host_secret"] for room in rooms}) == 20

    @pytest.mark.parametrize(
        "body",
        [
            {"titel": "x"},
            {"title": 7},
            {"title": "a\x00b"},
            {"title": "x" * 1001},
            [],
            "text",
            {"code": "abc-defg-hjk"},
        ],
    )
    async def test_refuses_a_body_that_is_no_room(
        self, client: httpx2.AsyncClient, body: object
    ) -> None:
        answer = await client.post(ROOMS, json=body)

        assert_problem(answer, 422, "request_malformed")

    async def test_refuses_a_title_above_the_setting(self, client: httpx2.AsyncClient) -> None:
        assert_problem(await client.post(ROOMS, json={"title": "x" * 121}), 400, "title_too_long")

    async def test_refuses_what_is_not_json(self, client: httpx2.AsyncClient) -> None:
        headers = {"Content-Type": "application/json"}

        answer = await client.post(ROOMS, content=b"{", headers=headers)

        assert_problem(answer, 422, "request_malformed")


class TestCreateRoomTooOften:
    @pytest.fixture
    def settings(self) -> Settings:
        return Settings(rooms=RoomSettings(creations_per_minute=2))

    async def test_is_refused_until_a_moment_has_passed(self, server: Server) -> None:
        for _ in range(2):
            await server.create_room()

        refused = await server.client.post(ROOMS, json={})

        assert_problem(refused, 429, "too_many_requests")
        assert refused.headers["retry-after"] == "30"
        assert "r=0" in refused.headers["ratelimit"]

        server.now.seconds += 30
        await server.create_room()


class TestBodyLimit:
    @pytest.fixture
    def settings(self) -> Settings:
        return Settings(server=ServerSettings(body_bytes=1000))

    async def test_refuses_a_body_that_is_too_large(self, client: httpx2.AsyncClient) -> None:
        answer = await client.post(ROOMS, json={"title": "x" * 2000})

        assert_problem(answer, 413, "body_too_large")

    async def test_refuses_a_body_that_grows_too_large(self, client: httpx2.AsyncClient) -> None:
        async def chunks() -> object:
            for _ in range(20):
                yield b" " * 100

        headers = {"Content-Type": "application/json"}
        answer = await client.post(ROOMS, content=chunks(), headers=headers)  # type: ignore[arg-type]  # an async generator

        assert_problem(answer, 413, "body_too_large")


@on_both_engines
class TestGetRoom:
    async def test_tells_the_title_and_that_nobody_is_inside(self, server: Server) -> None:
        room = await server.create_room("Rapat")

        answer = await server.client.get(f"{ROOMS}/{room['code']}")

        assert answer.json() == {
            "code": room["code"],
            "title": "Rapat",
            "created_at": "2026-11-21T09:00:00Z",
            "ended": False,
            "participants": [],
            "participant_count": 0,
            "has_password": False,
        }

    @pytest.mark.parametrize("spell", [str.upper, lambda code: code.replace("-", " ")])
    async def test_reads_a_code_as_people_type_it(self, server: Server, spell: object) -> None:
        assert callable(spell)
        code = (await server.create_room())["code"]

        answer = await server.client.get(f"{ROOMS}/{spell(code)}")

        assert answer.json()["code"] == code

    @pytest.mark.parametrize("code", ["abc-defg-hjk", "x", "a" * 5000, "%00", "..", "%F0%9F%98%80"])
    async def test_says_that_there_is_no_such_room(
        self, client: httpx2.AsyncClient, code: str
    ) -> None:
        answer = await client.get(f"{ROOMS}/{code}")

        assert answer.status_code == 404
        assert answer.json()["code"] in {"room_not_found", "not_found"}


class TestGuessCodes:
    @pytest.fixture
    def settings(self) -> Settings:
        return Settings(rooms=RoomSettings(refusals_per_minute=3))

    async def test_is_slowed_down_also_for_codes_that_exist(self, server: Server) -> None:
        room = await server.create_room()
        for _ in range(3):
            assert (await server.client.get(f"{ROOMS}/abc-defg-hjk")).status_code == 404

        answer = await server.client.get(f"{ROOMS}/{room['code']}")

        assert_problem(answer, 429, "too_many_requests")


class TestJoinRoom:
    async def test_gives_a_token_for_this_room_alone(self, server: Server) -> None:
        room = await server.create_room()

        joined = (await join(server, room["code"], name=" Ayu  Lestari ")).json()

        claims = server.verifier.verify(joined["token"])
        assert joined["url"] == "ws://localhost:7880"
        assert joined["role"] == "guest"
        assert joined["expires_in_s"] == 600
        assert claims.identity == joined["identity"]
        assert claims.name == "Ayu Lestari"
        assert claims.attributes == {"role": "guest"}
        assert claims.video.room == room["code"]
        assert claims.video.room_join
        assert not claims.video.room_admin
        assert not claims.video.room_create
        assert not claims.video.room_list

    @on_both_engines
    async def test_gives_every_tab_its_own_identity(self, server: Server) -> None:
        code = (await server.create_room())["code"]

        first, second = [(await join(server, code)).json() for _ in range(2)]

        assert first["identity"] != second["identity"]

    @on_both_engines
    async def test_keeps_the_identity_of_a_seat(self, server: Server) -> None:
        code = (await server.create_room())["code"]
        first = (await join(server, code)).json()

        again = (await join(server, code, name="Bu Ayu", seat=first["seat"])).json()

        assert again["identity"] == first["identity"]

    @on_both_engines
    async def test_does_not_take_a_seat_of_another_room(self, server: Server) -> None:
        here, there = [(await server.create_room())["code"] for _ in range(2)]
        first = (await join(server, here)).json()

        other = (await join(server, there, seat=first["seat"])).json()

        assert other["identity"] != first["identity"]

    @on_both_engines
    @pytest.mark.parametrize("forge", [str.swapcase, with_another_letter, lambda _: "é"])
    async def test_does_not_take_a_forged_seat(self, server: Server, forge: object) -> None:
        assert callable(forge)
        code = (await server.create_room())["code"]
        first = (await join(server, code)).json()

        other = await join(server, code, seat=forge(first["seat"]))

        assert other.status_code == 200
        assert other.json()["identity"] != first["identity"]

    @on_both_engines
    async def test_does_not_take_a_bare_identity(self, server: Server) -> None:
        code = (await server.create_room())["code"]

        answer = await join(server, code, identity="ayu")

        assert_problem(answer, 422, "request_malformed")

    @on_both_engines
    async def test_marks_the_host(self, server: Server) -> None:
        room = await server.create_room()

        joined = (await join(server, room["code"], host_secret=room["host_secret"])).json()

        assert joined["role"] == "host"
        assert server.verifier.verify(joined["token"]).attributes == {"role": "host"}

    @on_both_engines
    async def test_refuses_the_host_secret_of_another_room(self, server: Server) -> None:
        here, there = [await server.create_room() for _ in range(2)]

        answer = await join(server, here["code"], host_secret=there["host_secret"])

        assert_problem(answer, 403, "host_secret_wrong")

    @on_both_engines
    @pytest.mark.parametrize(
        "name", ["", "   ", "x" * 101, "a\nb", "a\x1b[31m", "\u202eevil", "\u200b", None, 5]
    )
    async def test_refuses_a_name_that_cannot_be_read(self, server: Server, name: object) -> None:
        code = (await server.create_room())["code"]

        answer = await join(server, code, name=name)

        assert_problem(answer, 422, "request_malformed")
        assert answer.json()["fields"][0]["field"] == "name"

    @on_both_engines
    @pytest.mark.parametrize("name", ["ñandú", "山田太郎", "👩\u200d🚀", "x" * 100, "مريم"])
    async def test_takes_names_of_the_world(self, server: Server, name: str) -> None:
        code = (await server.create_room())["code"]

        joined = (await join(server, code, name=name)).json()

        assert server.verifier.verify(joined["token"]).name == name

    @on_both_engines
    async def test_says_that_there_is_no_such_room(self, server: Server) -> None:
        assert_problem(await join(server, "abc-defg-hjk"), 404, "room_not_found")

    @on_both_engines
    async def test_does_not_repeat_what_was_sent(self, server: Server) -> None:
        code = (await server.create_room())["code"]

        answer = await join(server, code, host_secret="s3cret" * 200)

        assert_problem(answer, 422, "request_malformed")
        assert "s3cret" not in answer.text


class TestJoinTooOften:
    @pytest.fixture
    def settings(self) -> Settings:
        return Settings(rooms=RoomSettings(joins_per_minute=1))

    async def test_is_refused(self, server: Server) -> None:
        code = (await server.create_room())["code"]
        assert (await join(server, code)).status_code == 200

        assert_problem(await join(server, code), 429, "too_many_requests")


@on_both_engines
class TestEndRoom:
    async def test_ends_it_for_everybody(self, server: Server) -> None:
        room = await server.create_room()
        await server.open_live_room(room["code"])

        answer = await server.client.post(f"{ROOMS}/{room['code']}/end", headers=as_host(room))

        assert answer.status_code == 204
        assert room["code"] not in await server.live_rooms()
        assert_problem(await join(server, room["code"]), 410, "room_ended")
        assert (await server.client.get(f"{ROOMS}/{room['code']}")).json()["ended"]

    async def test_changes_nothing_the_second_time(self, server: Server) -> None:
        room = await server.create_room()
        path = f"{ROOMS}/{room['code']}/end"

        answers = await asyncio.gather(
            *(server.client.post(path, headers=as_host(room)) for _ in range(5))
        )

        assert [answer.status_code for answer in answers] == [204] * 5

    async def test_needs_the_host_secret(self, server: Server) -> None:
        room = await server.create_room()

        answer = await server.client.post(f"{ROOMS}/{room['code']}/end")

        assert_problem(answer, 401, "host_secret_missing")
        assert answer.headers["www-authenticate"] == "Bearer"

    async def test_refuses_a_guests_token_and_another_rooms_secret(self, server: Server) -> None:
        here, there = [await server.create_room() for _ in range(2)]
        guest = (await join(server, here["code"])).json()

        for secret, status, code in (
            (guest["token"], 401, "access_token_invalid"),
            (guest["seat"], 403, "role_too_low"),
            (there["host_secret"], 403, "host_secret_wrong"),
            (here["host_secret"] + "x", 403, "host_secret_wrong"),
        ):
            answer = await server.client.post(
                f"{ROOMS}/{here['code']}/end", headers={"Authorization": f"Bearer {secret}"}
            )
            assert_problem(answer, status, code)
        assert not (await server.client.get(f"{ROOMS}/{here['code']}")).json()["ended"]

    async def test_leaves_other_rooms_alone(self, server: Server) -> None:
        ended, other = [await server.create_room() for _ in range(2)]
        await server.open_live_room(other["code"])

        await server.client.post(f"{ROOMS}/{ended['code']}/end", headers=as_host(ended))

        live = await server.live_rooms()
        assert other["code"] in live
        assert ended["code"] not in live


class Screen:
    """A client's end of the signalling."""

    def __init__(self) -> None:
        self.closed = asyncio.Event()

    def send(self, message: bytes) -> None:
        pass

    def close(self) -> None:
        self.closed.set()


async def enter(server: Server, code: str, name: str) -> tuple[str, Screen]:
    """Join for real; the identity, and the screen that is closed when it ends."""
    joined = (await join(server, code, name=name)).json()
    screen = Screen()
    claims = server.verifier.verify(joined["token"])
    await server.engine.join(claims, JoinOptions(), screen, joined["token"])
    return joined["identity"], screen


class TestRemoveParticipant:
    async def test_sends_one_away_and_leaves_the_others(self, server: Server) -> None:
        room = await server.create_room()
        ann, of_ann = await enter(server, room["code"], "Ann")
        _, of_ben = await enter(server, room["code"], "Ben")
        before = (await server.client.get(f"{ROOMS}/{room['code']}")).json()

        answer = await server.client.delete(
            f"{ROOMS}/{room['code']}/participants/{ann}", headers=as_host(room)
        )

        after = (await server.client.get(f"{ROOMS}/{room['code']}")).json()
        assert answer.status_code == 204
        assert of_ann.closed.is_set()
        assert not of_ben.closed.is_set()
        assert (before["participants"], before["participant_count"]) == (["Ann", "Ben"], 2)
        assert (after["participants"], after["participant_count"]) == (["Ben"], 1)

    async def test_does_not_reach_into_another_room(self, server: Server) -> None:
        here, there = [await server.create_room() for _ in range(2)]
        ann, of_ann = await enter(server, there["code"], "Ann")

        answer = await server.client.delete(
            f"{ROOMS}/{here['code']}/participants/{ann}", headers=as_host(here)
        )

        assert answer.status_code == 404
        assert not of_ann.closed.is_set()

    async def test_says_that_nobody_has_that_identity(self, server: Server) -> None:
        room = await server.create_room()
        await server.open_live_room(room["code"])

        answer = await server.client.delete(
            f"{ROOMS}/{room['code']}/participants/nobody", headers=as_host(room)
        )

        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"

    async def test_needs_the_host_secret(self, server: Server) -> None:
        here, there = [await server.create_room() for _ in range(2)]
        path = f"{ROOMS}/{here['code']}/participants/ann"

        missing = await server.client.delete(path)
        wrong = await server.client.delete(path, headers=as_host(there))

        assert_problem(missing, 401, "host_secret_missing")
        assert_problem(wrong, 403, "host_secret_wrong")


class TestValidate:
    """What /rtc/validate says of stored rooms."""

    async def test_lets_a_guest_in(self, server: Server) -> None:
        code = (await server.create_room())["code"]
        token = (await join(server, code)).json()["token"]

        answer = await server.client.get("/rtc/validate", params={"access_token": token})

        assert answer.status_code == 200

    async def test_refuses_a_guest_of_a_room_that_ended(self, server: Server) -> None:
        room = await server.create_room()
        token = (await join(server, room["code"])).json()["token"]
        await server.client.post(f"{ROOMS}/{room['code']}/end", headers=as_host(room))

        answer = await server.client.get("/rtc/validate", params={"access_token": token})

        assert answer.status_code == 404

    async def test_lets_a_foreign_token_name_any_room(self, server: Server) -> None:
        params = {"access_token": foreign_token("a room of theirs")}

        assert (await server.client.get("/rtc/validate", params=params)).status_code == 200

    async def test_refuses_a_foreign_token_for_a_room_that_ended(self, server: Server) -> None:
        room = await server.create_room()
        await server.client.post(f"{ROOMS}/{room['code']}/end", headers=as_host(room))

        params = {"access_token": foreign_token(room["code"])}

        assert (await server.client.get("/rtc/validate", params=params)).status_code == 404

    async def test_closes_a_live_room_that_opens_after_the_end(self, server: Server) -> None:
        room = await server.create_room()
        await server.client.post(f"{ROOMS}/{room['code']}/end", headers=as_host(room))
        finished = asyncio.Event()
        server.parts.engine.subscribe(
            lambda event: finished.set() if "Finished" in type(event).__name__ else None
        )

        await server.open_live_room(room["code"])

        async with asyncio.timeout(10):
            await finished.wait()
        assert await server.live_rooms() == []
