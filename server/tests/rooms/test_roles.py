"""Every endpoint of rooms by every role, and the page that tells of it."""

from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import pytest
from rooms.meetings import Meeting, People, Place

from jumpa.api import Api
from jumpa.api.roles import lines
from jumpa.domains.rooms.service.roles import MATRIX, Action, Role, may, outranks

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "roles.md"
OPERATIONS = {
    operation["operationId"]: (method.upper(), path, Action[operation["x-action"].upper()])
    for path, operations in Api().openapi()["paths"].items()
    for method, operation in operations.items()
    if "x-action" in operation
}
BODIES: dict[str, dict[str, object]] = {
    "change_participant": {"may_share": False},
    "change_room": {"title": "Evening"},
    "hand_over": {"identity": "{target}"},
    "join_room": {"name": "Ayu"},
    "mute_everybody": {},
    "mute_participant": {},
    "rate_meeting": {"is_good": True},
    "rename_participant": {"name": "Ayu Lestari"},
    "replace_room": {"title": "Evening"},
    "send_reaction": {"reaction": "love"},
    "update_room_settings": {"locked": True},
}
# Whose hand, whose place: where an endpoint names somebody, and it is not the target.
OWN = {"raise_hand", "lower_hand", "rename_participant"}
WAITING = {"admit_one", "deny_one"}
# What only those may do who were there, and not all who have a place.
AFTER = {"rate_meeting"}


@dataclass
class Cell:
    """What one role does at one endpoint, with somebody to do it to."""

    meeting: Meeting
    operation: str
    target: Place
    waiting: Place
    body: dict[str, object] | None = field(default=None)

    async def ask(self, role: Role) -> httpx2.Response:
        method, path, action = OPERATIONS[self.operation]
        identity = self.target.identity
        if self.operation in OWN:
            identity = self.meeting.identity(role)
        if self.operation in WAITING:
            identity = self.waiting.identity
        if self.operation in AFTER and may(role, action):
            await self.meeting.arrive(self.meeting.people[role])
        if self.operation == "unban_participant":
            await self.meeting.ask(Role.HOST, "PUT", f"/bans/{identity}")
        rest = path.partition("{code}")[2].replace("{identity}", identity)
        body = BODIES.get(self.operation)
        if body and body.get("identity"):
            body = {"identity": identity}
        more: dict[str, object] = {} if body is None else {"json": body}
        return await self.meeting.ask(role, method, rest, **more)


async def prepare(people: People, operation: str) -> Cell:
    meeting = await people.meet()
    target = await meeting.guest(name="Target")
    await meeting.enter(target)
    await meeting.settle(waiting_room=True)
    return Cell(meeting, operation, target, await meeting.guest(name="Waiting"))


def problem(answer: httpx2.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


class TestMatrix:
    @pytest.mark.parametrize("operation", sorted(OPERATIONS))
    async def test_decides_every_cell(self, people: People, operation: str) -> None:
        action = OPERATIONS[operation][2]
        cell = await prepare(people, operation)

        # Who is refused changes nothing, so they all meet in one room.
        for role in Role:
            if not may(role, action):
                assert problem(await cell.ask(role)) == (403, "role_too_low"), role
        if not may(Role.STRANGER, action):
            cell.meeting.people[Role.STRANGER] = Place("nobody", {})
            assert problem(await cell.ask(Role.STRANGER)) == (401, "host_secret_missing")
        for number, role in enumerate(MATRIX[action]):
            fresh = await prepare(people, operation) if number else cell
            answer = await fresh.ask(role)
            assert answer.status_code < 300, (role, answer.text)

    def test_has_a_row_for_every_action_and_an_endpoint_for_every_deed(self) -> None:
        media = {Action.HEAR, Action.SPEAK, Action.SHOW, Action.SHARE, Action.CHAT}
        within = {Action.CHANGE_ROLES, Action.LOWER_HANDS}
        doors = {action for _, _, action in OPERATIONS.values()}

        assert set(MATRIX) == set(Action)
        assert doors == set(Action) - media - within

    def test_ranks_hosts_above_moderators_above_all_others(self) -> None:
        pairs = {(one, other) for one in Role for other in Role if outranks(one, other)}

        assert pairs == {
            *((Role.HOST, other) for other in Role if other != Role.HOST),
            *((Role.MODERATOR, o) for o in Role if o not in {Role.HOST, Role.MODERATOR}),
        }


class TestPage:
    def test_is_fresh(self) -> None:
        assert PAGE.read_text() == "\n".join(lines()) + "\n", "run make generate"
