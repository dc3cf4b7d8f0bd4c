"""The reference of roles, made from the table that decides and from the endpoints."""

import sys
from collections import defaultdict
from collections.abc import Iterator
from enum import StrEnum

from jumpa.api import Api
from jumpa.domains.meetings.service import roles as meeting_roles
from jumpa.domains.meetings.service.roles import Doing, Part
from jumpa.domains.rooms.service.roles import MATRIX, Action, Role

_INTRODUCTION = """# Roles in a room

Who may do what. Checks, tests and this page come from one table in the code. A host is whoever is
signed in and made the room, whoever shows the host secret, or whoever the room was handed over to.
Guests came by the link without an account of the room's organisation; strangers are not inside.
Hosts act on everybody else, moderators on those who are neither host nor moderator.
"""
_PLANNED = """# Parts in a planned meeting

Organisers planned the meeting; all others are known by the address that was invited. Co-hosts are
moderators of its room. Whoever is not part of a meeting is not told that there is one.
"""


def lines() -> Iterator[str]:
    """Yield the page, in Markdown."""
    yield from _INTRODUCTION.splitlines()
    yield from ("", "| | " + " | ".join(Role) + " |", "|---|" + "---|" * len(Role))
    for action in Action:
        cells = ("yes" if role in MATRIX[action] else "" for role in Role)
        yield f"| {action} | " + " | ".join(cells) + " |"
    yield from _endpoints("x-action", Action)
    yield from _meetings()


def _meetings() -> Iterator[str]:
    yield ""
    yield from _PLANNED.splitlines()
    parts = [part for part in Part if part is not Part.STRANGER]
    yield from ("", "| | " + " | ".join(parts) + " |", "|---|" + "---|" * len(parts))
    for doing in Doing:
        cells = ("yes" if part in meeting_roles.MATRIX[doing] else "" for part in parts)
        yield f"| {doing} | " + " | ".join(cells) + " |"
    yield from _endpoints("x-doing", Doing)


def _endpoints(mark: str, deeds: type[StrEnum]) -> Iterator[str]:
    found: dict[str, list[str]] = defaultdict(list)
    for path, operations in Api().openapi()["paths"].items():
        for method, operation in operations.items():
            if mark in operation:
                found[operation[mark].upper()].append(f"{method.upper()} {path}")
    yield from ("", "## Endpoints", "", "| what | endpoint |", "|---|---|")
    for deed in deeds:
        for endpoint in found[deed.name]:
            yield f"| {deed} | `{endpoint}` |"


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines()) + "\n")
