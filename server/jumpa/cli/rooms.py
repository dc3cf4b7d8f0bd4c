"""The commands for rooms."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from jumpa.cli.accounts import InputUnusableError, email_address
from jumpa.cli.flags import KeyFlags, settings_of
from jumpa.cli.say import say
from jumpa.config import Settings

if TYPE_CHECKING:
    from jumpa.domains.rooms.models import Room
    from jumpa.domains.rooms.service.administration import Administration

_FLAGS = KeyFlags()
_PAGE = 100

room = App(name="room", help="Make, list, end and delete rooms.")

_Host = Annotated[str, Parameter(help="Address of the account that hosts it.")]
_All = Annotated[bool, Parameter(name="--all", help="Ended ones too.", negative=())]


@room.command(name="create")
def create_room(title: str = "", *, host: _Host = "", flags: KeyFlags = _FLAGS) -> None:
    """Make a room; prints its code, and the host secret when no account hosts it."""
    from jumpa.domains.rooms.service.rooms import Wanted  # noqa: PLC0415  # slow to load

    settings = settings_of(flags)
    wanted, email = Wanted(_title(title)), email_address(host) if host else ""

    async def create() -> tuple["Room", str]:
        async with _opened(settings) as administration:
            return await administration.create(wanted, email)

    made, host_secret = asyncio.run(create())
    say(f"{made.code} {host_secret}".rstrip())


@room.command(name="list")
def list_rooms(*, every: _All = False, flags: KeyFlags = _FLAGS) -> None:
    """List rooms, newest first: code, state, when it was made, title."""
    say(*asyncio.run(_every_room(settings_of(flags), with_ended=every)))


@room.command(name="show")
def show_room(code: str, *, flags: KeyFlags = _FLAGS) -> None:
    """Show a room: its settings, and who has a place in it."""
    say(*asyncio.run(_shown(settings_of(flags), code)))


@room.command(name="end")
def end_room(code: str, *, flags: KeyFlags = _FLAGS) -> None:
    """End a meeting for good; who is inside is sent out, and what was written stays."""
    settings = settings_of(flags)

    async def end() -> "Room":
        async with _opened(settings) as administration:
            return await administration.end(code)

    _close(settings, asyncio.run(end()))


@room.command(name="delete")
def delete_room(code: str, *, flags: KeyFlags = _FLAGS) -> None:
    """Delete a room with its messages, files and history."""
    settings = settings_of(flags)

    async def delete() -> "Room":
        async with _opened(settings) as administration:
            return await administration.delete(code)

    _close(settings, asyncio.run(delete()))


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator["Administration"]:
    from jumpa.app.offline import opened  # noqa: PLC0415  # as slow to load as a server
    from jumpa.domains.rooms.service.administration import Administration  # noqa: PLC0415  # the same
    from jumpa.domains.rooms.service.rooms import RoomLimits  # noqa: PLC0415  # the same

    limits = RoomLimits(
        settings.rooms.title_characters, settings.media.limits.participants_per_room
    )
    async with opened(settings) as parts:
        yield Administration(parts.work, parts.audit, limits)


def _close(settings: Settings, ended: "Room") -> None:
    from jumpa.app.live import close_live_room  # noqa: PLC0415  # as slow to load as a server

    close_live_room(settings, ended.code)


async def _every_room(settings: Settings, *, with_ended: bool) -> list[str]:
    from jumpa.domains.rooms.service import administration  # noqa: PLC0415  # slow to load
    from jumpa.kit.actor import SERVER  # noqa: PLC0415  # the same

    lines: list[str] = []
    before = None
    async with _opened(settings) as tools, tools.work.read(SERVER) as ctx:
        while found := await administration.list_all(ctx, before, _PAGE):
            lines += [_line(each) for each in found if with_ended or each.ended_at is None]
            before = (found[-1].created_at, found[-1].id)
    return lines


async def _shown(settings: Settings, code: str) -> list[str]:
    from jumpa.domains.rooms.service import administration, choices, rooms  # noqa: PLC0415  # slow
    from jumpa.kit.actor import SERVER  # noqa: PLC0415  # the same

    async with _opened(settings) as tools, tools.work.read(SERVER) as ctx:
        found = await rooms.get(ctx, code)
        chosen = (await choices.get(ctx, found)).model_dump(mode="json")
        places = await administration.places(ctx, found)
    return [
        _line(found),
        f"host {found.host_id or 'by secret'}",
        f"max_users {found.max_users}",
        *(f"{name} {value}" for name, value in chosen.items()),
        *(f"place {each.identity} {each.role} {each.state} {each.name}" for each in places),
    ]


def _line(found: "Room") -> str:
    made = f"{found.created_at:%Y-%m-%d %H:%M}Z"
    return f"{found.code} {found.status} {made} {found.title}".rstrip()


def _title(given: str) -> str:
    from jumpa.kit.texts import clean  # noqa: PLC0415  # slow to load

    try:
        return clean(given)
    except ValueError as error:
        raise InputUnusableError(f"The title {error}.") from error
