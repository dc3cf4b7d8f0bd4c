"""Every endpoint of chat by every role."""

from collections.abc import Mapping
from typing import Any

import pytest
from factories import Server
from rooms.meetings import Meeting, gather_people

from jumpa.domains.rooms.service.roles import Role

HOST, MODERATOR, PARTICIPANT = Role.HOST, Role.MODERATOR, Role.PARTICIPANT
OBSERVER, GUEST, STRANGER = Role.OBSERVER, Role.GUEST, Role.STRANGER
LOW, FOREIGN, RANK = "role_too_low", "message_foreign", "rank_too_low"
Cells = Mapping[Role, str]

TALKING = {OBSERVER: LOW, STRANGER: LOW}
READING = {STRANGER: LOW}
MODERATING = {PARTICIPANT: LOW, OBSERVER: LOW, GUEST: LOW, STRANGER: LOW}
NOT_THEIRS = {PARTICIPANT: FOREIGN, OBSERVER: FOREIGN, STRANGER: LOW}
# Method and path, where {guest} and {host} are messages of these and {file} is of a message; the
# body; who is refused how.
OPERATIONS: dict[str, tuple[str, str, object, Cells]] = {
    "write": ("POST", "/messages", {"message": "Tea?"}, TALKING),
    "list": ("GET", "/messages", None, READING),
    "search": ("GET", "/messages?q=tea", None, READING),
    "edit": (
        "PATCH",
        "/messages/{guest}",
        {"message": "Coffee?"},
        {HOST: FOREIGN, MODERATOR: FOREIGN, PARTICIPANT: FOREIGN, **TALKING},
    ),
    "delete below": ("DELETE", "/messages/{guest}", None, NOT_THEIRS),
    "delete above": (
        "DELETE",
        "/messages/{host}",
        None,
        {**NOT_THEIRS, GUEST: FOREIGN, MODERATOR: RANK},
    ),
    "react": ("PUT", "/messages/{guest}/reactions/👍", None, TALKING),
    "take a reaction back": ("DELETE", "/messages/{guest}/reactions/👍", None, TALKING),
    "send a file": ("POST", "/files?name=tea.txt", b"Teh", TALKING),
    "fetch a file": ("GET", "/files/{file}", None, READING),
    "read retention": ("GET", "/retention", None, READING),
    "choose retention": ("PUT", "/retention", {"days": 7}, MODERATING),
}


async def written(meeting: Meeting, role: Role) -> str:
    answer = await meeting.ask(role, "POST", "/messages", json={"message": "Tea"})
    assert answer.status_code == 201, answer.text
    message: dict[str, Any] = answer.json()
    return str(message["id"])


async def sent(meeting: Meeting) -> str:
    answer = await meeting.ask(GUEST, "POST", "/files?name=tea.txt", content=b"Teh")
    message: dict[str, Any] = answer.json()
    return str(message["file"]["id"])


class TestMatrix:
    @pytest.mark.parametrize("operation", OPERATIONS)
    async def test_decides_every_cell(self, server: Server, operation: str) -> None:
        method, path, body, refused = OPERATIONS[operation]
        meeting = await (await gather_people(server)).meet()

        for role in Role:
            messages = {one: await written(meeting, one) for one in (GUEST, HOST)}
            file = await sent(meeting) if "{file}" in path else ""
            filled = path.format(guest=messages[GUEST], host=messages[HOST], file=file)
            kind = "content" if isinstance(body, bytes) else "json"
            more = {} if body is None else {kind: body}
            answer = await meeting.ask(role, method, filled, **more)

            if role in refused:
                assert (answer.status_code, answer.json()["code"]) == (403, refused[role]), role
            else:
                assert answer.status_code < 300, (role, answer.text)
