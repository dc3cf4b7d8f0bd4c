"""Coming in: people with and without accounts, passwords, locks, waiting rooms, limits."""

import asyncio

import pytest
from factories import Server
from people import assert_problem, make_organisation, sign_in
from rooms.meetings import Meeting, People, Place, admitted, on_both_engines, place_of

from jumpa.domains.rooms.errors import BannedError, PlaceClosedError
from jumpa.domains.rooms.service.roles import Role


async def statuses(meeting: Meeting, count: int) -> list[int]:
    answers = await asyncio.gather(*(meeting.knock(name=f"Guest {n}") for n in range(count)))
    return sorted(answer.status_code for answer in answers)


@on_both_engines
class TestJoin:
    async def test_knows_the_host_by_their_account(self, people: People, meeting: Meeting) -> None:
        answer = await people.signed_in[Role.HOST].post(
            f"/rooms/{meeting.code}/join", json={"name": "Host"}
        )

        assert answer.json()["role"] == "host"
        assert answer.json()["identity"] == meeting.identity(Role.HOST)

    async def test_gives_a_person_one_place_on_all_devices(self, meeting: Meeting) -> None:
        first, second = [
            await meeting.ask(Role.PARTICIPANT, "POST", "/join", json={"name": f"Device {n}"})
            for n in range(2)
        ]

        assert first.json()["identity"] == second.json()["identity"]
        assert first.json()["role"] == "participant"

    async def test_takes_people_of_other_organisations_as_guests(self, meeting: Meeting) -> None:
        answer = await meeting.ask(Role.STRANGER, "POST", "/join", json={"name": "Eve"})

        assert answer.json()["role"] == "guest"

    async def test_does_not_open_an_account_by_the_seat_alone(self, meeting: Meeting) -> None:
        seat = meeting.people[Role.MODERATOR].seat

        other = await meeting.guest(seat=seat)
        lobby = await meeting.ask(Place("", {"Authorization": f"Bearer {seat}"}), "GET", "/lobby")

        assert other.identity != meeting.identity(Role.MODERATOR)
        assert_problem(lobby, 403, "role_too_low")

    async def test_restricts_an_observer_in_the_token(
        self, people: People, meeting: Meeting
    ) -> None:
        place = await people.come(meeting, people.signed_in[Role.OBSERVER])

        claims = meeting.server.verifier.verify(place.token)

        assert claims.attributes == {"role": "observer", "restricted": "react"}
        assert not claims.video.may_publish
        assert not claims.video.may_publish_data
        assert claims.video.may_subscribe

    @pytest.mark.parametrize("token", ["a.b.c", "..", "x" * 5000 + ".y.z"])
    async def test_refuses_a_forged_access_token(self, meeting: Meeting, token: str) -> None:
        headers = {"Authorization": f"Bearer {token}"}

        answer = await meeting.server.client.post(
            f"{meeting.path}/join", json={"name": "Eve"}, headers=headers
        )

        assert_problem(answer, 401, "access_token_invalid")

    async def test_refuses_an_expired_access_token(self, meeting: Meeting) -> None:
        meeting.server.clock.move(hours=1)

        for method, path in (("POST", "/join"), ("GET", "/lobby"), ("POST", "/end")):
            answer = await meeting.ask(Role.HOST, method, path, json={"name": "Host"})
            assert_problem(answer, 401, "access_token_expired")

    async def test_refuses_a_seat_or_secret_of_another_room(
        self, people: People, meeting: Meeting
    ) -> None:
        other = await people.meet()

        for method, path in (("POST", "/leave"), ("GET", "/participants"), ("DELETE", "")):
            answer = await meeting.ask(other.people[Role.GUEST], method, path)
            assert_problem(answer, 403, "host_secret_wrong")


class TestRoomSize:
    @on_both_engines
    async def test_is_not_exceeded_by_two_hundred_at_once(self, people: People) -> None:
        host = people.signed_in[Role.HOST]
        code = (await host.post("/rooms", json={"max_users": 10})).json()["code"]

        found = await statuses(Meeting(people.server, code), 200)

        assert found == [200] * 10 + [429] * 190

    async def test_counts_who_is_inside_after_their_token_ran_out(self, people: People) -> None:
        host = people.signed_in[Role.HOST]
        code = (await host.post("/rooms", json={"max_users": 1})).json()["code"]
        meeting = Meeting(people.server, code)
        await meeting.enter(await meeting.guest())
        await people.server.app.watch.settled()

        people.server.clock.move(hours=1)

        assert_problem(await meeting.knock(), 429, "room_full")

    @on_both_engines
    async def test_frees_the_place_of_who_leaves_and_of_who_never_comes(
        self, people: People
    ) -> None:
        host = people.signed_in[Role.HOST]
        code = (await host.post("/rooms", json={"max_users": 1})).json()["code"]
        meeting = Meeting(people.server, code)
        first = await meeting.guest()
        assert_problem(await meeting.knock(), 429, "room_full")

        assert (await meeting.ask(first, "POST", "/leave")).status_code == 204
        await meeting.guest()
        people.server.clock.move(minutes=12)

        await meeting.guest()

    @on_both_engines
    async def test_cannot_be_chosen_larger_than_the_server_can(self, people: People) -> None:
        host = people.signed_in[Role.HOST]

        assert_problem(await host.post("/rooms", json={"max_users": 201}), 400, "room_too_large")


@on_both_engines
class TestPassword:
    async def test_keeps_out_who_does_not_know_it(self, people: People) -> None:
        host = people.signed_in[Role.HOST]
        made = await host.post("/rooms", json={"password": "white lily"})
        meeting = Meeting(people.server, made.json()["code"])

        assert_problem(await meeting.knock(), 403, "room_password_missing")
        assert_problem(await meeting.knock(password="x"), 403, "room_password_wrong")
        first = await meeting.guest(password="white lily")
        again = await meeting.guest(seat=first.seat)
        as_host = await people.come(meeting, host)

        assert again.identity == first.identity
        assert as_host.token

    async def test_is_changed_and_taken_away(self, people: People) -> None:
        meeting = await people.meet()
        changed = await meeting.ask(Role.HOST, "PATCH", json={"password": "white lily"})
        assert changed.json()["has_password"]
        assert_problem(await meeting.knock(), 403, "room_password_missing")

        await meeting.ask(Role.HOST, "PATCH", json={"password": None})

        await meeting.guest()

    async def test_is_neither_stored_nor_shown(self, people: People) -> None:
        host = people.signed_in[Role.HOST]
        made = await host.post("/rooms", json={"password": "white lily"})
        listed = await host.get("/rooms")

        assert "lily" not in made.text + listed.text


@on_both_engines
class TestLock:
    async def test_keeps_out_who_is_new_and_lets_back_who_was_in(
        self, people: People, meeting: Meeting
    ) -> None:
        inside = meeting.people[Role.GUEST]
        await meeting.settle(locked=True)

        assert_problem(await meeting.knock(), 403, "room_locked")
        assert (await meeting.guest(seat=inside.seat)).identity == inside.identity
        assert (await people.come(meeting, people.signed_in[Role.HOST])).token


class TestWaitingRoom:
    @on_both_engines
    async def test_lets_in_who_was_admitted(self, meeting: Meeting) -> None:
        await meeting.settle(waiting_room=True)
        waiting = await meeting.guest(name="Gita")
        assert waiting.token == ""
        listed = (await meeting.ask(Role.MODERATOR, "GET", "/lobby")).json()

        admitted = await meeting.ask(Role.MODERATOR, "POST", f"/lobby/{waiting.identity}/admit")
        inside = await meeting.guest(seat=waiting.seat)

        assert [somebody["name"] for somebody in listed] == ["Gita"]
        assert admitted.status_code == 204
        assert inside.token
        assert inside.identity == waiting.identity

    @on_both_engines
    async def test_tells_once_who_was_denied(self, meeting: Meeting) -> None:
        await meeting.settle(waiting_room=True)
        waiting = await meeting.guest()

        await meeting.ask(Role.HOST, "POST", f"/lobby/{waiting.identity}/deny")

        assert_problem(await meeting.knock(seat=waiting.seat), 403, "admission_denied")
        assert (await meeting.guest(seat=waiting.seat)).token == ""

    @on_both_engines
    @pytest.mark.parametrize(("deed", "is_in"), [("admit", True), ("deny", False)])
    async def test_empties_at_once(self, meeting: Meeting, deed: str, is_in: bool) -> None:
        await meeting.settle(waiting_room=True)
        waiting = [await meeting.guest(name=f"Guest {n}") for n in range(3)]

        done = await meeting.ask(Role.HOST, "POST", f"/lobby/{deed}")

        assert done.json()["identities"] == [place.identity for place in waiting]
        again = [await meeting.knock(seat=place.seat) for place in waiting]
        assert {answer.status_code for answer in again} == {200 if is_in else 403}
        assert (await meeting.ask(Role.HOST, "GET", "/lobby")).json() == []

    async def test_tells_whether_somebody_is_inside_who_can_open(self, meeting: Meeting) -> None:
        await meeting.settle(waiting_room=True)
        waiting = await meeting.knock()
        seat = waiting.json()["seat"]

        async def is_host_inside() -> bool:
            told: bool = (await meeting.knock(seat=seat)).json()["is_host_inside"]
            return told

        assert not waiting.json()["is_host_inside"]
        await meeting.enter(meeting.people[Role.PARTICIPANT])
        assert not await is_host_inside()
        await meeting.enter(meeting.people[Role.MODERATOR])
        assert await is_host_inside()
        await meeting.ask(Role.MODERATOR, "POST", "/leave")
        assert not await is_host_inside()

    @on_both_engines
    async def test_forgets_who_does_not_ask_again(self, meeting: Meeting) -> None:
        await meeting.settle(waiting_room=True)
        waiting = await meeting.guest()

        meeting.server.clock.move(minutes=2)

        assert (await meeting.ask(Role.HOST, "GET", "/lobby")).json() == []
        await meeting.guest(seat=waiting.seat)
        assert len((await meeting.ask(Role.HOST, "GET", "/lobby")).json()) == 1

    @on_both_engines
    async def test_gives_no_rights_to_who_waits(self, meeting: Meeting) -> None:
        await meeting.settle(waiting_room=True)
        waiting = await meeting.guest()

        answer = await meeting.ask(waiting, "GET", "/participants")

        assert_problem(answer, 403, "role_too_low")

    @on_both_engines
    async def test_admits_nobody_who_does_not_wait(self, meeting: Meeting) -> None:
        for identity in ("nobody", meeting.identity(Role.GUEST)):
            answer = await meeting.ask(Role.HOST, "POST", f"/lobby/{identity}/admit")
            assert_problem(answer, 404, "not_waiting")

    @on_both_engines
    async def test_does_not_admit_more_than_fit(self, people: People) -> None:
        host = people.signed_in[Role.HOST]
        code = (await host.post("/rooms", json={"max_users": 1})).json()["code"]
        meeting = Meeting(people.server, code)
        await host.put(f"/rooms/{code}/settings", json={"waiting_room": True})
        for _ in range(2):
            await meeting.guest()

        assert_problem(await host.post(f"/rooms/{code}/lobby/admit"), 429, "room_full")
        assert len((await host.get(f"/rooms/{code}/lobby")).json()) == 2


@on_both_engines
class TestAdmission:
    async def test_gives_the_rights_of_now_to_an_older_token(self, meeting: Meeting) -> None:
        guest = meeting.people[Role.GUEST]
        await meeting.settle(who_may_share="moderators")

        claims = await admitted(meeting.server, guest.token)

        assert claims.video.can_publish_sources == ("camera", "microphone")
        assert meeting.server.verifier.verify(guest.token).video.can_publish_sources == ()

    async def test_refuses_the_token_of_who_was_removed_or_banned(self, meeting: Meeting) -> None:
        guest, other = meeting.people[Role.GUEST], await meeting.guest()
        await meeting.ask(Role.HOST, "DELETE", f"/participants/{guest.identity}")
        await meeting.ask(Role.HOST, "PUT", f"/bans/{other.identity}")

        with pytest.raises(PlaceClosedError):
            await admitted(meeting.server, guest.token)
        with pytest.raises(BannedError):
            await admitted(meeting.server, other.token)


@on_both_engines
class TestOtherOrganisations:
    async def test_see_nothing_in_their_lists(self, people: People, meeting: Meeting) -> None:
        stranger = people.signed_in[Role.STRANGER]
        await meeting.ask(Role.STRANGER, "POST", "/join", json={"name": "Eve"})

        listed = await stranger.get("/rooms")

        assert listed.json() == {"items": [], "next_cursor": None}

    async def test_make_rooms_of_their_own(self, server: Server) -> None:
        elsewhere = await make_organisation(server)
        eve = await sign_in(server, "eve@example.net", organisation_id=elsewhere)
        budi = await sign_in(server, "budi@example.com")
        code = (await eve.post("/rooms", json={})).json()["code"]

        joined = await budi.post(f"/rooms/{code}/join", json={"name": "Budi"})

        assert place_of(joined, {}).token
        assert joined.json()["role"] == "guest"
        assert_problem(await budi.get(f"/rooms/{code}/lobby"), 403, "role_too_low")
        assert [room["code"] for room in (await eve.get("/rooms")).json()["items"]] == [code]
