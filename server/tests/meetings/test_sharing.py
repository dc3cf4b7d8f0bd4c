"""Guests by link, calendars by address, groups, hours, who was there, and who never came."""

import csv
import io
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from factories import NOW, Server
from icalendar import Calendar
from meetings.planned import WEEKLY, Planner
from people import API, assert_problem, make_organisation, sign_in
from sqlalchemy import update
from uuid_utils.compat import uuid7

from jumpa.domains.meetings.service import cleaning
from jumpa.domains.organisations.models import HOME
from jumpa.domains.rooms.models import MeetingHistory
from jumpa.domains.rooms.service import rooms
from jumpa.domains.users.models import User
from jumpa.kit import tables
from jumpa.kit.actor import SERVER

FIRST = "2026-12-01T09:00:00"


async def link(ayu: Planner, made: dict[str, Any], **body: object) -> tuple[str, str]:
    """Make a guest link; return its id and token."""
    answer = await ayu.person.post(f"/meetings/{made['id']}/guest-links", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"], answer.json()["url"].partition("#")[2]


async def join(server: Server, code: str, **body: object) -> httpx2.Response:
    return await server.client.post(f"{API}/rooms/{code}/join", json={"name": "Gita", **body})


class TestGuestLink:
    async def test_brings_past_the_waiting_room(self, server: Server, ayu: Planner) -> None:
        made = await ayu.plan()
        code = made["room_code"]
        await ayu.person.put(f"/rooms/{code}/settings", json={"waiting_room": True})
        _, token = await link(ayu, made)

        entered = await server.client.post(
            f"{API}/guest-links/enter", json={"token": token, "name": "Gita"}
        )
        with_seat = await join(server, code, seat=entered.json()["seat"])
        without = await join(server, code)

        assert entered.json()["code"] == code
        assert (with_seat.status_code, with_seat.json()["role"]) == (200, "guest")
        assert without.status_code == 202

    async def test_ends_when_it_expires_or_is_taken_back(
        self, server: Server, ayu: Planner
    ) -> None:
        made = await ayu.plan()
        soon = (NOW + timedelta(hours=1)).isoformat()
        _, short = await link(ayu, made, expires_at=soon)
        name, taken = await link(ayu, made)
        await ayu.person.delete(f"/meetings/{made['id']}/guest-links/{name}")
        server.clock.move(hours=2)

        for token in (short, taken, "x"):
            body = {"token": token, "name": "Gita"}
            answer = await server.client.post(f"{API}/guest-links/enter", json=body)
            assert_problem(answer, 404, "guest_link_not_found")

    @pytest.mark.parametrize("days", [-1, 0, 400])
    async def test_expires_later_than_now_and_within_a_year(self, ayu: Planner, days: int) -> None:
        made = await ayu.plan()
        body = {"expires_at": (NOW + timedelta(days=days)).isoformat()}

        answer = await ayu.person.post(f"/meetings/{made['id']}/guest-links", json=body)

        assert_problem(answer, 400, "guest_link_expiry_unusable")

    async def test_opens_no_meeting_that_was_cancelled(self, server: Server, ayu: Planner) -> None:
        made = await ayu.plan()
        _, token = await link(ayu, made)
        await ayu.person.delete(f"/meetings/{made['id']}")

        body = {"token": token, "name": "Gita"}
        answer = await server.client.post(f"{API}/guest-links/enter", json=body)

        assert_problem(answer, 410, "meeting_cancelled")


class TestHours:
    async def test_keep_everybody_out_but_who_runs_it(self, server: Server, ayu: Planner) -> None:
        made = await ayu.plan(opens_before_min=15)
        code = made["room_code"]

        early = await join(server, code)
        host = await ayu.person.post(f"/rooms/{code}/join", json={"name": "Ayu"})
        server.clock.time = NOW.replace(month=12, day=1, hour=1, minute=44)
        nearly = await join(server, code)
        server.clock.move(minutes=1)
        there = await join(server, code)

        assert_problem(early, 403, "room_not_open")
        assert_problem(nearly, 403, "room_not_open")
        assert (host.status_code, there.status_code) == (200, 200)


class TestEnd:
    async def test_of_one_time_of_a_series_leaves_the_room_for_the_next(
        self, server: Server, ayu: Planner
    ) -> None:
        series, once = await ayu.plan(rule=WEEKLY["rule"]), await ayu.plan()

        for made in (series, once):
            assert (await ayu.person.post(f"/rooms/{made['room_code']}/end")).status_code == 204

        assert (await join(server, series["room_code"])).status_code == 200
        assert_problem(await join(server, once["room_code"]), 410, "room_ended")

    async def test_by_cancelling_is_for_good(self, server: Server, ayu: Planner) -> None:
        series = await ayu.plan(rule=WEEKLY["rule"])

        await ayu.person.delete(f"/meetings/{series['id']}")

        assert_problem(await join(server, series["room_code"]), 410, "room_ended")


class TestFeed:
    async def test_shows_what_one_has_and_says_when_nothing_changed(
        self, server: Server, ayu: Planner
    ) -> None:
        made = await ayu.plan(rule=WEEKLY["rule"])
        url = (await ayu.person.post("/calendars", json={})).json()["url"]

        first = await server.client.get(url)
        headers = {"If-None-Match": first.headers["etag"]}
        same = await server.client.get(url, headers=headers)
        await ayu.person.call("PATCH", f"/meetings/{made['id']}", json={"title": "Cake"})
        changed = await server.client.get(url, headers=headers)

        assert first.headers["content-type"].startswith("text/calendar")
        (event,) = Calendar.from_ical(first.text).events
        assert (event["uid"], event["summary"]) == (f"{made['id']}@jumpa", "Tea")
        assert "attendee" not in event
        assert (same.status_code, same.content) == (304, b"")
        assert Calendar.from_ical(changed.text).events[0]["summary"] == "Cake"

    async def test_of_a_room_shows_that_room_alone(self, server: Server, ayu: Planner) -> None:
        made, _ = await ayu.plan(), await ayu.plan(title="Other")
        body = {"room_code": made["room_code"]}
        url = (await ayu.person.post("/calendars", json=body)).json()["url"]
        budi = Planner(server, await sign_in(server, "budi@example.com"))

        events = Calendar.from_ical((await server.client.get(url)).text).events

        assert [event["summary"] for event in events] == ["Tea"]
        assert_problem(await budi.person.post("/calendars", json=body), 403, "role_too_low")

    async def test_shows_nothing_once_it_was_taken_back_or_its_owner_left(
        self, server: Server, ayu: Planner
    ) -> None:
        first = (await ayu.person.post("/calendars", json={})).json()
        second = (await ayu.person.post("/calendars", json={})).json()
        assert len((await ayu.person.get("/calendars")).json()) == 2
        await ayu.person.delete(f"/calendars/{first['id']}")
        async with server.app.work.write(SERVER) as ctx:
            gone = update(User).where(User.id == ayu.person.user.id).values(status="banned")
            await ctx.session.execute(gone)

        for url in (first["url"], second["url"], f"{API}/calendars/feed?key=x"):
            assert_problem(await server.client.get(url), 404, "calendar_feed_not_found")

    async def test_of_another_cannot_be_taken_back(self, server: Server, ayu: Planner) -> None:
        own = (await ayu.person.post("/calendars", json={})).json()
        budi = await sign_in(server, "budi@example.com")

        answer = await budi.delete(f"/calendars/{own['id']}")

        assert_problem(answer, 404, "calendar_feed_not_found")


class TestGroup:
    async def test_is_invited_as_a_whole(self, server: Server, ayu: Planner) -> None:
        members = [{"email": f"{name}@example.com"} for name in ("budi", "citra", "budi", "ayu")]
        group = await ayu.person.post(
            "/invitation-groups", json={"name": "Team", "members": members}
        )
        assert group.status_code == 201, group.text
        assert len(group.json()["members"]) == 3
        made = await ayu.plan()
        path = f"/meetings/{made['id']}/invitations"

        invited = await ayu.person.post(path, json={"groups": [group.json()["id"]]})

        assert [row["email"] for row in invited.json()] == ["budi@example.com", "citra@example.com"]
        budi = await sign_in(server, "budi@example.com")
        other = await budi.post("/meetings", json={**WEEKLY})
        foreign = await budi.post(
            f"/meetings/{other.json()['id']}/invitations", json={"groups": [group.json()["id"]]}
        )
        assert_problem(foreign, 404, "group_not_found")

    async def test_is_changed_and_forgotten_by_its_owner(
        self, server: Server, ayu: Planner
    ) -> None:
        made = await ayu.person.post("/invitation-groups", json={"name": "Team"})
        path = f"/invitation-groups/{made.json()['id']}"
        other = await ayu.person.post("/invitation-groups", json={"name": "Others"})
        budi = await sign_in(server, "budi@example.com")

        taken = await ayu.person.post("/invitation-groups", json={"name": "Team"})
        renamed = await ayu.person.put(path, json={"name": "Others"})
        old = await ayu.person.put(path, json={"name": "A"}, headers={"If-Match": '"9"'})
        foreign = await budi.put(path, json={"name": "Mine"})

        assert other.status_code == 201
        assert_problem(taken, 409, "group_name_taken")
        assert_problem(renamed, 409, "group_name_taken")
        assert_problem(old, 412, "changed_meanwhile")
        assert_problem(foreign, 404, "group_not_found")
        assert (await ayu.person.delete(path)).status_code == 204
        names = [group["name"] for group in (await ayu.person.get("/invitation-groups")).json()]
        assert names == ["Others"]


async def stay(server: Server, code: str, name: str, begin: int, end: int | None) -> None:
    """Note that somebody was in a room between two minutes after its meeting began."""
    start = NOW.replace(month=12, day=1, hour=2)
    async with server.app.work.write(SERVER) as ctx:
        room = await rooms.get(ctx, code)
        row = MeetingHistory(
            id=uuid7(),
            organisation_id=HOME,
            room_id=room.id,
            participant_sid=f"{name} {begin}",
            name=name,
            joined_at=start + timedelta(minutes=begin),
            left_at=None if end is None else start + timedelta(minutes=end),
        )
        ctx.session.add(row)


class TestAttendance:
    async def test_adds_up_visits_and_counts_two_screens_once(
        self, server: Server, ayu: Planner
    ) -> None:
        made = await ayu.plan(rule="FREQ=DAILY")
        gita = [("Gita", 0, 10), ("Gita", 5, 12), ("Gita", 20, 30)]
        for name, begin, end in (*gita, ("=cmd()", -5, 3), ("Ida", 1440, 1450)):
            await stay(server, made["room_code"], name, begin, end)
        await ayu.wake(NOW.replace(month=12, day=3))
        path = f"/meetings/{made['id']}/occurrences/{FIRST}/attendance"

        rows = (await ayu.person.get(path)).json()
        text = (await ayu.person.get(f"{path}.csv")).text

        assert [(r["name"], r["visits"], r["present_s"]) for r in rows] == [
            ("=cmd()", 1, 480),
            ("Gita", 3, 22 * 60),
        ]
        cells = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
        assert cells[0][0] == "name"
        assert [row[0] for row in cells[1:]] == ["'=cmd()", "Gita"]

    async def test_of_a_time_that_never_was_is_not_found(self, ayu: Planner) -> None:
        made = await ayu.plan()

        path = f"/meetings/{made['id']}/occurrences/2026-12-02T09:00:00/attendance"

        assert_problem(await ayu.person.get(path), 404, "occurrence_not_found")

    async def test_of_a_room_is_a_file_too(self, server: Server, ayu: Planner) -> None:
        made = await ayu.plan()
        await stay(server, made["room_code"], "@SUM(1)", 0, 10)

        answer = await ayu.person.get(f"/rooms/{made['room_code']}/history.csv")

        assert answer.headers["content-type"].startswith("text/csv")
        assert "attachment" in answer.headers["content-disposition"]
        assert "'@SUM(1)" in answer.text


class TestTable:
    @pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "=1\n"])
    def test_runs_nothing(self, text: str) -> None:
        told = tables.table(["a"], [[text]]).decode().removeprefix("\ufeff")

        ((_,), (cell,)) = csv.reader(io.StringIO(told, newline=""))
        assert cell == f"'{text}"


class TestMissed:
    async def test_is_what_nobody_came_to(self, server: Server, ayu: Planner) -> None:
        empty, visited, later = (
            await ayu.plan(),
            await ayu.plan(),
            await ayu.plan(rule="FREQ=DAILY"),
        )
        await stay(server, visited["room_code"], "Gita", 0, 10)
        await ayu.wake(NOW.replace(month=12, day=1, hour=4))

        assert await cleaning.sweep(server.app.work) == 1
        assert await cleaning.sweep(server.app.work) == 0

        status = {
            made["id"]: (await ayu.read(made["id"]))["status"] for made in (empty, visited, later)
        }
        assert list(status.values()) == ["missed", "planned", "planned"]
        assert_problem(await join(server, empty["room_code"]), 410, "room_ended")
        assert (await join(server, later["room_code"])).status_code == 200


class TestOrganisation:
    async def test_of_another_reads_no_calendar_of_this_one(
        self, server: Server, ayu: Planner
    ) -> None:
        await ayu.plan("budi@example.net")
        elsewhere = await make_organisation(server)
        budi = await sign_in(server, "budi@example.net", organisation_id=elsewhere)
        url = (await budi.post("/calendars", json={})).json()["url"]

        assert Calendar.from_ical((await server.client.get(url)).text).events == []
