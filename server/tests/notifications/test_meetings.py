"""People hear of meetings, and are reminded of each of their times once."""

from datetime import UTC, datetime, timedelta

import pytest
from factories import Server
from meetings.planned import WEEKLY, Planner
from notifications.told import choose, do_due, mailer_of
from people import SignedIn, sign_in, work_of
from sqlalchemy import select

from jumpa.domains.notifications.models import Notification
from jumpa.kit.actor import SERVER

BEGINS = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
BUDI = "budi@example.com"


@pytest.fixture
async def planner(server: Server, ayu: SignedIn) -> Planner:
    return Planner(server, ayu)


@pytest.fixture
async def budi(server: Server) -> SignedIn:
    return await sign_in(server, BUDI)


async def told(server: Server, person: SignedIn) -> list[str]:
    """Return the kinds of news that somebody had, whatever became of their token."""
    await do_due(server)
    mine = select(Notification.type).where(Notification.user_id == person.user.id)
    async with work_of(server).read(SERVER) as ctx:
        return list((await ctx.session.scalars(mine.order_by(Notification.id))).all())


async def go_to(server: Server, moment: datetime) -> None:
    server.clock.time = moment
    await do_due(server)


class TestMeeting:
    async def test_tells_who_is_invited_and_who_asked(
        self, server: Server, planner: Planner, budi: SignedIn, ayu: SignedIn
    ) -> None:
        made = await planner.plan(BUDI, "stranger@example.com")
        assert await told(server, budi) == ["meeting_invited"]
        assert await told(server, ayu) == []

        letter = next(one for one in await planner.sent() if one.recipient == BUDI)
        await planner.answer(letter, "accepted")
        assert await told(server, ayu) == ["meeting_answered"]

        answer = await ayu.delete(f"/meetings/{made['id']}")
        assert answer.status_code < 300, answer.text
        assert await told(server, budi) == ["meeting_invited", "meeting_cancelled"]

    async def test_that_failed_to_be_planned_tells_nobody(
        self, server: Server, planner: Planner, budi: SignedIn
    ) -> None:
        body = {"title": "Tea", "start": "2026-12-01T09:00", "end": "2026-12-01T09:30"}
        more = {"time_zone": "Asia/Jakarta", "invited": [{"email": BUDI}, {"email": "no"}]}
        assert (await planner.person.post("/meetings", json={**body, **more})).is_error

        assert await told(server, budi) == []


class TestReminder:
    async def test_comes_once_before_each_time(
        self, server: Server, planner: Planner, budi: SignedIn, ayu: SignedIn
    ) -> None:
        await planner.plan(BUDI, **WEEKLY)
        await do_due(server)
        await go_to(server, BEGINS - timedelta(minutes=11))
        assert await told(server, budi) == ["meeting_invited"]
        for minutes in (-10, -9, 1, -120, 2):
            await go_to(server, BEGINS + timedelta(minutes=minutes))
        await go_to(server, BEGINS + timedelta(days=7, minutes=-10))

        assert await told(server, budi) == ["meeting_invited", *["meeting_reminder"] * 2]
        assert await told(server, ayu) == ["meeting_reminder"] * 2

    async def test_does_not_come_for_a_meeting_that_is_off(
        self, server: Server, planner: Planner, ayu: SignedIn
    ) -> None:
        made = await planner.plan()
        await do_due(server)
        await ayu.delete(f"/meetings/{made['id']}")
        await go_to(server, BEGINS - timedelta(minutes=10))

        assert await told(server, ayu) == []

    async def test_does_not_come_when_the_server_was_away_all_the_time(
        self, server: Server, planner: Planner, ayu: SignedIn
    ) -> None:
        await planner.plan(**WEEKLY)
        await do_due(server)
        await go_to(server, BEGINS + timedelta(hours=3))

        assert await told(server, ayu) == []
        await go_to(server, BEGINS + timedelta(days=7, minutes=-10))
        assert await told(server, ayu) == ["meeting_reminder"]

    @pytest.mark.parametrize("hours", [-2, 24])
    async def test_and_letters_come_once_when_the_clock_jumps(
        self, server: Server, planner: Planner, budi: SignedIn, hours: int
    ) -> None:
        await planner.plan(BUDI, **{**WEEKLY, "rule": "FREQ=DAILY"})
        await choose(budi, digest="daily", digest_at="09:10")
        for day in range(2):
            begins = BEGINS + timedelta(days=day)
            for moment in (begins - timedelta(minutes=9), begins, begins + timedelta(minutes=20)):
                await go_to(server, moment)
                await go_to(server, moment + timedelta(hours=hours))
                await go_to(server, moment)

        kinds = await told(server, budi)
        reminded = await reminded_of(server, budi)
        assert len(set(reminded)) == len(reminded) >= 2
        assert kinds.count("meeting_invited") == 1
        letters = [letter for letter in mailer_of(server).sent if letter.recipient == BUDI]
        assert [letter.method for letter in letters if letter.method] == ["REQUEST"]
        digests = [letter for letter in letters if not letter.method]
        assert 1 <= len(digests) <= 3


async def reminded_of(server: Server, person: SignedIn) -> list[str]:
    """Return what somebody was reminded of, each time of a meeting by its words."""
    mine = select(Notification.message).where(
        Notification.user_id == person.user.id, Notification.type == "meeting_reminder"
    )
    async with work_of(server).read(SERVER) as ctx:
        return list((await ctx.session.scalars(mine)).all())
