"""Messages over HTTP: stored, and sent into the room."""

import asyncio
from uuid import uuid4

import pytest
from chat.talking import Talker, host, packets, seat
from factories import Server
from people import assert_problem, make_organisation, sign_in
from sqlalchemy import func, select

from jumpa.config import RateSettings, Settings
from jumpa.domains.chat.models import RoomMessage
from jumpa.kit.actor import SERVER

KEY = "a-key-that-nobody-guesses"


async def count(server: Server) -> int:
    async with server.app.work.read(SERVER) as ctx:
        return await ctx.session.scalar(select(func.count()).select_from(RoomMessage)) or 0


async def until_sent(server: Server, times: int) -> None:
    await server.sfu.until_told("send_data", times)


class TestWriteMessage:
    async def test_is_stored_with_who_wrote_it_and_when(self, ann: Talker) -> None:
        stored = await ann.wrote(" Shall we\r\nbegin? ")

        assert stored["message"] == "Shall we\nbegin?"
        assert (stored["name"], stored["identity"]) == ("Ann", ann.identity)
        assert (stored["user_id"], stored["version"]) == (None, 1)
        assert stored["created_at"] == "2026-11-21T09:00:00Z"

    async def test_is_read_by_the_others(self, ann: Talker, ben: Talker) -> None:
        await ann.write()

        assert await ben.read() == ["Tea?"]

    async def test_names_the_account_of_who_is_signed_in(self, server: Server) -> None:
        ayu = await sign_in(server)
        room = (await ayu.post("/rooms", json={})).json()
        await ayu.post(f"/rooms/{room['code']}/join", json={"name": "Ayu"})

        stored = (await ayu.post(f"/rooms/{room['code']}/messages", json={"message": "Hi"})).json()

        assert stored["user_id"] == str(ayu.user.id)

    async def test_reaches_the_live_room_as_a_text_stream(
        self, server: Server, ann: Talker
    ) -> None:
        await server.open_live_room(ann.code)

        stored = await ann.wrote("Teh?")

        await until_sent(server, 3)
        header, chunk, trailer = packets(server)
        assert header.stream_header.topic == "lk.chat"
        assert header.stream_header.stream_id == stored["stream_id"]
        assert {p.participant_identity for p in (header, chunk, trailer)} == {ann.identity}
        assert chunk.stream_chunk.content.decode() == "Teh?"
        assert trailer.stream_trailer.stream_id == stored["stream_id"]

    async def test_is_stored_although_nobody_is_inside(self, server: Server, ann: Talker) -> None:
        await ann.write()

        assert await count(server) == 1
        assert packets(server) == []

    async def test_is_stored_although_media_is_away(self, server: Server, ann: Talker) -> None:
        await server.open_live_room(ann.code)
        server.sfu.kill()

        assert (await ann.write()).status_code == 201
        assert await count(server) == 1

    async def test_is_written_once_when_it_is_asked_for_twice(
        self, server: Server, ann: Talker
    ) -> None:
        await server.open_live_room(ann.code)

        answers = await asyncio.gather(*(ann.write(key=KEY) for _ in range(5)))

        assert len({answer.text for answer in answers}) == 1
        assert await count(server) == 1
        await ann.wrote("Last")
        await until_sent(server, 6)
        assert len(packets(server)) == 6

    async def test_keeps_the_keys_of_two_people_apart(
        self, server: Server, ann: Talker, ben: Talker
    ) -> None:
        await ann.wrote(key=KEY)
        await ben.wrote(key=KEY)

        assert await count(server) == 2

    async def test_refuses_a_key_that_came_with_another_message(self, ann: Talker) -> None:
        await ann.wrote("One", key=KEY)

        assert_problem(await ann.write("Two", key=KEY), 409, "idempotency_key_reused")

    async def test_keeps_everything_that_many_write_at_once(self, ann: Talker, ben: Talker) -> None:
        texts = [f"{number}" for number in range(20)]

        await asyncio.gather(*((ann, ben)[int(t) % 2].wrote(t) for t in texts))

        assert sorted(await ann.read(), key=int) == texts

    @pytest.mark.parametrize(
        "message", ["", "  \n ", "\u200b\u200b", "a\x00b", "a\x1bb", 7, None, ["x"], "x" * 20_001]
    )
    async def test_refuses_what_nobody_could_read(self, ann: Talker, message: object) -> None:
        answer = await ann.call("POST", "/messages", {"message": message})

        assert_problem(answer, 422, "request_malformed")

    async def test_refuses_half_a_character(self, ann: Talker) -> None:
        headers = {"Content-Type": "application/json"}
        body = b'{"message": "\\ud83d"}'

        answer = await ann.call("POST", "/messages", body, headers=headers)

        assert_problem(answer, 422, "request_malformed")

    async def test_refuses_what_is_longer_than_the_setting(self, ann: Talker) -> None:
        assert_problem(await ann.write("x" * 4001), 400, "message_too_long")
        assert (await ann.write("👋" * 4000)).status_code == 201

    async def test_refuses_fields_that_it_does_not_know(self, ann: Talker) -> None:
        assert_problem(await ann.write(identity="ben"), 422, "request_malformed")

    async def test_is_refused_to_strangers(self, server: Server, room: dict[str, str]) -> None:
        stranger = Talker(server, room["code"], "")

        assert_problem(await stranger.write(), 401, "host_secret_missing")

    async def test_is_refused_with_a_seat_of_another_room(
        self, server: Server, ann: Talker
    ) -> None:
        other = await server.create_room()

        answer = await Talker(server, other["code"], ann.bearer).write()

        assert_problem(answer, 403, "host_secret_wrong")

    async def test_is_refused_with_a_forged_seat(self, server: Server, ann: Talker) -> None:
        forged = Talker(server, ann.code, ann.bearer[:-4] + "AAAA")

        assert_problem(await forged.write(), 403, "host_secret_wrong")

    async def test_is_refused_where_there_is_no_room(self, server: Server, ann: Talker) -> None:
        answer = await Talker(server, "abc-defg-hjk", ann.bearer).write()

        assert_problem(answer, 404, "room_not_found")

    async def test_asks_hosts_to_join_first(self, server: Server, room: dict[str, str]) -> None:
        outside = Talker(server, room["code"], room["host_secret"])

        assert_problem(await outside.write(), 403, "place_missing")

    async def test_is_refused_to_who_was_removed(
        self, server: Server, room: dict[str, str], ann: Talker
    ) -> None:
        chair = await host(server, room)
        await chair.call("DELETE", f"/participants/{ann.identity}")

        assert_problem(await ann.write(), 403, "role_too_low")
        assert_problem(await ann.call("GET", "/messages"), 403, "role_too_low")

    async def test_is_refused_where_only_moderators_chat(
        self, server: Server, room: dict[str, str], ann: Talker
    ) -> None:
        chair = await host(server, room)
        await chair.call("PUT", "/settings", {"who_may_chat": "moderators"})

        assert_problem(await ann.write(), 403, "chat_not_allowed")
        assert (await chair.write()).status_code == 201

    async def test_is_refused_once_the_room_has_ended(
        self, server: Server, room: dict[str, str], ann: Talker
    ) -> None:
        await ann.write()
        await (await host(server, room)).call("POST", "/end")

        assert_problem(await ann.write(), 410, "room_ended")
        assert await ann.read() == ["Tea?"]

    async def test_does_not_reach_people_of_another_organisation(
        self, server: Server, ann: Talker
    ) -> None:
        other = await make_organisation(server)
        spy = await sign_in(server, "spy@example.com", organisation_id=other)

        answer = await spy.get(f"/rooms/{ann.code}/messages")

        assert_problem(answer, 403, "role_too_low")


class TestWriteTooOften:
    @pytest.fixture
    def settings(self) -> Settings:
        return Settings(rates=RateSettings(messages_per_minute=2))

    async def test_slows_one_person_and_not_the_others(self, ann: Talker, ben: Talker) -> None:
        for _ in range(2):
            await ann.wrote()

        assert_problem(await ann.write(), 429, "too_many_requests")
        assert (await ben.write()).status_code == 201


class TestReply:
    async def test_names_the_message_that_it_answers(
        self, server: Server, ann: Talker, ben: Talker
    ) -> None:
        await server.open_live_room(ann.code)
        asked = await ann.wrote()

        answered = await ben.wrote("Yes", reply_to=asked["id"])

        await until_sent(server, 6)
        assert answered["reply_to"] == asked["id"]
        told = packets(server)[3].stream_header.text_header
        assert told.reply_to_stream_id == asked["stream_id"]

    async def test_is_refused_when_the_message_is_in_another_room(
        self, server: Server, ann: Talker
    ) -> None:
        elsewhere = await (await seat(server, await server.create_room())).wrote()

        for unknown in (elsewhere["id"], str(uuid4())):
            assert_problem(await ann.write(reply_to=unknown), 404, "message_not_found")
