"""What clients send and read about connected services."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from jumpa.domains.integrations.models import CalendarConnection, SlackLink
from jumpa.kit.texts import Sent, example

_ID = "019a2f3e-7c00-7a10-8b20-3c4d5e6f7a8b"
CALENDAR = {
    "service": "google",
    "status": "connected",
    "account": "ayu@example.com",
    "failure": "",
    "connected_at": "2026-11-21T09:00:00Z",
    "synced_at": "2026-11-21T09:05:00Z",
}
SLACK_LINK = {"id": _ID, "team": "example", "name": "ayu", "created_at": "2026-11-21T09:00:00Z"}
_URL = "https://accounts.google.com/o/oauth2/v2/auth?response_type=code"
_BUTTON = {
    "type": "button",
    "text": {"type": "plain_text", "text": "Join", "emoji": False},
    "url": "https://meet.example.com/abc-defg-hjk",
}
Told = Annotated[str, Field(max_length=4000)]


class CalendarRead(BaseModel):
    """A service that this server offers, and your calendar there."""

    model_config = example(CALENDAR)

    service: Literal["google", "microsoft"]
    status: Literal["not_connected", "connected", "ended"] = Field(
        description="`ended`: the service lets this server in no more; connect it again."
    )
    account: str = ""
    failure: str = Field("", description="Code of what went wrong last; empty while all is well.")
    connected_at: datetime | None = None
    synced_at: datetime | None = None

    @classmethod
    def of(cls, row: CalendarConnection) -> "CalendarRead":
        """Return what is seen of this row."""
        return cls.model_validate(
            {
                "service": row.service,
                "status": row.status,
                "account": row.account,
                "failure": row.failure,
                "connected_at": row.connected_at,
                "synced_at": row.synced_at,
            }
        )


class SlackLinkRead(BaseModel):
    """Somebody of Slack who is you."""

    model_config = example(SLACK_LINK)

    id: UUID
    team: str
    name: str
    created_at: datetime

    @classmethod
    def of(cls, row: SlackLink) -> "SlackLinkRead":
        """Return what is seen of this row."""
        return cls(id=row.id, team=row.team, name=row.name, created_at=row.created_at)


class SlackRead(BaseModel):
    """Whether commands come from Slack, and who you are there."""

    model_config = example({"is_offered": True, "links": [SLACK_LINK]})

    is_offered: bool
    links: list[SlackLinkRead]


class IntegrationsRead(BaseModel):
    """Services of others that this server offers."""

    model_config = example(
        {"calendars": [CALENDAR], "slack": {"is_offered": True, "links": [SLACK_LINK]}}
    )

    calendars: list[CalendarRead]
    slack: SlackRead


class CalendarConnecting(BaseModel):
    """Where the browser goes now."""

    model_config = example({"url": _URL})

    url: str


class CalendarReturn(BaseModel):
    """What a service sends back (RFC 6749, 4.1.2); it may say more besides."""

    state: Told = ""
    code: Told = ""
    error: Told = ""


class SlackToken(Sent):
    """What stands behind the mark of a link from Slack."""

    model_config = example({"token": "kq3v…"})

    token: Annotated[str, Field(min_length=1, max_length=200)]


class SlackPersonRead(BaseModel):
    """Whom a link from Slack would connect to you."""

    model_config = example({"team": "example", "name": "ayu"})

    team: str
    name: str


class SlackMessage(BaseModel):
    """What Slack shows (Block Kit)."""

    model_config = example(
        {
            "response_type": "in_channel",
            "text": "Tea: https://meet.example.com/abc-defg-hjk",
            "blocks": [{"type": "actions", "elements": [_BUTTON]}],
        }
    )

    response_type: Literal["in_channel", "ephemeral"]
    text: str
    blocks: list[dict[str, Any]]
