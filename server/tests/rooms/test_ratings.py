"""How a meeting sounded and looked: who may say so, once a stay, and who reads it."""

import asyncio
from typing import Any

import pytest
from factories import NOW, Server
from people import SignedIn, assert_problem, sign_in, work_of
from rooms.meetings import Meeting, People, Place
from sqlalchemy import select

from jumpa.config import RoomSettings, Settings
from jumpa.domains.rooms.models import MeetingRating
from jumpa.domains.rooms.service.roles import Role
from jumpa.kit.actor import SERVER

PATH = "/rating"
READ = "/administration/ratings"
GOOD: dict[str, object] = {"is_good": True}
BAD: dict[str, object] = {"is_good": False, "comment": "The sound broke up."}


async def visit(meeting: Meeting, who: Role | Place) -> None:
    """Be inside with media, and leave."""
    place = who if isinstance(who, Place) else meeting.people[who]
    await meeting.arrive(place)
    await meeting.ask(who, "POST", "/leave")
    await meeting.server.app.watch.settled()


async def rate(meeting: Meeting, who: Role | Place, body: object = BAD) -> None:
    answer = await meeting.ask(who, "PUT", PATH, json=body)
    assert answer.status_code == 204, answer.text


async def stored(server: Server) -> list[tuple[bool, str]]:
    async with work_of(server).read(SERVER) as ctx:
        rows = (await ctx.session.scalars(select(MeetingRating))).all()
    return sorted((row.is_good, row.comment) for row in rows)


async def read(person: SignedIn, **query: object) -> dict[str, Any]:
    answer = await person.get(READ, params=query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


class TestRate:
    @pytest.mark.parametrize("role", [Role.HOST, Role.PARTICIPANT, Role.OBSERVER, Role.GUEST])
    async def test_keeps_what_somebody_says_who_was_inside(
        self, meeting: Meeting, role: Role
    ) -> None:
        await visit(meeting, role)

        await rate(meeting, role)

        assert await stored(meeting.server) == [(False, "The sound broke up.")]

    async def test_again_replaces_it(self, meeting: Meeting) -> None:
        await visit(meeting, Role.GUEST)
        await rate(meeting, Role.GUEST, BAD)

        await rate(meeting, Role.GUEST, GOOD)

        assert await stored(meeting.server) == [(True, "")]

    async def test_after_coming_again_is_about_the_new_stay(self, meeting: Meeting) -> None:
        await visit(meeting, Role.PARTICIPANT)
        await rate(meeting, Role.PARTICIPANT, BAD)
        meeting.server.clock.move(minutes=1)
        await visit(meeting, Role.PARTICIPANT)

        await rate(meeting, Role.PARTICIPANT, GOOD)

        assert await stored(meeting.server) == [(False, "The sound broke up."), (True, "")]

    async def test_of_many_at_once_keeps_one_for_each(self, meeting: Meeting) -> None:
        roles = (Role.HOST, Role.PARTICIPANT, Role.GUEST)
        for role in roles:
            await visit(meeting, role)

        await asyncio.gather(*(rate(meeting, role) for role in roles for _ in range(5)))

        assert await stored(meeting.server) == [(False, "The sound broke up.")] * 3

    async def test_is_possible_once_the_meeting_has_ended(self, meeting: Meeting) -> None:
        await meeting.arrive(meeting.people[Role.GUEST])
        await meeting.ask(Role.HOST, "POST", "/end")
        await meeting.server.app.watch.settled()

        await rate(meeting, Role.GUEST)

        assert len(await stored(meeting.server)) == 1

    async def test_takes_no_rating_of_a_room_that_is_deleted(self, meeting: Meeting) -> None:
        await visit(meeting, Role.GUEST)
        await rate(meeting, Role.GUEST)
        await meeting.ask(Role.HOST, "DELETE")

        answer = await meeting.ask(Role.GUEST, "PUT", PATH, json=BAD)

        assert_problem(answer, 404, "room_not_found")
        assert await stored(meeting.server) == []

    async def test_keeps_lines_and_trims_them(self, meeting: Meeting) -> None:
        await visit(meeting, Role.GUEST)

        await rate(meeting, Role.GUEST, {"is_good": True, "comment": "  Suara\r\nbagus \n"})

        assert await stored(meeting.server) == [(True, "Suara\nbagus")]

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"comment": "No opinion"},
            {"is_good": None},
            {"is_good": "true"},
            {"is_good": 1},
            {"is_good": True, "comment": "x" * 1001},
            {"is_good": True, "comment": "a\0b"},
            {"is_good": True, "comment": "a\x1b[2Jb"},
            {"is_good": True, "comment": None},
            {"is_good": True, "stars": 5},
            [],
        ],
    )
    async def test_refuses_what_is_no_rating(self, meeting: Meeting, body: object) -> None:
        await visit(meeting, Role.GUEST)

        answer = await meeting.ask(Role.GUEST, "PUT", PATH, json=body)

        assert_problem(answer, 422, "request_malformed")
        assert await stored(meeting.server) == []


class TestWho:
    async def test_is_nobody_who_only_has_a_place(self, meeting: Meeting) -> None:
        for role in (Role.HOST, Role.GUEST):
            answer = await meeting.ask(role, "PUT", PATH, json=GOOD)

            assert_problem(answer, 403, "never_inside")

    async def test_is_nobody_else_who_was_not_inside(self, meeting: Meeting) -> None:
        await visit(meeting, Role.PARTICIPANT)

        other = await meeting.guest(name="Ayu")
        answer = await meeting.ask(other, "PUT", PATH, json=GOOD)

        assert_problem(answer, 403, "never_inside")

    async def test_is_no_stranger(self, meeting: Meeting) -> None:
        answer = await meeting.ask(Role.STRANGER, "PUT", PATH, json=GOOD)

        assert_problem(answer, 403, "role_too_low")

    async def test_is_no_guest_of_another_room(self, people: People, meeting: Meeting) -> None:
        other = await people.meet()
        await visit(other, Role.GUEST)

        answer = await meeting.ask(other.people[Role.GUEST], "PUT", PATH, json=GOOD)

        assert_problem(answer, 403, "host_secret_wrong")

    async def test_is_nobody_for_a_room_in_which_they_were_not(
        self, people: People, meeting: Meeting
    ) -> None:
        await visit(await people.meet(), Role.PARTICIPANT)

        answer = await meeting.ask(Role.PARTICIPANT, "PUT", PATH, json=GOOD)

        assert_problem(answer, 403, "never_inside")

    async def test_is_nobody_by_the_host_secret_alone(self, server: Server) -> None:
        room = await server.create_room()
        secret = {"Authorization": f"Bearer {room['host_secret']}"}

        answer = await server.client.put(
            f"/api/v1/rooms/{room['code']}{PATH}", json=GOOD, headers=secret
        )

        assert_problem(answer, 403, "never_inside")

    async def test_is_nobody_who_was_removed(self, meeting: Meeting) -> None:
        await meeting.arrive(meeting.people[Role.GUEST])
        identity = meeting.identity(Role.GUEST)
        await meeting.ask(Role.HOST, "DELETE", f"/participants/{identity}")

        answer = await meeting.ask(Role.GUEST, "PUT", PATH, json=BAD)

        assert_problem(answer, 403, "role_too_low")


class TestFlood:
    @pytest.fixture
    def settings(self) -> Settings:
        return Settings(rooms=RoomSettings(ratings_per_minute=2))

    async def test_of_one_is_stopped_and_the_others_go_on(self, meeting: Meeting) -> None:
        for role in (Role.GUEST, Role.HOST):
            await visit(meeting, role)
        for _ in range(2):
            await rate(meeting, Role.GUEST)

        stopped = await meeting.ask(Role.GUEST, "PUT", PATH, json=GOOD)

        assert_problem(stopped, 429, "too_many_requests")
        assert await stored(meeting.server) == [(False, "The sound broke up.")]
        await rate(meeting, Role.HOST, GOOD)


class TestReading:
    async def test_tells_how_many_were_content_and_what_they_wrote(
        self, meeting: Meeting, administrator: SignedIn
    ) -> None:
        for role, body in ((Role.HOST, GOOD), (Role.PARTICIPANT, GOOD), (Role.GUEST, BAD)):
            await visit(meeting, role)
            await rate(meeting, role, body)

        found = await read(administrator)

        assert (found["days"], found["count"], found["good"]) == (30, 3, 2)
        assert found["comments"] == [
            {
                "room_code": meeting.code,
                "room_title": "Tea",
                "date": f"{NOW:%Y-%m-%d}",
                "is_good": False,
                "comment": "The sound broke up.",
            }
        ]

    async def test_shows_the_newest_comments_first_and_as_many_as_asked(
        self, meeting: Meeting, administrator: SignedIn
    ) -> None:
        for role, words in ((Role.HOST, "old"), (Role.PARTICIPANT, "newer"), (Role.GUEST, "new")):
            meeting.server.clock.move(minutes=1)
            await visit(meeting, role)
            await rate(meeting, role, {"is_good": True, "comment": words})

        found = await read(administrator, limit=2)

        assert [one["comment"] for one in found["comments"]] == ["new", "newer"]
        assert found["count"] == 3

    async def test_leaves_out_what_was_said_before(self, meeting: Meeting) -> None:
        await visit(meeting, Role.GUEST)
        await rate(meeting, Role.GUEST)

        meeting.server.clock.move(days=1)
        reader = await sign_in(meeting.server, "new@example.com", role="administrator")

        assert (await read(reader, days=1))["count"] == 0
        assert (await read(reader, days=2))["count"] == 1

    async def test_dates_comments_by_clocks_of_the_zone(
        self, meeting: Meeting, administrator: SignedIn
    ) -> None:
        await visit(meeting, Role.GUEST)
        await rate(meeting, Role.GUEST)

        dates = {
            zone: (await read(administrator, time_zone=zone))["comments"][0]["date"]
            for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago")
        }

        assert dates["Pacific/Pago_Pago"] < dates["Pacific/Kiritimati"]

    async def test_is_for_administrators(self, member: SignedIn) -> None:
        assert_problem(await member.get(READ), 403, "administrator_needed")

    async def test_shows_nothing_of_other_organisations(
        self, meeting: Meeting, elsewhere: SignedIn
    ) -> None:
        await visit(meeting, Role.GUEST)
        await rate(meeting, Role.GUEST)

        found = await read(elsewhere)

        assert (found["count"], found["good"], found["comments"]) == (0, 0, [])

    @pytest.mark.parametrize("wrong", [{"days": 0}, {"days": 91}, {"limit": 0}, {"limit": 1000}])
    async def test_refuses_days_and_numbers_that_are_none(
        self, administrator: SignedIn, wrong: dict[str, object]
    ) -> None:
        assert_problem(await administrator.get(READ, params=wrong), 422, "request_malformed")


class TestForgetting:
    async def test_a_person_leaves_what_they_wrote_without_their_account(
        self, people: People, meeting: Meeting, administrator: SignedIn
    ) -> None:
        await visit(meeting, Role.PARTICIPANT)
        await rate(meeting, Role.PARTICIPANT)
        gone = people.signed_in[Role.PARTICIPANT].user

        answer = await administrator.delete(f"/organisation/people/{gone.id}")

        assert answer.status_code == 204, answer.text
        assert await stored(meeting.server) == [(False, "The sound broke up.")]
