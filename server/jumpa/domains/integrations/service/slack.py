"""The slash command of Slack: who signed it, who typed it, and the room that it makes.

Source: Slack's "Verifying requests from Slack" (v0) and "Enabling interactivity with slash
commands". What is said goes back in the answer itself, so no address that Slack sends is asked.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import parse_qs
from uuid import UUID

from uuid_utils.compat import uuid7

from jumpa.domains.audit.service import Deed
from jumpa.domains.auth.errors import LinkSpentError
from jumpa.domains.auth.service import links
from jumpa.domains.auth.service.links import OneUse
from jumpa.domains.integrations.errors import (
    SlackCommandError,
    SlackLinkNotFoundError,
    SlackLinkSpentError,
    SlackOffError,
    SlackSignatureError,
)
from jumpa.domains.integrations.models import SlackLink
from jumpa.domains.integrations.repository import SlackRepository
from jumpa.domains.integrations.schemas import SlackMessage
from jumpa.domains.integrations.service import slack_words
from jumpa.domains.integrations.service.parts import IntegrationParts
from jumpa.domains.organisations.models import HOME
from jumpa.domains.rooms.service import rooms
from jumpa.domains.rooms.service.rooms import TitleTooLongError, Wanted
from jumpa.domains.users.models import User
from jumpa.domains.users.service import choices, people
from jumpa.kit import idempotency
from jumpa.kit.actor import Actor
from jumpa.kit.context import Context
from jumpa.kit.idempotency import Repeatable
from jumpa.kit.languages import USUAL, Language
from jumpa.kit.signing import fingerprint
from jumpa.kit.texts import clean

_WINDOW_S = 300
_LINK_LIFE = timedelta(hours=1)
_LINK_PAGE = "{url}/connect-slack#{token}"
_DIGITS = 12
_NAME_CHARACTERS, _ID_CHARACTERS, _FIELDS = 100, 40, 50


@dataclass(frozen=True, slots=True)
class Signed:
    """What came, and how it says that it is Slack's."""

    body: bytes = field(repr=False)
    timestamp: str
    signature: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Command:
    """Who typed what, and where."""

    team_id: str
    team: str
    user_id: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class SlackPerson:
    """Somebody of Slack, as they are shown before they are believed."""

    team: str
    name: str


def check(parts: IntegrationParts, signed: Signed) -> None:
    """Raise SlackOffError or SlackSignatureError unless Slack signed it just now."""
    if not parts.slack_secret:
        raise SlackOffError
    said = signed.timestamp
    if not (said.isascii() and said.isdigit() and len(said) <= _DIGITS):
        raise SlackSignatureError
    if abs(parts.work.clock().timestamp() - int(said)) > _WINDOW_S:
        raise SlackSignatureError
    base = b"v0:" + said.encode() + b":" + signed.body
    digest = hmac.digest(parts.slack_secret.encode(), base, hashlib.sha256).hex()
    if not hmac.compare_digest(f"v0={digest}".encode(), signed.signature.encode()):
        raise SlackSignatureError


def read(body: bytes) -> Command:
    """Return the command; raises SlackCommandError."""
    try:
        form = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=_FIELDS)
    except (ValueError, UnicodeDecodeError) as error:
        raise SlackCommandError from error
    said = {name: values[0] for name, values in form.items()}
    ids = said.get("team_id", ""), said.get("user_id", "")
    if not all(0 < len(one) <= _ID_CHARACTERS and one.isalnum() for one in ids):
        raise SlackCommandError
    return Command(
        team_id=ids[0],
        team=_shown(said.get("team_domain", "")),
        user_id=ids[1],
        name=_shown(said.get("user_name", "")),
        text=said.get("text", ""),
    )


async def answer(
    parts: IntegrationParts, actor: Actor, signed: Signed, command: Command
) -> SlackMessage:
    """Make a room for who is known, or ask who they are; the same request again is refused."""
    asked = Repeatable("slack", fingerprint(signed.signature), fingerprint(command.user_id), HOME)
    made: list[SlackMessage] = []
    async with parts.work.write(actor.as_server()) as ctx:

        async def make() -> SlackMessage:
            made.append(await _answer(ctx, parts, command))
            return made[0]

        await idempotency.once(ctx, parts.ring, asked, SlackMessage, make)
    if not made:
        raise SlackSignatureError
    return made[0]


async def look(parts: IntegrationParts, actor: Actor, token: str) -> SlackPerson:
    """Return whom a link from Slack would connect; raises SlackLinkSpentError."""
    try:
        async with parts.work.write(actor.as_server()) as ctx:
            kept = json.loads((await links.find(ctx, "slack", token)).data)
    except LinkSpentError as error:
        raise SlackLinkSpentError from error
    return SlackPerson(kept["team"], kept["name"])


async def connect(parts: IntegrationParts, actor: Actor, token: str) -> SlackLink:
    """Let somebody of Slack be whoever asks; raises SlackLinkSpentError."""
    try:
        async with parts.work.write(actor.as_server()) as ctx:
            kept = json.loads((await links.spend(ctx, "slack", token)).data)
            return await _connect(ctx, parts, kept)
    except LinkSpentError as error:
        raise SlackLinkSpentError from error


async def list_own(ctx: Context) -> list[SlackLink]:
    """Return who at Slack is whoever asks, oldest first."""
    user = await people.read_own(ctx)
    return list(await SlackRepository(ctx.session).list_of(user.id))


async def disconnect(ctx: Context, parts: IntegrationParts, link_id: UUID) -> None:
    """Let somebody of Slack be nobody here; raises SlackLinkNotFoundError."""
    row = next((one for one in await list_own(ctx) if one.id == link_id), None)
    if row is None:
        raise SlackLinkNotFoundError
    await SlackRepository(ctx.session).remove(row)
    await parts.audit.record(ctx, Deed("slack.disconnected", row.organisation_id, row.user_id))


async def _answer(ctx: Context, parts: IntegrationParts, command: Command) -> SlackMessage:
    link = await SlackRepository(ctx.session).find(command.team_id, command.user_id)
    user = await people.get(ctx, link.user_id) if link else None
    if user is None or user.status != "active":
        return slack_words.asking(await _link_url(ctx, parts, command), USUAL)
    return await _room(ctx, parts, command, user)


async def _room(
    ctx: Context, parts: IntegrationParts, command: Command, user: User
) -> SlackMessage:
    language: Language = await choices.find_language(ctx, user) or USUAL
    ctx.actor = Actor(user.id, user.organisation_id, sees_all=True, address=ctx.actor.address)
    try:
        title = clean(command.text)
        room, _ = await rooms.create(ctx, Wanted(title), parts.limits)
    except (ValueError, TitleTooLongError):
        return slack_words.unusable_title(language)
    deed = Deed("slack.room_made", user.organisation_id, room.id)
    await parts.audit.record(ctx, deed)
    name = f"{user.first_name} {user.last_name}"
    return slack_words.made(title, name, parts.post.room_url(room.code), language)


async def _link_url(ctx: Context, parts: IntegrationParts, command: Command) -> str:
    kept = {
        "team_id": command.team_id,
        "user_id": command.user_id,
        "team": command.team,
        "name": command.name,
    }
    token = await links.issue(ctx, OneUse("slack", HOME, None, json.dumps(kept)), _LINK_LIFE)
    return _LINK_PAGE.format(url=parts.post.site.url, token=token)


async def _connect(ctx: Context, parts: IntegrationParts, kept: dict[str, str]) -> SlackLink:
    user = await people.read_own(ctx)
    found = SlackRepository(ctx.session)
    before = await found.find(kept["team_id"], kept["user_id"])
    if before is not None:
        await found.remove(before)
    row = SlackLink(
        id=uuid7(),
        organisation_id=user.organisation_id,
        user_id=user.id,
        team_id=kept["team_id"],
        slack_user_id=kept["user_id"],
        team=kept["team"],
        name=kept["name"],
        created_at=ctx.clock(),
    )
    await found.add(row)
    await parts.audit.record(ctx, Deed("slack.connected", user.organisation_id, user.id))
    return row


def _shown(text: str) -> str:
    try:
        return clean(text[:_NAME_CHARACTERS])
    except ValueError:
        return ""
