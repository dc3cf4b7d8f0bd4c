"""What Slack sends, and who of Slack is whom here."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header, Request, Response

from jumpa.domains.integrations.endpoints.doors import Doors
from jumpa.domains.integrations.errors import (
    SlackCommandError,
    SlackLinkNotFoundError,
    SlackLinkSpentError,
    SlackOffError,
    SlackSignatureError,
)
from jumpa.domains.integrations.schemas import (
    SlackLinkRead,
    SlackMessage,
    SlackPersonRead,
    SlackToken,
)
from jumpa.domains.integrations.service import slack
from jumpa.domains.integrations.service.slack import Signed
from jumpa.kit.http.callers import SIGNED_IN, Person, Stranger
from jumpa.kit.http.problems import declared

router = APIRouter(prefix="/integrations/slack")
Timestamp = Annotated[str, Header(alias="X-Slack-Request-Timestamp", max_length=100)]
Signature = Annotated[str, Header(alias="X-Slack-Signature", max_length=200)]
_TEXT = {"type": "string"}


def _form(*names: str) -> dict[str, Any]:
    schema = {"type": "object", "properties": dict.fromkeys(names, _TEXT)}
    return {"requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": schema}}}}


@router.post(
    "/commands",
    responses=declared(SlackOffError, SlackSignatureError, SlackCommandError),
    openapi_extra=_form("team_id", "team_domain", "user_id", "user_name", "command", "text"),
)
async def take_slack_command(
    request: Request,
    doors: Doors,
    actor: Stranger,
    timestamp: Timestamp = "",
    signature: Signature = "",
) -> SlackMessage:
    """Make a room for whoever typed the slash command; Slack asks this, and signs it."""
    signed = Signed(await request.body(), timestamp, signature)
    slack.check(doors.parts, signed)
    command = slack.read(signed.body)
    await doors.rates.take(request, doors.commands, command.team_id)
    return await slack.answer(doors.parts, actor, signed, command)


@router.post(
    "/interactions",
    status_code=204,
    responses=declared(SlackOffError, SlackSignatureError),
    openapi_extra=_form("payload"),
)
async def take_slack_interaction(
    request: Request, doors: Doors, timestamp: Timestamp = "", signature: Signature = ""
) -> Response:
    """Hear that somebody pressed a button, which opens its link by itself; Slack tells of it."""
    slack.check(doors.parts, Signed(await request.body(), timestamp, signature))
    return Response(status_code=204)


@router.post("/look", responses=declared(*SIGNED_IN, SlackLinkSpentError))
async def look_at_slack_link(doors: Doors, actor: Person, body: SlackToken) -> SlackPersonRead:
    """Return whom a link from Slack would connect to you, before you say yes."""
    found = await slack.look(doors.parts, actor, body.token)
    return SlackPersonRead(team=found.team, name=found.name)


@router.post("/links", status_code=201, responses=declared(*SIGNED_IN, SlackLinkSpentError))
async def connect_slack(doors: Doors, actor: Person, body: SlackToken) -> SlackLinkRead:
    """Let commands of somebody of Slack be yours."""
    return SlackLinkRead.of(await slack.connect(doors.parts, actor, body.token))


@router.delete(
    "/links/{link_id}", status_code=204, responses=declared(*SIGNED_IN, SlackLinkNotFoundError)
)
async def disconnect_slack(doors: Doors, actor: Person, link_id: UUID) -> Response:
    """Let commands of somebody of Slack be yours no longer."""
    async with doors.parts.work.write(actor) as ctx:
        await slack.disconnect(ctx, doors.parts, link_id)
    return Response(status_code=204)
