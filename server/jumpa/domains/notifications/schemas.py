"""What clients send and read about notifications."""

import base64
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from pydantic import AfterValidator, BaseModel, Field, StrictBool, StrictFloat

from jumpa.domains.notifications.models import Notification, PushSubscription
from jumpa.kit.texts import Sent, example

NewsKind = Literal[
    "meeting_invited",
    "meeting_changed",
    "meeting_cancelled",
    "meeting_answered",
    "meeting_reminder",
    "test",
]
_ID = "019a2f3e-7c00-7a10-8b20-3c4d5e6f7a8b"
NOTIFICATION = {
    "id": _ID,
    "type": "meeting_reminder",
    "title": "Weekly tea begins at 09:00",
    "message": "Weekly tea begins at 09:00 (Asia/Jakarta).",
    "link": "/r/abc-defg-hij",
    "is_read": False,
    "created_at": "2026-11-21T09:00:00Z",
}
SUBSCRIPTION = {"id": _ID, "label": "Firefox 140", "created_at": "2026-11-21T09:00:00Z"}
_KEY = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
_MOST_IDS = 100


class NotificationRead(BaseModel):
    """A notification."""

    model_config = example(NOTIFICATION)

    id: UUID
    type: str
    title: str
    message: str
    link: str = Field(description="Path of the web app; empty if there is nothing to open.")
    is_read: bool
    created_at: datetime

    @classmethod
    def of(cls, row: Notification) -> "NotificationRead":
        """Return what is seen of this row."""
        return cls(
            id=row.id,
            type=row.type,
            title=row.title,
            message=row.message,
            link=row.link,
            is_read=row.is_read,
            created_at=row.created_at,
        )


class UnreadRead(BaseModel):
    """How many notifications are unread."""

    model_config = example({"unread": 3})

    unread: int


class ReadMark(Sent):
    """Which notifications were read; all of them when none is named."""

    model_config = example({"ids": [_ID]})

    ids: Annotated[list[UUID], Field(max_length=_MOST_IDS)] | None = None


class Channels(Sent):
    """Where one kind of news arrives."""

    in_app: StrictBool = True
    mail: StrictBool = True
    push: StrictBool = True


Minute = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class QuietHours(Sent):
    """When mail and push wait, by the clock of the person's time zone; may go over midnight."""

    model_config = example({"start": "22:00", "end": "07:00"})

    start: Minute
    end: Minute


class NotificationChoices(Sent):
    """What a person chose; kinds that are left out arrive everywhere.

    With a daily digest, letters about what is unread are one letter a day.
    """

    model_config = example(
        {
            "kinds": {"meeting_answered": {"in_app": True, "mail": False, "push": False}},
            "quiet_hours": {"start": "22:00", "end": "07:00"},
            "digest": "off",
            "digest_at": "08:00",
        }
    )

    kinds: dict[NewsKind, Channels] = Field(default_factory=dict)
    quiet_hours: QuietHours | None = None
    digest: Literal["off", "daily"] = "off"
    digest_at: Minute = "08:00"

    def channels(self, kind: NewsKind) -> Channels:
        """Return where this kind of news arrives."""
        return self.kinds.get(kind) or Channels()


def _point(text: str) -> str:
    raw = base64.urlsafe_b64decode(text.rstrip("=") + "=")
    # ValueError unless it lies on the curve.
    ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)
    return text.rstrip("=")


class PushKeys(Sent):
    """The keys of a browser's subscription (RFC 8291)."""

    p256dh: Annotated[
        str, Field(pattern=r"^[A-Za-z0-9_-]{87}=?$", max_length=88), AfterValidator(_point)
    ]
    auth: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{22}(==)?$", max_length=24)]


class PushSubscriptionCreate(Sent):
    """What a browser's `PushSubscription.toJSON()` gives."""

    model_config = example(
        {
            "endpoint": "https://push.example/send/abc",
            "expirationTime": None,
            "keys": {"p256dh": _KEY, "auth": "BTBZMqHH6r4Tts7J_aSIgg"},
        }
    )

    endpoint: Annotated[str, Field(max_length=1000)]
    expirationTime: StrictFloat | None = None  # noqa: N815  # the browser's name
    keys: PushKeys


class PushSubscriptionRead(BaseModel):
    """A browser that takes push messages."""

    model_config = example(SUBSCRIPTION)

    id: UUID
    label: str
    created_at: datetime

    @classmethod
    def of(cls, row: PushSubscription) -> "PushSubscriptionRead":
        """Return what is seen of this row."""
        return cls(id=row.id, label=row.label, created_at=row.created_at)


class PushRead(BaseModel):
    """What a browser subscribes with, and who has."""

    model_config = example({"public_key": _KEY, "items": [SUBSCRIPTION]})

    public_key: str = Field(description="The applicationServerKey of this server (RFC 8292).")
    items: list[PushSubscriptionRead]
