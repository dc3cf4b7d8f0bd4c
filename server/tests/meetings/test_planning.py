"""Meetings are planned, listed, changed and called off."""

import asyncio
from typing import Any

import pytest
from factories import Server
from meetings.planned import NEAR, START, TEA, WEEKLY, Planner, events
from people import API, assert_problem, make_organisation, sign_in

BUDI = "budi@example.com"
TUESDAYS = [f"2026-12-{day:02}T09:00:00" for day in (1, 8, 15, 22, 29)]


@pytest.fixture
async def series(ayu: Planner) -> dict[str, Any]:
    """A weekly meeting with one who is invited."""
    made = await ayu.plan(BUDI, rule=WEEKLY["rule"])
    # Letters that wait together leave in any order.
    await ayu.sent()
    return made


def path_of(made: dict[str, Any], recurrence: str = "") -> str:
    return f"/meetings/{made['id']}" + (f"/occurrences/{recurrence}" if recurrence else "")


class TestPlan:
    async def test_makes_a_room_that_is_there_before_anybody_comes(
        self, server: Server, ayu: Planner
    ) -> None:
        made = await ayu.plan()

        room = await server.client.get(f"{API}/rooms/{made['room_code']}")
        assert room.json()["title"] == "Tea"
        assert made["url"].endswith(f"/{made['room_code']}")
        assert (made["starts_at"], made["part"]) == ("2026-12-01T02:00:00Z", "organiser")

    async def test_may_use_a_room_of_ones_own(self, server: Server, ayu: Planner) -> None:
        code = (await ayu.person.post("/rooms", json={"title": "Kitchen"})).json()["code"]
        other = await server.create_room("Cellar")

        made = await ayu.plan(room_code=code.upper())
        foreign = await ayu.person.post("/meetings", json={**TEA, "room_code": other["code"]})
        unknown = await ayu.person.post("/meetings", json={**TEA, "room_code": "nowhere"})

        assert made["room_code"] == code
        assert_problem(foreign, 403, "role_too_low")
        assert_problem(unknown, 404, "room_not_found")

    async def test_asked_twice_with_one_key_is_done_once(self, ayu: Planner) -> None:
        headers = {"Idempotency-Key": "a-key-that-nobody-guesses"}
        body = {**TEA, "invited": [{"email": BUDI}]}

        answers = await asyncio.gather(
            *(ayu.person.post("/meetings", json=body, headers=headers) for _ in range(3))
        )

        assert len({answer.json()["id"] for answer in answers}) == 1
        assert len(await ayu.sent()) == 1

    @pytest.mark.parametrize(
        ("change", "status", "code"),
        [
            ({"end": START}, 400, "meeting_time_unusable"),
            ({"end": "2026-12-02T09:01"}, 400, "meeting_time_unusable"),
            ({"end": "2026-11-30T09:00"}, 400, "meeting_time_unusable"),
            ({"time_zone": "Asia/Atlantis"}, 422, "request_malformed"),
            ({"time_zone": "../../etc/passwd"}, 422, "request_malformed"),
            ({"time_zone": ""}, 422, "request_malformed"),
            ({"start": "9999-12-31T23:59"}, 422, "request_malformed"),
            ({"start": "2026-02-30T09:00"}, 422, "request_malformed"),
            ({"start": "2026-12-01T09:00Z"}, 422, "request_malformed"),
            ({"start": 1764579600}, 422, "request_malformed"),
            ({"rule": "FREQ=SECONDLY"}, 400, "rule_unusable"),
            ({"rule": "FREQ=DAILY;COUNT=1000000000"}, 400, "rule_unusable"),
            ({"rule": "FREQ=WEEKLY;BYDAY=MO"}, 400, "rule_misses_start"),
            ({"rule": "FREQ=DAILY;" * 100}, 422, "request_malformed"),
            ({"title": "x" * 121}, 400, "title_too_long"),
            ({"agenda": "x" * 3001}, 422, "request_malformed"),
            ({"opens_before_min": -1}, 422, "request_malformed"),
            ({"invited": [{"email": "nobody"}]}, 422, "request_malformed"),
            ({"invited": [{"email": "x@y.example", "role": "cohost"}]}, 400, "cohost_unknown"),
        ],
    )
    async def test_refuses_what_cannot_be(
        self, ayu: Planner, change: dict[str, object], status: int, code: str
    ) -> None:
        answer = await ayu.person.post("/meetings", json={**TEA, **change})

        assert_problem(answer, status, code)
        assert await ayu.starts() == []


class TestList:
    async def test_shows_each_time_of_a_series_in_order_and_in_pages(
        self, ayu: Planner, series: dict[str, Any]
    ) -> None:
        assert series["rule"] == WEEKLY["rule"]
        await ayu.plan(start="2026-12-08T08:00", end="2026-12-08T09:15")
        found: list[str] = []
        cursor = None

        while True:
            params = {**NEAR, "limit": 2, **({"cursor": cursor} if cursor else {})}
            page = (await ayu.person.get("/meetings", params=params)).json()
            found += [item["start"] for item in page["items"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break

        assert found == sorted([*TUESDAYS, "2026-12-08T08:00:00"])

    async def test_shows_one_room_alone_when_asked(self, ayu: Planner) -> None:
        made = await ayu.plan()
        await ayu.plan(start="2026-12-02T09:00", end="2026-12-02T09:30")

        assert await ayu.starts(room_code=made["room_code"]) == ["2026-12-01T09:00:00"]

    @pytest.mark.parametrize(
        ("window", "status", "code"),
        [
            ({"room_code": "no-such-room"}, 404, "room_not_found"),
            ({"from": NEAR["until"], "until": NEAR["from"]}, 400, "window_unusable"),
            ({"until": "2028-01-01T00:00:00Z"}, 400, "window_unusable"),
            ({"until": "9999-12-31T23:59:59Z"}, 422, "request_malformed"),
            ({"from": "0001-01-01T00:00:00Z"}, 422, "request_malformed"),
            ({"from": "2026-11-30T00:00:00"}, 422, "request_malformed"),
            ({"cursor": "nonsense"}, 400, "cursor_malformed"),
        ],
    )
    async def test_is_bounded(
        self, ayu: Planner, window: dict[str, str], status: int, code: str
    ) -> None:
        answer = await ayu.person.get("/meetings", params={**NEAR, **window})

        assert_problem(answer, status, code)

    async def test_hints_at_what_one_has_at_the_same_time(
        self, ayu: Planner, series: dict[str, Any]
    ) -> None:
        zone = {"time_zone": "Asia/Jakarta"}
        asked = {**zone, "start": "2026-12-02T09:10", "end": "2026-12-02T10:00"}
        touching = {**zone, "start": "2026-12-08T09:30", "end": "2026-12-08T10:00"}

        daily = await ayu.person.post(
            "/meetings/conflicts", json={**asked, "rule": "FREQ=DAILY;COUNT=14"}
        )
        after = await ayu.person.post("/meetings/conflicts", json=touching)

        assert daily.status_code == 200, daily.text
        assert [o["start"] for o in daily.json()["items"]] == TUESDAYS[1:3]
        assert daily.json()["items"][0]["meeting_id"] == series["id"]
        assert after.json()["items"] == []


class TestChange:
    async def test_tells_everybody_and_asks_again(
        self, ayu: Planner, series: dict[str, Any]
    ) -> None:
        (asked,) = await ayu.sent()
        await ayu.answer(asked, "accepted")

        title = await ayu.person.call("PATCH", path_of(series), json={"title": "Cake"})
        assert title.json()["answers"]["accepted"] == 1
        moved = await ayu.person.call("PATCH", path_of(series), json={"start": "2026-12-01T10:00"})

        assert moved.json()["end"] == "2026-12-01T10:30:00"
        assert moved.json()["answers"] == {
            "needs_action": 1, "accepted": 0, "declined": 0, "tentative": 0,
        }  # fmt: skip
        told = [events(letter)[0] for letter in await ayu.sent()]
        assert [event["sequence"] for event in told] == [0, 1, 2]
        assert len({event["uid"] for event in told}) == 1
        assert told[-1].start.isoformat() == "2026-12-01T10:00:00+07:00"

    async def test_by_two_at_once_loses_nothing_unseen(
        self, ayu: Planner, series: dict[str, Any]
    ) -> None:
        read = await ayu.person.get(path_of(series))
        headers = {"If-Match": read.headers["etag"]}

        answers = await asyncio.gather(
            *(
                ayu.person.call("PATCH", path_of(series), json={"title": t}, headers=headers)
                for t in ("One", "Two")
            )
        )

        assert sorted(answer.status_code for answer in answers) == [200, 412]

    async def test_may_give_and_take_the_rule(self, ayu: Planner) -> None:
        made = await ayu.plan()

        await ayu.person.call("PATCH", path_of(made), json={"rule": WEEKLY["rule"]})
        assert await ayu.starts() == TUESDAYS
        await ayu.person.call("PATCH", path_of(made), json={"rule": ""})

        assert await ayu.starts() == TUESDAYS[:1]


class TestOccurrence:
    async def test_is_moved_alone(self, ayu: Planner, series: dict[str, Any]) -> None:
        body = {"start": "2026-12-09T11:00", "end": "2026-12-09T12:00", "title": "Cake"}

        changed = await ayu.person.call("PATCH", path_of(series, TUESDAYS[1]), json=body)

        assert changed.status_code == 200, changed.text
        expected = [TUESDAYS[0], "2026-12-09T11:00:00", *TUESDAYS[2:]]
        assert await ayu.starts() == expected
        whole, once = events((await ayu.sent())[-1])
        assert once["recurrence-id"].dt.isoformat() == "2026-12-08T09:00:00+07:00"
        assert once.end.isoformat() == "2026-12-09T12:00:00+07:00"
        assert (whole["summary"], once["summary"]) == ("Tea", "Cake")

    async def test_is_called_off_alone_and_taken_up_again(
        self, ayu: Planner, series: dict[str, Any]
    ) -> None:
        gone = await ayu.person.delete(path_of(series, TUESDAYS[1]))
        twice = await ayu.person.delete(path_of(series, TUESDAYS[1]))

        assert gone.status_code == 204
        assert_problem(twice, 404, "occurrence_not_found")
        assert await ayu.starts() == [TUESDAYS[0], *TUESDAYS[2:]]
        told = (await ayu.sent())[-1]
        (event,) = events(told)
        assert (told.method, event["recurrence-id"].dt.day) == ("CANCEL", 8)
        again = await ayu.person.post(f"{path_of(series)}/occurrences", json={"start": TUESDAYS[1]})
        assert again.status_code == 201
        assert await ayu.starts() == TUESDAYS

    async def test_is_added(self, ayu: Planner, series: dict[str, Any]) -> None:
        path = f"{path_of(series)}/occurrences"

        added = await ayu.person.post(path, json={"start": "2026-12-10T09:00"})
        twice = await ayu.person.post(path, json={"start": "2026-12-10T09:00"})
        planned = await ayu.person.post(path, json={"start": TUESDAYS[2]})

        assert added.status_code == 201, added.text
        assert_problem(twice, 409, "occurrence_taken")
        assert_problem(planned, 409, "occurrence_taken")
        assert await ayu.starts() == sorted([*TUESDAYS, "2026-12-10T09:00:00"])
        (event,) = events((await ayu.sent())[-1])
        assert event["rdate"].dts[0].dt.isoformat() == "2026-12-10T09:00:00+07:00"

    async def test_cannot_take_the_place_of_another(
        self, ayu: Planner, series: dict[str, Any]
    ) -> None:
        body = {"start": TUESDAYS[2], "end": "2026-12-15T09:30"}

        answer = await ayu.person.call("PATCH", path_of(series, TUESDAYS[1]), json=body)

        assert_problem(answer, 409, "occurrence_taken")
        assert await ayu.starts() == TUESDAYS

    async def test_that_never_was_is_not_found(self, ayu: Planner, series: dict[str, Any]) -> None:
        for recurrence in ("2026-12-02T09:00:00", "2026-11-24T09:00:00", "2026-12-01T09:00:01"):
            answer = await ayu.person.delete(path_of(series, recurrence))
            assert_problem(answer, 404, "occurrence_not_found")

    async def test_as_the_last_one_calls_the_meeting_off(self, ayu: Planner) -> None:
        made = await ayu.plan(BUDI)

        await ayu.person.delete(path_of(made, f"{START}:00"))

        assert (await ayu.read(made["id"]))["status"] == "cancelled"
        again = await ayu.person.delete(path_of(made))
        assert_problem(again, 410, "meeting_cancelled")


class TestThisAndFollowing:
    async def test_become_a_series_of_their_own(self, ayu: Planner, series: dict[str, Any]) -> None:
        await ayu.person.delete(path_of(series, TUESDAYS[3]))
        body = {
            "scope": "this_and_following",
            "start": "2026-12-15T10:00",
            "end": "2026-12-15T11:00",
            "title": "Cake",
        }

        made = await ayu.person.call("PATCH", path_of(series, TUESDAYS[2]), json=body)

        assert made.status_code == 200, made.text
        assert made.json()["follows_id"] == series["id"]
        assert made.json()["room_code"] == series["room_code"]
        assert await ayu.starts() == [*TUESDAYS[:2], "2026-12-15T10:00:00", "2026-12-29T10:00:00"]
        former, later = (events(letter)[0] for letter in (await ayu.sent())[-2:])
        assert {former["uid"], later["uid"]} == {
            f"{series['id']}@jumpa", f"{made.json()['id']}@jumpa",
        }  # fmt: skip
        assert "UNTIL" in str([former["rrule"], later["rrule"]])
        assert (await ayu.read(made.json()["id"]))["answers"]["needs_action"] == 1

    async def test_keep_the_number_of_times(self, ayu: Planner) -> None:
        made = await ayu.plan(rule="FREQ=WEEKLY;COUNT=4")

        later = await ayu.person.call(
            "PATCH",
            path_of(made, TUESDAYS[1]),
            json={"scope": "this_and_following", "title": "Cake"},
        )

        assert later.json()["rule"] == "FREQ=WEEKLY;COUNT=3"
        assert await ayu.starts() == TUESDAYS[:4]

    async def test_are_called_off(self, ayu: Planner, series: dict[str, Any]) -> None:
        gone = await ayu.person.delete(
            path_of(series, TUESDAYS[2]), params={"scope": "this_and_following"}
        )

        assert gone.status_code == 204
        assert await ayu.starts() == TUESDAYS[:2]

    async def test_from_the_first_on_are_everything(
        self, ayu: Planner, series: dict[str, Any]
    ) -> None:
        body = {"scope": "this_and_following", "start": "2026-12-01T07:00"}

        same = await ayu.person.call("PATCH", path_of(series, TUESDAYS[0]), json=body)

        assert same.json()["id"] == series["id"]
        assert (await ayu.starts())[0] == "2026-12-01T07:00:00"


class TestOrganisations:
    async def test_do_not_see_each_others_meetings(
        self, server: Server, series: dict[str, Any]
    ) -> None:
        elsewhere = await make_organisation(server)
        other = Planner(server, await sign_in(server, BUDI, organisation_id=elsewhere))

        read = await other.person.get(path_of(series))

        assert_problem(read, 404, "meeting_not_found")
        assert await other.starts() == []
