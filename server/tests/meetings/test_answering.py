"""People answer for all times of a series or for one, by account or by link."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from factories import Server
from icalendar import Calendar
from meetings.planned import NEAR, WEEKLY, Planner, events, token_of
from notifications.told import do_due
from people import API, SignedIn, assert_problem, sign_in

from jumpa.domains.meetings.service import answering
from jumpa.kit.mail.letter import Letter

BUDI, CITRA = "budi@example.com", "citra@example.net"
TUESDAYS = [f"2026-12-{day:02}T09:00:00" for day in (1, 8, 15, 22, 29)]
SECOND, THIRD = TUESDAYS[1:3]


@pytest.fixture
async def budi(server: Server) -> Planner:
    return Planner(server, await sign_in(server, BUDI))


@pytest.fixture
async def series(ayu: Planner, budi: Planner) -> dict[str, Any]:
    """A weekly tea to which Budi, who has an account, and Citra are invited."""
    assert budi.person.user.email == BUDI
    return await ayu.plan(BUDI, CITRA, rule=WEEKLY["rule"])


async def say(person: SignedIn, made: dict[str, Any], said: str, once: str | None = None) -> None:
    body = {"answer": said, **({"recurrence": once} if once else {})}
    answer = await person.put(f"/meetings/{made['id']}/answer", json=body)
    assert answer.status_code == 204, answer.text


async def counted(person: SignedIn, made: dict[str, Any]) -> dict[str, tuple[int, int, int]]:
    """Return for each time how many have not answered, come and do not come."""
    path = f"/meetings/{made['id']}/occurrences"
    answer = await person.get(path, params={**NEAR, "limit": "5"})
    assert answer.status_code == 200, answer.text
    return {
        item["recurrence"]: tuple(
            item["answers"][name] for name in ("needs_action", "accepted", "declined")
        )
        for item in answer.json()["items"]
    }


async def told(person: SignedIn, made: dict[str, Any], once: str) -> dict[str, str]:
    """Return who answered what for one time, as the host reads it."""
    path = f"/meetings/{made['id']}/invitations"
    answer = await person.get(path, params={"recurrence": once})
    assert answer.status_code == 200, answer.text
    return {row["email"]: row["answer"] for row in answer.json()}


async def letter_to(planner: Planner, email: str) -> Letter:
    return [letter for letter in await planner.sent() if letter.recipient == email][-1]


class TestAnswerOnce:
    async def test_leaves_the_other_times_as_they_are(
        self, ayu: Planner, budi: Planner, series: dict[str, Any]
    ) -> None:
        await say(budi.person, series, "accepted")
        await say(budi.person, series, "declined", SECOND)

        by_time = await counted(ayu.person, series)
        assert by_time.pop(SECOND) == (1, 0, 1)
        assert set(by_time.values()) == {(1, 1, 0)}
        assert await told(ayu.person, series, SECOND) == {BUDI: "declined", CITRA: "needs_action"}
        assert await told(ayu.person, series, THIRD) == {BUDI: "accepted", CITRA: "needs_action"}
        assert (await ayu.read(series["id"]))["answers"]["accepted"] == 1

    async def test_takes_a_declined_time_out_of_the_agenda(
        self, budi: Planner, series: dict[str, Any]
    ) -> None:
        await say(budi.person, series, "declined", SECOND)
        assert SECOND not in await budi.starts()

        await say(budi.person, series, "declined")
        assert await budi.starts() == []

        await say(budi.person, series, "tentative", THIRD)
        assert await budi.starts() == [THIRD]

    async def test_is_replaced_by_what_is_said_to_all(
        self, ayu: Planner, budi: Planner, series: dict[str, Any]
    ) -> None:
        await say(budi.person, series, "declined", SECOND)
        await say(budi.person, series, "accepted")

        assert (await told(ayu.person, series, SECOND))[BUDI] == "accepted"

    async def test_by_link_sees_each_time_with_its_answer(
        self, server: Server, ayu: Planner, series: dict[str, Any]
    ) -> None:
        token = token_of(await letter_to(ayu, CITRA))
        body = {"token": token, "answer": "declined", "recurrence": SECOND}

        seen = (await server.client.post(f"{API}/invitations/answer", json=body)).json()

        answers = {one["recurrence"]: one["answer"] for one in seen["occurrences"]}
        assert len(answers) == 10
        assert answers[SECOND] == "declined"
        assert answers[THIRD] == seen["answer"] == "needs_action"
        assert (await told(ayu.person, series, SECOND))[CITRA] == "declined"

    async def test_of_a_meeting_that_takes_place_once_is_for_all_of_it(
        self, ayu: Planner, budi: Planner
    ) -> None:
        made = await ayu.plan(BUDI)

        await say(budi.person, made, "accepted", TUESDAYS[0])

        assert (await ayu.read(made["id"]))["answers"]["accepted"] == 1

    @pytest.mark.parametrize(
        ("once", "status", "code"),
        [
            ("2026-12-09T09:00:00", 404, "occurrence_not_found"),
            ("2026-12-08T09:00:01", 404, "occurrence_not_found"),
            ("tomorrow", 422, "request_malformed"),
            ("2026-02-30T09:00", 422, "request_malformed"),
            (7, 422, "request_malformed"),
        ],
    )
    async def test_to_no_time_of_it_is_refused(
        self, budi: Planner, series: dict[str, Any], once: object, status: int, code: str
    ) -> None:
        body = {"answer": "accepted", "recurrence": once}

        answer = await budi.person.put(f"/meetings/{series['id']}/answer", json=body)

        assert_problem(answer, status, code)

    async def test_to_a_time_that_was_called_off_is_refused(
        self, ayu: Planner, budi: Planner, series: dict[str, Any]
    ) -> None:
        await say(budi.person, series, "declined", SECOND)
        path = f"/meetings/{series['id']}/occurrences"
        await ayu.person.delete(f"{path}/{SECOND}")
        body = {"answer": "accepted", "recurrence": SECOND}

        refused = await budi.person.put(f"/meetings/{series['id']}/answer", json=body)
        again = await ayu.person.post(path, json={"start": SECOND})

        assert_problem(refused, 404, "occurrence_not_found")
        assert again.status_code == 201
        assert (await told(ayu.person, series, SECOND))[BUDI] == "needs_action"

    async def test_given_at_the_same_time_by_link_is_kept_once(
        self, server: Server, ayu: Planner, series: dict[str, Any]
    ) -> None:
        token = token_of(await letter_to(ayu, CITRA))
        bodies = [
            {"token": token, "answer": said, "recurrence": SECOND}
            for said in ("accepted", "declined", "accepted", "tentative")
        ]

        answers = await asyncio.gather(
            *(server.client.post(f"{API}/invitations/answer", json=body) for body in bodies)
        )

        assert {answer.status_code for answer in answers} == {200}
        assert sum((await counted(ayu.person, series))[SECOND]) in {1, 2}

    async def test_has_a_bound_that_what_is_over_does_not_count_for(
        self, ayu: Planner, budi: Planner, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(answering, "MOST_SINGLE", 2)
        made = await ayu.plan(BUDI, rule=WEEKLY["rule"])
        path = f"/meetings/{made['id']}/answer"
        for once in TUESDAYS[:2]:
            await say(budi.person, made, "declined", once)

        full = await budi.person.put(path, json={"answer": "declined", "recurrence": THIRD})
        assert_problem(full, 409, "too_many_answers")

        await budi.wake(datetime(2026, 12, 5, tzinfo=UTC))
        await say(budi.person, made, "declined", THIRD)

    async def test_of_somebody_who_is_not_invited_changes_nothing(
        self, server: Server, series: dict[str, Any]
    ) -> None:
        eka = await sign_in(server, "eka@example.com")
        body = {"answer": "accepted", "recurrence": SECOND}

        answer = await eka.put(f"/meetings/{series['id']}/answer", json=body)

        assert_problem(answer, 404, "meeting_not_found")


class TestChange:
    async def test_of_one_time_asks_again_for_it_alone(
        self, ayu: Planner, budi: Planner, series: dict[str, Any]
    ) -> None:
        await say(budi.person, series, "accepted")
        path = f"/meetings/{series['id']}/occurrences/{SECOND}"

        await ayu.person.call("PATCH", path, json={"agenda": "Cake"})
        assert (await told(ayu.person, series, SECOND))[BUDI] == "accepted"
        # Letters that wait together leave in any order.
        await ayu.sent()

        moved = {"start": "2026-12-08T11:00", "end": "2026-12-08T11:30"}
        await ayu.person.call("PATCH", path, json=moved)

        assert (await told(ayu.person, series, SECOND))[BUDI] == "needs_action"
        assert (await told(ayu.person, series, THIRD))[BUDI] == "accepted"
        master, single = events(await letter_to(ayu, BUDI))
        assert master["attendee"].params["PARTSTAT"] == "ACCEPTED"
        assert single["attendee"].params["PARTSTAT"] == "NEEDS-ACTION"
        assert single["recurrence-id"].dt.isoformat() == "2026-12-08T09:00:00+07:00"
        assert single.start.isoformat() == "2026-12-08T11:00:00+07:00"

    async def test_of_all_times_asks_again_for_each(
        self, ayu: Planner, budi: Planner, series: dict[str, Any]
    ) -> None:
        await say(budi.person, series, "accepted", SECOND)

        later = {"start": "2026-12-01T10:00", "end": "2026-12-01T10:30"}
        await ayu.person.call("PATCH", f"/meetings/{series['id']}", json=later)

        assert set((await counted(ayu.person, series)).values()) == {(2, 0, 0)}

    async def test_tells_calendars_what_was_said_to_single_times(
        self, ayu: Planner, budi: Planner, series: dict[str, Any]
    ) -> None:
        await say(budi.person, series, "accepted")
        await say(budi.person, series, "declined", THIRD)
        # Letters that wait together leave in any order.
        await ayu.sent()

        await ayu.person.call("PATCH", f"/meetings/{series['id']}", json={"title": "Cake"})

        master, single = events(await letter_to(ayu, BUDI))
        assert master["attendee"].params["PARTSTAT"] == "ACCEPTED"
        assert single["recurrence-id"].dt.isoformat() == "2026-12-15T09:00:00+07:00"
        assert single["attendee"].params["PARTSTAT"] == "DECLINED"
        assert len(events(await letter_to(ayu, CITRA))) == 1

    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            ({"title": "Cake"}, "declined"),
            ({"start": "2026-12-08T10:00", "end": "2026-12-08T10:30"}, "needs_action"),
        ],
    )
    async def test_from_one_time_on_takes_answers_along_unless_it_is_at_another_time(
        self,
        ayu: Planner,
        budi: Planner,
        series: dict[str, Any],
        change: dict[str, str],
        expected: str,
    ) -> None:
        await say(budi.person, series, "accepted")
        await say(budi.person, series, "declined", THIRD)
        path = f"/meetings/{series['id']}/occurrences/{SECOND}"

        made = await ayu.person.call("PATCH", path, json={"scope": "this_and_following", **change})

        assert made.status_code == 200, made.text
        third = THIRD if "title" in change else "2026-12-15T10:00:00"
        assert (await told(ayu.person, made.json(), third))[BUDI] == expected
        assert (await told(ayu.person, series, TUESDAYS[0]))[BUDI] == "accepted"


class TestFeed:
    async def test_leaves_out_what_somebody_does_not_come_to(
        self, server: Server, budi: Planner, series: dict[str, Any]
    ) -> None:
        made = await budi.person.post("/calendars", json={})
        assert made.status_code == 201, made.text
        url = made.json()["url"].partition("/api/")[2]

        async def read() -> list[Any]:
            return list(Calendar.from_ical((await server.client.get(f"/api/{url}")).text).events)

        await say(budi.person, series, "declined", SECOND)
        (whole,) = await read()
        assert whole["exdate"].dts[0].dt.isoformat() == "2026-12-08T09:00:00+07:00"

        await say(budi.person, series, "declined")
        assert await read() == []

        await say(budi.person, series, "accepted", THIRD)
        (single,) = await read()
        assert single["recurrence-id"].dt.isoformat() == "2026-12-15T09:00:00+07:00"
        assert "rrule" not in single


class TestNews:
    async def test_tells_whoever_plans_which_time_is_meant(
        self, ayu: Planner, budi: Planner, series: dict[str, Any]
    ) -> None:
        await say(budi.person, series, "declined", SECOND)

        await do_due(ayu.server)
        (news,) = (await ayu.person.get("/notifications")).json()["items"]

        assert news["title"] == "Budi Lestari: does not come"
        assert "for 2026-12-08 09:00 (Asia/Jakarta) only" in news["message"]

    async def test_reminds_only_of_times_to_which_somebody_comes(
        self, ayu: Planner, budi: Planner, series: dict[str, Any]
    ) -> None:
        await say(budi.person, series, "declined", TUESDAYS[0])
        await do_due(ayu.server)
        for begins in TUESDAYS[:2]:
            at = datetime.fromisoformat(begins).replace(tzinfo=UTC) - timedelta(hours=7, minutes=9)
            ayu.server.clock.time = at
            await do_due(ayu.server)

        await budi.wake(ayu.server.clock.time)
        items = (await budi.person.get("/notifications")).json()["items"]
        assert [item["type"] for item in items].count("meeting_reminder") == 1
