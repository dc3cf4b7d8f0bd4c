"""The reference of roles, made from the table that decides and from the endpoints."""

import sys
from collections import defaultdict
from collections.abc import Iterator

from jumpa.api import Api
from jumpa.domains.rooms.service.roles import MATRIX, Action, Role

_INTRODUCTION = """# Roles in a room

Who may do what. Checks, tests and this page come from one table in the code. A host is whoever is
signed in and made the room, whoever shows the host secret, or whoever the room was handed over to.
Guests came by the link without an account of the room's organisation; strangers are not inside.
Hosts act on everybody else, moderators on those who are neither host nor moderator.
"""


def lines() -> Iterator[str]:
    """Yield the page, in Markdown."""
    yield from _INTRODUCTION.splitlines()
    yield from ("", "| | " + " | ".join(Role) + " |", "|---|" + "---|" * len(Role))
    for action in Action:
        cells = ("yes" if role in MATRIX[action] else "" for role in Role)
        yield f"| {action} | " + " | ".join(cells) + " |"
    yield from ("", "## Endpoints", "", "| what | endpoint |", "|---|---|")
    endpoints = _endpoints()
    for action in Action:
        for endpoint in endpoints[action]:
            yield f"| {action} | `{endpoint}` |"


def _endpoints() -> dict[Action, list[str]]:
    found: dict[Action, list[str]] = defaultdict(list)
    for path, operations in Api().openapi()["paths"].items():
        for method, operation in operations.items():
            if "x-action" in operation:
                found[Action[operation["x-action"].upper()]].append(f"{method.upper()} {path}")
    return found


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines()) + "\n")
