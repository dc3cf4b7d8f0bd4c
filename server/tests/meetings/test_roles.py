"""Every endpoint of a planned meeting by everybody who has a part in it, and by who has none."""

import re
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest
from factories import Server
from meetings.planned import WEEKLY, Planner
from people import SignedIn, assert_problem, make_organisation, sign_in

from jumpa.api import Api
from jumpa.domains.meetings.service.roles import MATRIX, Doing, Part, may

OPERATIONS = {
    operation["operationId"]: (method.upper(), path, Doing[operation["x-doing"].upper()])
    for path, operations in Api().openapi()["paths"].items()
    for method, operation in operations.items()
    if "x-doing" in operation
}
BODIES: dict[str, dict[str, object]] = {
    "add_occurrence": {"start": "2026-12-10T09:00"},
    "answer_meeting": {"answer": "accepted"},
    "change_meeting": {"title": "Cake"},
    "change_occurrence": {"title": "Cake"},
    "create_guest_link": {},
    "invite": {"invited": [{"email": "new@example.com"}]},
}
EMAILS = {Part.COHOST: "citra@example.com", Part.ATTENDEE: "budi@example.com"}


@dataclass
class Cast:
    """A meeting with somebody of every part."""

    people: dict[Part, SignedIn]
    made: dict[str, Any]
    invitation_id: str
    link_id: str

    async def ask(self, part: Part, operation: str) -> httpx2.Response:
        method, path, _ = OPERATIONS[operation]
        ids = {
            "meeting_id": self.made["id"],
            "recurrence": "2026-12-08T09:00:00",
            "invitation_id": self.invitation_id,
            "link_id": self.link_id,
        }
        asked = re.sub(r"\{(\w+)\}", lambda found: ids[found[1]], path.removeprefix("/api/v1"))
        more: dict[str, object] = {}
        if operation in BODIES:
            more["json"] = BODIES[operation]
        return await self.people[part].call(method, asked, **more)


@pytest.fixture
async def cast(server: Server, ayu: Planner) -> Cast:
    people = {Part.ORGANISER: ayu.person}
    for part, email in EMAILS.items():
        people[part] = await sign_in(server, email)
    people[Part.STRANGER] = await sign_in(server, "dewi@example.com")
    invited = [{"email": email, "role": part.value} for part, email in EMAILS.items()]
    answer = await ayu.person.post("/meetings", json={**WEEKLY, "invited": invited})
    assert answer.status_code == 201, answer.text
    made = answer.json()
    rows = (await ayu.person.get(f"/meetings/{made['id']}/invitations")).json()
    link = (await ayu.person.post(f"/meetings/{made['id']}/guest-links", json={})).json()
    attendee = next(row["id"] for row in rows if row["role"] == "attendee")
    return Cast(people, made, attendee, link["id"])


class TestMatrix:
    @pytest.mark.parametrize("operation", sorted(OPERATIONS))
    async def test_decides_every_cell(self, cast: Cast, operation: str) -> None:
        doing = OPERATIONS[operation][2]

        assert_problem(await cast.ask(Part.STRANGER, operation), 404, "meeting_not_found")
        for part in (Part.ORGANISER, Part.COHOST, Part.ATTENDEE):
            if not may(part, doing):
                answer = await cast.ask(part, operation)
                assert_problem(answer, 403, "meeting_role_too_low")
        allowed = sorted(MATRIX[doing])
        answer = await cast.ask(allowed[0], operation)
        assert answer.status_code < 300, (allowed[0], answer.text)
        for part in allowed[1:]:
            # The first one may have called it off, or taken it already.
            again = await cast.ask(part, operation)
            assert again.status_code not in {401, 403, 422, 500}, (part, again.text)

    def test_has_a_row_for_every_doing_and_an_endpoint_for_every_deed(self) -> None:
        doors = {doing for _, _, doing in OPERATIONS.values()}

        assert set(MATRIX) == set(Doing)
        assert doors == set(Doing) - {Doing.NAME_COHOSTS}


class TestCohost:
    async def test_is_made_by_whoever_organises_alone(self, cast: Cast) -> None:
        path = f"/meetings/{cast.made['id']}/invitations"
        body = {"invited": [{"email": EMAILS[Part.ATTENDEE], "role": "cohost"}]}

        refused = await cast.people[Part.COHOST].post(path, json=body)
        made = await cast.people[Part.ORGANISER].post(path, json=body)

        assert_problem(refused, 403, "meeting_role_too_low")
        assert {row["role"] for row in made.json()} == {"cohost"}

    async def test_is_not_sent_away_by_another(self, cast: Cast) -> None:
        path = f"/meetings/{cast.made['id']}/invitations"
        rows = (await cast.people[Part.ORGANISER].get(path)).json()
        own = next(row["id"] for row in rows if row["role"] == "cohost")

        answer = await cast.people[Part.COHOST].delete(f"{path}/{own}")

        assert_problem(answer, 403, "meeting_role_too_low")

    async def test_is_moderator_of_the_room_until_taken_back(self, cast: Cast) -> None:
        code, host = cast.made["room_code"], cast.people[Part.ORGANISER]
        cohost = cast.people[Part.COHOST]
        await host.put(f"/rooms/{code}/settings", json={"waiting_room": True, "locked": True})

        joined = await cohost.post(f"/rooms/{code}/join", json={"name": "Citra"})
        assert (joined.status_code, joined.json()["role"]) == (200, "moderator")
        rows = (await host.get(f"/meetings/{cast.made['id']}/invitations")).json()
        one = next(row["id"] for row in rows if row["role"] == "cohost")
        await host.delete(f"/meetings/{cast.made['id']}/invitations/{one}")

        settings = await cohost.put(f"/rooms/{code}/settings", json={"locked": False})
        assert_problem(settings, 403, "role_too_low")


class TestOrganisation:
    async def test_of_another_is_told_of_nothing(self, server: Server, cast: Cast) -> None:
        elsewhere = await make_organisation(server)
        cast.people[Part.STRANGER] = await sign_in(
            server, "eka@example.net", organisation_id=elsewhere
        )

        for operation in sorted(OPERATIONS):
            answer = await cast.ask(Part.STRANGER, operation)
            assert_problem(answer, 404, "meeting_not_found")
