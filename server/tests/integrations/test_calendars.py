"""Meetings stand in connected calendars as they are here, whichever service it is."""

from datetime import timedelta

import pytest
from factories import NOW, Server
from integrations.connecting import Connected, do_due, rows
from integrations.google_service import Google, times
from integrations.graph_service import Graph
from integrations.standing import Service
from meetings.planned import TEA, WEEKLY
from people import SignedIn, sign_in

from jumpa.domains.integrations.models import CalendarEntry

MOVED = {"start": "2026-12-02T10:00", "end": "2026-12-02T11:00"}
TUESDAYS = ["2026-12-01T09:00", "2026-12-08T09:00", "2026-12-15T09:00", "2026-12-22T09:00"]
FOUR = {**WEEKLY, "rule": "FREQ=WEEKLY;BYDAY=TU;COUNT=4"}


@pytest.fixture(params=["google", "microsoft"])
def service(request: pytest.FixtureRequest, google: Google, graph: Graph) -> Service:
    return google if request.param == "google" else graph


def shown(service: Service) -> list[str]:
    """Return what the person sees, as clocks in Jakarta show it."""
    if isinstance(service, Google):
        begins = [at[:16] for event in service.shown for at in times(event)]
        return sorted(begins)
    assert isinstance(service, Graph)
    return [_later(at) for at in service.shown]


def _later(utc: str) -> str:
    day, _, clock = utc.partition("T")
    return f"{day}T{int(clock[:2]) + 7:02}{clock[2:]}"


class TestMeeting:
    async def test_is_written_when_it_is_planned(self, ayu: Connected, service: Service) -> None:
        await ayu.connect(service)

        made = await ayu.plan(agenda="Who brings cake?")

        assert shown(service) == [TEA["start"]]
        event = next(iter(service.events.values()))  # type: ignore[attr-defined]  # both have them
        assert event.get("summary", event.get("subject")) == "Tea"
        assert made["room_code"] in str(event)
        assert "Who brings cake?" in str(event)
        state = await ayu.state(service)
        assert (state["status"], state["failure"]) == ("connected", "")
        assert state["synced_at"]

    async def test_that_was_planned_before_is_written_when_a_calendar_is_connected(
        self, ayu: Connected, service: Service
    ) -> None:
        await ayu.plan()

        await ayu.connect(service)

        assert shown(service) == [TEA["start"]]

    async def test_is_moved_and_renamed_in_place(self, ayu: Connected, service: Service) -> None:
        await ayu.connect(service)
        made = await ayu.plan()
        before = list(service.events)  # type: ignore[attr-defined]  # both have them

        await ayu.change("PATCH", f"/meetings/{made['id']}", json={**MOVED, "title": "Cake"})

        assert shown(service) == [MOVED["start"]]
        assert "Cake" in str(service.events)  # type: ignore[attr-defined]  # both have them
        assert list(service.events) == before  # type: ignore[attr-defined]  # both have them

    async def test_goes_when_it_is_called_off(self, ayu: Connected, service: Service) -> None:
        await ayu.connect(service)
        made = await ayu.plan()

        await ayu.change("DELETE", f"/meetings/{made['id']}")

        assert shown(service) == []
        assert await rows(ayu.server, CalendarEntry) == []

    async def test_comes_back_after_it_was_deleted_by_hand(
        self, ayu: Connected, service: Service
    ) -> None:
        await ayu.connect(service)
        made = await ayu.plan()
        if isinstance(service, Google):
            service.shown[0]["status"] = "cancelled"
        else:
            service.events.clear()  # type: ignore[attr-defined]  # it is Graph

        await ayu.change("PATCH", f"/meetings/{made['id']}", json=MOVED)

        assert shown(service) == [MOVED["start"]]

    async def test_is_written_once_after_connecting_again(
        self, ayu: Connected, service: Service
    ) -> None:
        await ayu.connect(service)
        await ayu.plan()
        await ayu.change("DELETE", f"/integrations/calendars/{service.name}")
        assert shown(service) == [TEA["start"]]

        await ayu.connect(service)

        assert shown(service) == [TEA["start"]]


class TestSeries:
    async def test_is_one_series_there_too(self, ayu: Connected, service: Service) -> None:
        await ayu.connect(service)

        await ayu.plan(**FOUR)

        assert shown(service) == TUESDAYS
        assert len(service.events) == 1  # type: ignore[attr-defined]  # both have them

    async def test_has_times_taken_out_moved_added_and_put_back(
        self, ayu: Connected, service: Service
    ) -> None:
        await ayu.connect(service)
        path = f"/meetings/{(await ayu.plan(**FOUR))['id']}/occurrences"

        await ayu.change("DELETE", f"{path}/{TUESDAYS[1]}")
        assert shown(service) == [TUESDAYS[0], *TUESDAYS[2:]]
        wednesday = {"start": "2026-12-16T11:00", "end": "2026-12-16T12:00"}
        await ayu.change("PATCH", f"{path}/{TUESDAYS[2]}", json=wednesday)
        assert shown(service) == [TUESDAYS[0], wednesday["start"], TUESDAYS[3]]
        await ayu.change("POST", path, json={"start": "2026-12-03T09:00"})
        assert shown(service) == [
            TUESDAYS[0],
            "2026-12-03T09:00",
            wednesday["start"],
            TUESDAYS[3],
        ]
        await ayu.change("POST", path, json={"start": TUESDAYS[1]})

        assert shown(service) == [
            TUESDAYS[0],
            "2026-12-03T09:00",
            TUESDAYS[1],
            wednesday["start"],
            TUESDAYS[3],
        ]

    async def test_is_split_as_it_is_here(self, ayu: Connected, service: Service) -> None:
        await ayu.connect(service)
        path = f"/meetings/{(await ayu.plan(**FOUR))['id']}/occurrences/{TUESDAYS[2]}"
        later = {"scope": "this_and_following", "start": "2026-12-15T13:00"}

        await ayu.change("PATCH", path, json={**later, "end": "2026-12-15T13:30"})

        assert shown(service) == [*TUESDAYS[:2], "2026-12-15T13:00", "2026-12-22T13:00"]

    async def test_that_graph_cannot_say_stands_there_time_by_time_and_goes_on(
        self, ayu: Connected, graph: Graph
    ) -> None:
        await ayu.connect(graph)
        daily = {**TEA, "start": "2026-12-31T09:00", "end": "2026-12-31T09:30"}

        await ayu.plan(**{**daily, "rule": "FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3"})

        assert graph.shown == ["2026-12-31T02:00", "2027-01-31T02:00", "2027-03-31T02:00"]
        assert len(graph.events) == 3

    async def test_without_end_is_written_on_when_half_of_what_is_there_is_over(
        self, ayu: Connected, graph: Graph
    ) -> None:
        await ayu.connect(graph)
        await ayu.plan(**{**TEA, "rule": "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR"})
        before = len(graph.events)
        assert before == 30

        ayu.server.clock.time = NOW + timedelta(days=40)
        await do_due(ayu.server)

        assert len(graph.events) > before
        assert max(graph.shown) > "2027-01-20"


class TestInvited:
    async def test_have_it_once_they_accept_until_they_decline(
        self, ayu: Connected, server: Server, service: Service
    ) -> None:
        budi = await self._budi(server, ayu, service)
        made = await ayu.plan("budi@example.com")
        assert shown(service) == []

        await self._answer(server, budi, made["id"], "accepted")
        assert shown(service) == [TEA["start"]]
        await ayu.change("PATCH", f"/meetings/{made['id']}", json=MOVED)
        assert shown(service) == [MOVED["start"]]
        await self._answer(server, budi, made["id"], "declined")

        assert shown(service) == []

    async def test_lose_it_with_the_invitation(
        self, ayu: Connected, server: Server, service: Service
    ) -> None:
        budi = await self._budi(server, ayu, service)
        made = await ayu.plan("budi@example.com")
        await self._answer(server, budi, made["id"], "accepted")
        listed = (await ayu.person.get(f"/meetings/{made['id']}/invitations")).json()

        await ayu.change("DELETE", f"/meetings/{made['id']}/invitations/{listed[0]['id']}")

        assert shown(service) == []

    async def test_miss_the_times_that_they_decline(
        self, ayu: Connected, server: Server, service: Service
    ) -> None:
        budi = await self._budi(server, ayu, service)
        path = f"/meetings/{(await ayu.plan('budi@example.com', **FOUR))['id']}"
        await self._answer(server, budi, path.split("/")[2], "accepted")
        assert shown(service) == TUESDAYS

        for answer, seen in (("declined", [TUESDAYS[0], *TUESDAYS[2:]]), ("accepted", TUESDAYS)):
            once = {"answer": answer, "recurrence": TUESDAYS[1]}
            said = await budi.put(f"{path}/answer", json=once)
            assert said.status_code == 204, said.text
            await do_due(server)
            assert shown(service) == seen, answer

    async def test_have_the_one_time_that_they_come_to(
        self, ayu: Connected, server: Server, service: Service
    ) -> None:
        budi = await self._budi(server, ayu, service)
        path = f"/meetings/{(await ayu.plan('budi@example.com', **FOUR))['id']}"

        once = {"answer": "accepted", "recurrence": TUESDAYS[2]}
        said = await budi.put(f"{path}/answer", json=once)

        assert said.status_code == 204, said.text
        await do_due(server)
        assert shown(service) == [TUESDAYS[2]]

    async def _budi(self, server: Server, ayu: Connected, service: Service) -> SignedIn:
        budi = await sign_in(server, "budi@example.com")
        mine = ayu.planner.person
        ayu.planner.person = budi
        await ayu.connect(service)
        ayu.planner.person = mine
        return budi

    async def _answer(self, server: Server, budi: SignedIn, meeting_id: str, answer: str) -> None:
        said = await budi.put(f"/meetings/{meeting_id}/answer", json={"answer": answer})
        assert said.status_code == 204, said.text
        await do_due(server)
