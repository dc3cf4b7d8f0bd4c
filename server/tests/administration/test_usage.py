"""Administrators see how much their organisation meets and keeps (S1-251)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import pytest
from factories import NOW, Server
from people import SignedIn, assert_problem, make_organisation
from people import work_of as work
from rooms.meetings import Meeting, place_of
from uuid_utils.compat import uuid7

from jumpa.domains.administration.service.usage import Tally, Used
from jumpa.domains.chat.models import RoomFile, RoomMessage
from jumpa.domains.organisations.models import HOME
from jumpa.domains.rooms.models import MeetingHistory
from jumpa.domains.rooms.service import administration, rooms
from jumpa.domains.rooms.service.administration import Stay
from jumpa.domains.rooms.service.rooms import RoomLimits, Wanted
from jumpa.kit import objects
from jumpa.kit.actor import SERVER, Actor

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


async def make_room(server: Server, organisation_id: UUID = HOME) -> UUID:
    actor = Actor(organisation_id=organisation_id, sees_all=True)
    async with work(server).write(actor) as ctx:
        return (await rooms.create(ctx, Wanted(), RoomLimits()))[0].id


async def stay(
    server: Server,
    room_id: UUID,
    begin: datetime,
    length: timedelta | None,
    **more: object,
) -> None:
    row = MeetingHistory(
        id=uuid7(),
        room_id=room_id,
        participant_sid=f"PA_{uuid4()}",
        joined_at=begin,
        left_at=None if length is None else begin + length,
        **{"organisation_id": HOME, "name": "Gita", **more},
    )
    async with work(server).write(SERVER) as ctx:
        ctx.session.add(row)


async def usage(person: SignedIn, **query: object) -> dict[str, Any]:
    answer = await person.get("/administration/usage", params=query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def used_days(person: SignedIn, **query: object) -> dict[str, tuple[int, int, int]]:
    """Return the days on which somebody met: meetings, people and minutes."""
    days = (await usage(person, **query))["days"]
    return {
        str(day["date"]): (day["meetings"], day["people"], day["minutes"])
        for day in days
        if day["meetings"]
    }


class TestDays:
    async def test_are_thirty_up_to_today(self, administrator: SignedIn) -> None:
        found = await usage(administrator)

        dates = [day["date"] for day in found["days"]]
        assert (len(dates), dates[0], dates[-1]) == (30, "2026-10-23", "2026-11-21")
        assert found["whole"] == {"meetings": 0, "people": 0, "minutes": 0}

    async def test_count_rooms_people_and_minutes(
        self, server: Server, administrator: SignedIn, member: SignedIn
    ) -> None:
        one, other = await make_room(server), await make_room(server)
        for room in (one, one, other):
            await stay(server, room, NOW - DAY, HOUR, user_id=member.user.id)
        await stay(server, one, NOW - DAY, HOUR / 2)
        await stay(server, one, NOW - HOUR, HOUR)

        assert await used_days(administrator) == {
            "2026-11-20": (2, 2, 210),
            "2026-11-21": (1, 1, 60),
        }
        found = await usage(administrator)
        assert found["whole"] == {"meetings": 3, "people": 2, "minutes": 270}

    async def test_begin_where_clocks_of_the_zone_say_so(
        self, server: Server, administrator: SignedIn
    ) -> None:
        room = await make_room(server)
        await stay(server, room, datetime(2026, 11, 20, 16, 30, tzinfo=UTC), HOUR)

        assert await used_days(administrator) == {"2026-11-20": (1, 1, 60)}
        jakarta = await used_days(administrator, time_zone="Asia/Jakarta")
        assert jakarta == {"2026-11-20": (1, 1, 30), "2026-11-21": (1, 1, 30)}

    async def test_leave_out_what_was_before(self, server: Server, administrator: SignedIn) -> None:
        room = await make_room(server)
        await stay(server, room, NOW - 10 * DAY, HOUR)
        await stay(server, room, NOW - 2 * DAY - 12 * HOUR, 13 * HOUR)

        assert await used_days(administrator, days=2) == {}
        assert await used_days(administrator, days=3) == {"2026-11-19": (1, 1, 600)}

    async def test_count_who_is_inside_until_now_and_nobody_whom_a_killed_server_forgot(
        self, server: Server, administrator: SignedIn, member: SignedIn
    ) -> None:
        made = await member.post("/rooms", json={})
        meeting = Meeting(server, made.json()["code"])
        joined = await member.post(f"/rooms/{meeting.code}/join", json={"name": "Ayu"})
        await meeting.arrive(place_of(joined, member.headers))
        await stay(server, await make_room(server), NOW - 3 * DAY, None)
        server.clock.move(minutes=7)

        assert await used_days(administrator) == {
            "2026-11-18": (1, 1, 0),
            "2026-11-21": (1, 1, 7),
        }

    async def test_are_all_read_however_many_stays_there_are(
        self, server: Server, administrator: SignedIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(administration, "_BATCH", 2)
        room = await make_room(server)
        for number in range(5):
            await stay(server, room, NOW - HOUR, HOUR, name=f"Guest {number}")

        assert await used_days(administrator) == {"2026-11-21": (1, 5, 300)}


class TestStored:
    async def test_is_what_the_organisation_keeps(
        self, server: Server, administrator: SignedIn
    ) -> None:
        foreign = await make_organisation(server)
        for organisation, size in ((HOME, 5), (HOME, 7), (foreign, 1000)):
            room = await make_room(server, organisation)
            await keep(server, room, organisation, size)

        stored = (await usage(administrator))["stored"]

        assert stored == {"files": 2, "file_bytes": 12, "messages": 2, "free_bytes": None}

    async def test_tells_of_free_space_to_who_runs_the_server(
        self,
        server: Server,
        administrator: SignedIn,
        elsewhere: SignedIn,
        tmp_path_factory: pytest.TempPathFactory,
    ) -> None:
        on_disk = objects.on_disk(tmp_path_factory.mktemp("objects"))
        server.parts.objects.__dict__.update(on_disk.__dict__)

        free = (await usage(administrator))["stored"]["free_bytes"]

        assert isinstance(free, int)
        assert free > 0
        assert (await usage(elsewhere))["stored"]["free_bytes"] is None


async def keep(server: Server, room_id: UUID, organisation_id: UUID, size: int) -> None:
    """Keep a message with a file, and a message that was taken back."""
    message, gone = (
        RoomMessage(
            id=uuid7(),
            organisation_id=organisation_id,
            room_id=room_id,
            message="",
            message_type="file",
            created_at=NOW,
            deleted_at=deleted_at,
        )
        for deleted_at in (None, NOW)
    )
    file = RoomFile(
        id=uuid7(),
        organisation_id=organisation_id,
        room_id=room_id,
        message_id=message.id,
        name="tea.txt",
        media_type="text/plain",
        size=size,
        created_at=NOW,
        stored_at=NOW,
    )
    async with work(server).write(SERVER) as ctx:
        ctx.session.add_all([message, gone])
        await ctx.session.flush()
        ctx.session.add(file)


class TestAccess:
    async def test_is_for_administrators(self, member: SignedIn) -> None:
        answer = await member.get("/administration/usage")

        assert_problem(answer, 403, "administrator_needed")

    async def test_shows_nothing_of_other_organisations(
        self, server: Server, elsewhere: SignedIn
    ) -> None:
        await stay(server, await make_room(server), NOW - HOUR, HOUR)

        assert await used_days(elsewhere) == {}

    @pytest.mark.parametrize(
        "wrong", [{"days": 0}, {"days": 91}, {"time_zone": "Mars/Base"}, {"time_zone": "\0"}]
    )
    async def test_refuses_days_and_zones_that_are_none(
        self, administrator: SignedIn, wrong: dict[str, object]
    ) -> None:
        answer = await administrator.get("/administration/usage", params=wrong)

        assert_problem(answer, 422, "request_malformed")


def stays(*spans: tuple[float, float]) -> Iterator[tuple[Stay, datetime]]:
    """Yield stays that begin and end so many hours after the first day begins."""
    for number, (begin, end) in zip(count(), spans, strict=False):
        room = UUID(int=number)
        begins, ends = NOW + begin * HOUR, NOW + end * HOUR
        yield Stay(uuid4(), room, None, "Gita", "PA", begins, ends), ends


class TestTally:
    @pytest.mark.parametrize(
        ("span", "minutes"),
        [
            ((1, 2), [60, 0]),
            ((-5, 1), [60, 0]),
            ((23, 25), [60, 60]),
            ((0, 48), [1440, 1440]),
            ((47, 60), [0, 60]),
            ((24, 24), [0, 0]),
            ((-5, -4), [0, 0]),
            ((48, 49), [0, 0]),
            ((50, 49), [0, 0]),
        ],
    )
    def test_cuts_a_stay_at_the_ends_of_days(
        self, span: tuple[float, float], minutes: list[int]
    ) -> None:
        tally = Tally([NOW, NOW + DAY, NOW + 2 * DAY])
        for each in stays(span):
            tally.add(*each)

        assert [day.minutes for day in tally.days()] == minutes

    def test_counts_a_stay_without_length_once(self) -> None:
        tally = Tally([NOW, NOW + DAY, NOW + 2 * DAY])
        for each in stays((24, 24), (-1, -1)):
            tally.add(*each)

        assert tally.days() == [Used(0, 0, 0), Used(1, 1, 0)]
        assert tally.whole() == Used(1, 1, 0)
