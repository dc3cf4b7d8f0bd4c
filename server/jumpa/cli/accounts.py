"""The commands for accounts, the schema, the audit log and the keys of what is sealed."""

import asyncio
import getpass
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar
from uuid import UUID

from cyclopts import App, Parameter

from jumpa.cli.flags import KeyFlags, settings_of
from jumpa.cli.say import say
from jumpa.config import Settings
from jumpa.kit.errors import JumpaError, Kind

FAILED = 1
_FLAGS = KeyFlags()
_PAGE = 100

user = App(name="user", help="Make, list and close accounts.")
audit = App(name="audit", help="Look at the audit log.")
keys = App(name="keys", help="Manage the keys of what is kept sealed.")


class InputUnusableError(JumpaError):
    """What was typed cannot be used."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "input_unusable"


@Parameter(name="*")
@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFlags:
    """Who a new account is for."""

    email: Annotated[str, Parameter(help="Address to sign in with.")]
    first_name: Annotated[str, Parameter(help="First name.")]
    last_name: Annotated[str, Parameter(help="Last name.")]
    admin: Annotated[bool, Parameter(help="May administrate.", negative=())] = False
    organisation: Annotated[UUID | None, Parameter(help="Organisation; home if not given.")] = None


_PasswordFile = Annotated[
    Path | None, Parameter(help="File whose first line is the password, such as /dev/stdin.")
]


@user.command(name="create")
def create_user(
    *, person: PersonFlags, password_file: _PasswordFile = None, flags: KeyFlags = _FLAGS
) -> None:
    """Make an account; asks for its password unless a file has it."""
    from jumpa.app.offline import opened  # noqa: PLC0415  # as slow to load as a server
    from jumpa.domains.auth.service import administration  # noqa: PLC0415  # the same
    from jumpa.domains.organisations.models import HOME  # noqa: PLC0415  # the same
    from jumpa.domains.users.service.people import NewUser  # noqa: PLC0415  # the same

    new = NewUser(
        email=email_address(person.email),
        first_name=_name(person.first_name),
        last_name=_name(person.last_name),
        organisation_id=person.organisation or HOME,
        role="administrator" if person.admin else "member",
    )
    password = _password(password_file)

    async def create(settings: Settings) -> str:
        async with opened(settings) as parts:
            made = await administration.create(parts, new, password)
            return f"{made.id} {made.email} {made.role}"

    say(asyncio.run(create(settings_of(flags))))


@user.command(name="list")
def list_users(*, flags: KeyFlags = _FLAGS) -> None:
    """List every account: id, address, role, state."""
    say(*asyncio.run(_every_user(settings_of(flags))))


@user.command(name="password")
def set_password(
    email: str, *, password_file: _PasswordFile = None, flags: KeyFlags = _FLAGS
) -> None:
    """Set a password and end every session of the account."""
    from jumpa.app.offline import opened  # noqa: PLC0415  # as slow to load as a server
    from jumpa.domains.auth.service import administration  # noqa: PLC0415  # the same

    address, password = email_address(email), _password(password_file)

    async def change(settings: Settings) -> None:
        async with opened(settings) as parts:
            await administration.set_password(parts, address, password)

    asyncio.run(change(settings_of(flags)))


@user.command(name="close")
def close_user(email: str, *, flags: KeyFlags = _FLAGS) -> None:
    """Close an account and end its sessions; nothing of it is deleted."""
    asyncio.run(_set_closed(settings_of(flags), email_address(email), is_closed=True))


@user.command(name="open")
def open_user(email: str, *, flags: KeyFlags = _FLAGS) -> None:
    """Open a closed account again."""
    asyncio.run(_set_closed(settings_of(flags), email_address(email), is_closed=False))


def migrate(*, flags: KeyFlags = _FLAGS) -> None:
    """Bring the database's schema to the newest revision, as the server does when it starts."""
    from jumpa.app import offline  # noqa: PLC0415  # as slow to load as a server

    migrated = offline.migrate(settings_of(flags))
    if migrated.before == migrated.after:
        say(f"The schema is at {migrated.after}.")
    else:
        say(f"The schema went from {migrated.before or 'nothing'} to {migrated.after}.")


@audit.command(name="verify")
def verify_audit(*, flags: KeyFlags = _FLAGS) -> int:
    """Follow the chain of every organisation; fails where a link is missing or was changed."""
    lines, is_whole = asyncio.run(_verified(settings_of(flags)))
    say(*lines)
    return 0 if is_whole else FAILED


@keys.command(name="rotate")
def rotate_keys(*, flags: KeyFlags = _FLAGS) -> None:
    """Make a new key and seal with it what was sealed with older ones; restart the server then."""
    name, count = asyncio.run(_rotated(settings_of(flags)))
    say(f"The key is {name}; {count} secrets were sealed again. Restart the server.")


async def _every_user(settings: Settings) -> list[str]:
    from jumpa.app.offline import opened  # noqa: PLC0415  # as slow to load as a server
    from jumpa.domains.users.service import people  # noqa: PLC0415  # the same
    from jumpa.kit.actor import SERVER  # noqa: PLC0415  # the same
    from jumpa.kit.paging import Slice  # noqa: PLC0415  # the same

    lines: list[str] = []
    after: tuple[str, UUID] | None = None
    async with opened(settings) as parts, parts.work.read(SERVER) as ctx:
        while found := await people.list_all(ctx, Slice(after, _PAGE)):
            lines += [f"{each.id} {each.email} {each.role} {each.status}" for each in found]
            after = (found[-1].search_name, found[-1].id)
    return lines


async def _set_closed(settings: Settings, email: str, *, is_closed: bool) -> None:
    from jumpa.app.offline import opened  # noqa: PLC0415  # as slow to load as a server
    from jumpa.domains.auth.service import administration  # noqa: PLC0415  # the same

    async with opened(settings) as parts:
        await administration.set_closed(parts, email, is_closed=is_closed)


async def _verified(settings: Settings) -> tuple[list[str], bool]:
    from jumpa.app.offline import opened  # noqa: PLC0415  # as slow to load as a server
    from jumpa.domains.organisations import service as organisations  # noqa: PLC0415  # the same
    from jumpa.kit.actor import SERVER  # noqa: PLC0415  # the same

    lines: list[str] = []
    is_whole = True
    async with opened(settings) as parts, parts.work.read(SERVER) as ctx:
        for each in await organisations.list_all(ctx):
            checked = await parts.audit.verify(ctx, each.organisation_id)
            state = f"breaks at {checked.broken_at}" if checked.broken_at else "is whole"
            end = f"{checked.entries} entries, {checked.last_digest[:16]}"
            lines.append(f"{each.organisation_id} {state}: {end}")
            is_whole = is_whole and checked.broken_at is None
    return lines, is_whole


async def _rotated(settings: Settings) -> tuple[str, int]:
    from jumpa.app.offline import data_folder, opened  # noqa: PLC0415  # as slow to load as a server
    from jumpa.domains.auth.service import one_time_codes  # noqa: PLC0415  # the same
    from jumpa.kit.actor import SERVER  # noqa: PLC0415  # the same
    from jumpa.kit.keyring import add_key  # noqa: PLC0415  # the same

    ring = add_key(data_folder(settings))
    async with opened(settings, ring) as parts, parts.work.write(SERVER) as ctx:
        return ring.current, await one_time_codes.reseal_all(ctx, parts)


def email_address(given: str) -> str:
    """Return an address as accounts have it; raises InputUnusableError."""
    from jumpa.kit.texts import normal_email  # noqa: PLC0415  # slow to load

    try:
        return normal_email(given)
    except ValueError as error:
        raise InputUnusableError(f"{given!r} is no e-mail address.") from error


def _name(given: str) -> str:
    from jumpa.kit.texts import readable_name  # noqa: PLC0415  # slow to load

    try:
        return readable_name(given)
    except ValueError as error:
        raise InputUnusableError(f"The name {given!r} {error}.") from error


def _password(file: Path | None) -> str:
    if file is None:
        first = getpass.getpass("Password: ")
        if getpass.getpass("Again: ") != first:
            raise InputUnusableError("The two passwords are not the same.")
        return first
    try:
        text = file.read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise InputUnusableError(f"{file} cannot be read: {error}.") from error
    return text.split("\n", 1)[0]
