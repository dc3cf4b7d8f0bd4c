"""Calendars that are away, busy, huge or closed, and people who take their consent back."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from factories import NOW
from integrations.connecting import Connected, connection, do_due, rows
from integrations.google_service import Google
from integrations.graph_service import Graph
from integrations.standing import NOT_FOUND, Answer
from meetings.planned import TEA
from notifications.told import titles
from people import work_of
from sqlalchemy import select

from jumpa.domains.integrations.models import CalendarEntry
from jumpa.domains.integrations.service.access import opened
from jumpa.domains.integrations.service.tokens import Office, Tokens
from jumpa.kit.actor import SERVER
from jumpa.kit.failpoints import arm
from jumpa.kit.work.jobs import Job

OTHER = {"title": "Cake"}
# As Google says it of a project: the reason stands behind many words.
QUOTA = (
    "Quota exceeded for quota metric 'Queries' and limit 'Queries per minute per user' of service"
    " 'calendar-json.googleapis.com' for consumer 'project_number:1042'."
)
REASON = {"message": QUOTA, "domain": "usageLimits", "reason": "rateLimitExceeded"}


async def last_sync(ayu: Connected) -> Job:
    async with work_of(ayu.server).read(SERVER) as ctx:
        wanted = select(Job).where(Job.kind == "calendar_sync").order_by(Job.id.desc())
        return (await ctx.session.scalars(wanted.limit(1))).one()


class TestAccess:
    async def test_is_renewed_once_when_it_has_ended(self, ayu: Connected, google: Google) -> None:
        await ayu.connect(google)
        sealed = (await connection(ayu.server)).sealed
        google.expire()

        await ayu.plan()

        assert len(google.shown) == 1
        assert (await connection(ayu.server)).sealed != sealed
        asked = [request.path for request in google.asked if request.path == "/token"]
        assert len(asked) == 2

    async def test_is_renewed_before_it_ends(self, ayu: Connected, google: Google) -> None:
        await ayu.connect(google)
        await ayu.planner.wake(NOW + timedelta(hours=2))
        google.asked.clear()

        await ayu.plan()

        assert next(request.path for request in google.asked) == "/token"

    async def test_that_is_taken_back_ends_the_connection_and_is_told_once(
        self, ayu: Connected, google: Google
    ) -> None:
        await ayu.connect(google)
        google.end_access()

        made = await ayu.plan()
        await ayu.change("PATCH", f"/meetings/{made['id']}", json=OTHER)

        state = await ayu.state(google)
        assert (state["status"], state["failure"]) == ("ended", "calendar_access_ended")
        told = [title for title in await titles(ayu.person) if "Google" in title]
        assert told == ["Google Calendar is not connected any more"]
        assert (await connection(ayu.server)).sealed == ""

        await ayu.connect(google)
        assert (await ayu.state(google))["status"] == "connected"
        assert google.shown[0]["summary"] == "Cake"

    @pytest.mark.parametrize("passes", [Google.end_access, Google.expire])
    async def test_from_before_changes_nothing_of_what_was_connected_again_meanwhile(
        self,
        ayu: Connected,
        google: Google,
        monkeypatch: pytest.MonkeyPatch,
        passes: Callable[[Google], None],
    ) -> None:
        await ayu.connect(google)
        passes(google)
        renew = Office.renew

        async def late(office: Office, tokens: Tokens, now: datetime) -> Tokens:
            monkeypatch.setattr(Office, "renew", renew)
            ayu.server.clock.move(seconds=1)
            query = google.consent(await ayu.start(google))
            assert await ayu.come_back(google, query) == "/settings"
            return await renew(office, tokens, now)

        monkeypatch.setattr(Office, "renew", late)
        await ayu.plan()

        assert (await ayu.state(google))["status"] == "connected"
        kept = opened(ayu.server.parts.ring, await connection(ayu.server))
        assert kept.refresh == [*google.refreshes][-1]
        assert [event["summary"] for event in google.shown] == ["Tea"]

    async def test_is_not_ended_by_a_server_that_was_set_up_wrongly(
        self, ayu: Connected, google: Google
    ) -> None:
        await ayu.connect(google)
        google.expire()
        google.faults += [
            Answer(401, {"error": {"code": 401}}),
            Answer(401, {"error": "invalid_client"}),
        ]

        await ayu.plan()

        state = await ayu.state(google)
        assert (state["status"], state["failure"]) == ("connected", "calendar_unavailable")


class TestTrouble:
    @pytest.mark.parametrize(
        "fault",
        [
            Answer(503, {}),
            Answer(429, {}, {"Retry-After": "junk"}),
            Answer(403, {"error": {"errors": [{"reason": "rateLimitExceeded"}]}}),
            Answer(403, {"error": {"code": 403, "message": QUOTA, "errors": [REASON]}}),
            Answer(200, raw=b"x" * 10_000_000),
            Answer(200, raw=b"[" * 50_000),
        ],
        ids=["away", "busy", "too often", "too often in many words", "ten megabytes", "deep"],
    )
    async def test_passes_and_is_written_later(
        self, ayu: Connected, google: Google, fault: Answer
    ) -> None:
        await ayu.connect(google)
        google.faults.append(fault)
        await ayu.plan()
        assert (await ayu.state(google))["failure"] == "calendar_unavailable"

        ayu.server.clock.move(minutes=1)
        await do_due(ayu.server)

        assert [event["start"]["dateTime"][:16] for event in google.shown] == [TEA["start"]]
        assert (await ayu.state(google))["failure"] == ""

    async def test_waits_as_long_as_the_service_asks(self, ayu: Connected, google: Google) -> None:
        await ayu.connect(google)
        google.faults.append(Answer(429, {}, {"Retry-After": "1800"}))

        await ayu.plan()

        assert (await last_sync(ayu)).due_at >= NOW + timedelta(seconds=1800)

    async def test_of_a_refused_event_is_given_up_and_shown(
        self, ayu: Connected, google: Google
    ) -> None:
        await ayu.connect(google)
        google.faults.append(Answer(400, {"error": {"code": 400, "message": "Bad"}}))

        await ayu.plan()

        job = await last_sync(ayu)
        assert (job.state, "400" in job.failure) == ("failed", True)
        assert (await ayu.state(google))["failure"] == "calendar_unavailable"

    async def test_of_an_answer_that_got_lost_makes_nothing_twice(
        self, ayu: Connected, google: Google, graph: Graph
    ) -> None:
        for service in (google, graph):
            await ayu.connect(service)
        arm("calendar.written:error")

        await ayu.plan()

        arm("")
        assert len(await rows(ayu.server, CalendarEntry)) == 1
        ayu.server.clock.move(minutes=1)
        await do_due(ayu.server)
        assert (len(google.shown), len(graph.events)) == (1, 1)
        assert len(await rows(ayu.server, CalendarEntry)) == 2

    async def test_of_a_transaction_whose_event_was_deleted_makes_it_anew(
        self, ayu: Connected, graph: Graph
    ) -> None:
        await ayu.connect(graph)
        arm("calendar.written:error")
        await ayu.plan()
        arm("")
        graph.events.clear()

        ayu.server.clock.move(minutes=1)
        await do_due(ayu.server)

        assert len(graph.events) == 1

    async def test_of_something_that_is_gone_when_it_is_removed_is_none(
        self, ayu: Connected, google: Google
    ) -> None:
        await ayu.connect(google)
        made = await ayu.plan()
        google.faults.append(Answer(404, NOT_FOUND))

        await ayu.change("DELETE", f"/meetings/{made['id']}")

        assert await rows(ayu.server, CalendarEntry) == []


class TestTwoServers:
    async def test_write_what_is_true_last(self, ayu: Connected, google: Google) -> None:
        await ayu.connect(google)
        made = await ayu.plan()
        answer = await ayu.person.call("PATCH", f"/meetings/{made['id']}", json=OTHER)
        assert answer.status_code == 200
        await ayu.server.app.workers.changes.do_due()

        # As another server would that took the same job too.
        job = await last_sync(ayu)
        syncer = ayu.server.app.workers.calendars.trades["calendar_sync"].errand
        assert syncer is not None
        await syncer(job)
        await syncer(job)
        await do_due(ayu.server)

        assert [event["summary"] for event in google.shown] == ["Cake"]
        assert len(await rows(ayu.server, CalendarEntry)) == 1
