"""What clients send and read about notifications."""

import base64
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from pydantic import AfterValidator, BaseModel, Field, StrictBool, StrictFloat

from jumpa.domains.notifications.models import HookDelivery, Notification, PushSubscription
from jumpa.kit.texts import Sent, example

NewsKind = Literal[
    "meeting_invited",
    "meeting_changed",
    "meeting_cancelled",
    "meeting_answered",
    "meeting_reminder",
    "calendar_ended",
    "export_ready",
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
    """Where one kind of news arrives; `text` needs a telephone that was proven."""

    in_app: StrictBool = True
    mail: StrictBool = True
    push: StrictBool = True
    text: StrictBool = False


Minute = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class QuietHours(Sent):
    """When mail, push and text messages wait; may go over midnight.

    The clock is that of the person's time zone.
    """

    model_config = example({"start": "22:00", "end": "07:00"})

    start: Minute
    end: Minute


class NotificationChoices(Sent):
    """What a person chose; kinds that are left out arrive everywhere.

    With a daily digest, letters about what is unread are one letter a day, and text messages tell
    only what cannot wait for it.
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


class PhoneAdd(Sent):
    """A telephone; without its country it is one of the server's own."""

    model_config = example({"number": "+62 812-3456-7890"})

    number: Annotated[str, Field(min_length=1, max_length=40)]


class PhoneProve(Sent):
    """The code that came to the telephone."""

    model_config = example({"code": "041873"})

    code: Annotated[str, Field(pattern=r"^[0-9]{6}$", max_length=6)]


class SentTextRead(BaseModel):
    """How far the last message to a telephone came."""

    model_config = example({"status": "delivered", "at": "2026-11-21T09:00:00Z"})

    status: Literal["sending", "accepted", "sent", "delivered", "read", "failed"]
    at: datetime


class PhoneRead(BaseModel):
    """Whether messages to telephones leave here, and your telephone, without most of its number."""

    model_config = example(
        {
            "is_available": True,
            "ending": "7890",
            "is_proven": True,
            "last": {"status": "delivered", "at": "2026-11-21T09:00:00Z"},
        }
    )

    is_available: bool
    ending: str | None = Field(description="Last digits; null while there is no telephone.")
    is_proven: bool
    last: SentTextRead | None


HOOK = {
    "id": _ID,
    "url": "https://example.org/hooks/jumpa",
    "kinds": ["meeting_reminder"],
    "is_on": True,
    "created_at": "2026-11-21T09:00:00Z",
}


class HookCreate(Sent):
    """A server that is to be told your news, and which kinds of it."""

    model_config = example(
        {"url": "https://example.org/hooks/jumpa", "kinds": ["meeting_reminder"]}
    )

    url: Annotated[str, Field(min_length=1, max_length=1000)]
    kinds: Annotated[list[NewsKind], Field(min_length=1, max_length=20)]


class HookRead(BaseModel):
    """A server that is told your news; off once it answered that it is gone (410)."""

    model_config = example(HOOK)

    id: UUID
    url: str
    kinds: list[NewsKind]
    is_on: bool
    created_at: datetime


class HookCreated(HookRead):
    """A new one; what signs for it is told only now."""

    model_config = example({**HOOK, "secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"})

    secret: str = Field(description="As Standard Webhooks write it; proves who sent something.")


HOOK_DELIVERY = {
    "id": _ID,
    "kind": "meeting_reminder",
    "state": "delivered",
    "attempts": 1,
    "status": 204,
    "failure": "",
    "created_at": "2026-11-21T09:00:00Z",
    "ended_at": "2026-11-21T09:00:01Z",
}


class HookDeliveryRead(BaseModel):
    """One piece of news for a webhook; `id` is its `webhook-id`."""

    model_config = example(HOOK_DELIVERY)

    id: UUID
    kind: NewsKind
    state: Literal["waiting", "delivered", "failed"]
    attempts: int
    status: int | None = Field(description="Last HTTP status; null while nobody has answered.")
    failure: str
    created_at: datetime
    ended_at: datetime | None

    @classmethod
    def of(cls, row: HookDelivery) -> "HookDeliveryRead":
        """Return what is seen of this row."""
        return cls.model_validate({name: getattr(row, name) for name in cls.model_fields})
