"""The tables of notifications, and of where and when people want them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from jumpa.kit.db.tables import OrganisationTable, UtcDateTime


class Notification(OrganisationTable):
    """One piece of news for one person; `link` is a path of the web app."""

    __tablename__ = "notifications"
    __table_args__ = (Index(None, "user_id", "is_read"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(
        Uuid, ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    type: Mapped[str] = mapped_column(String(50))
    title: Mapped[str] = mapped_column(String(200))
    message: Mapped[str] = mapped_column(Text)
    link: Mapped[str] = mapped_column(String(300), default="", server_default="")
    is_read: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class NotificationChoice(OrganisationTable):
    """What a person chose about notifications, as JSON; nothing is the default."""

    __tablename__ = "notification_choices"

    user_id: Mapped[UUID] = mapped_column(
        Uuid, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    choices: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PushSubscription(OrganisationTable):
    """A browser that takes push messages; its address and keys are sealed (RFC 8030, 8291)."""

    __tablename__ = "push_subscriptions"
    __table_args__ = (UniqueConstraint("organisation_id", "endpoint_digest"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(
        Uuid, ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    endpoint_digest: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[str] = mapped_column(Text)
    label: Mapped[str] = mapped_column(String(300))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PhoneNumber(OrganisationTable):
    """A person's telephone, sealed; until it is proven it takes nothing but a code.

    `digest` tells equal numbers under a key of the server, `ending` is what may be shown.
    """

    __tablename__ = "phone_numbers"
    __table_args__ = (Index(None, "digest"),)

    user_id: Mapped[UUID] = mapped_column(
        Uuid, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[UUID] = mapped_column(Uuid)
    sealed: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    ending: Mapped[str] = mapped_column(String(4))
    code_digest: Mapped[str] = mapped_column(String(64))
    code_expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts_left: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    proven_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SentText(OrganisationTable):
    """A message to a telephone and how far it came, without its words; `id` is its job's."""

    __tablename__ = "sent_texts"
    __table_args__ = (
        CheckConstraint(
            "status IN ('sending', 'accepted', 'sent', 'delivered', 'read', 'failed')",
            name="status",
        ),
        Index(None, "user_id", "created_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("users.id", ondelete="CASCADE"))
    status: Mapped[str] = mapped_column(String(20))
    failure: Mapped[str] = mapped_column(String(300))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Hook(OrganisationTable):
    """A server that is told somebody's news (Standard Webhooks); address and secret are sealed.

    `kinds` are those of news, by commas. It is off once the server said that it is gone.
    """

    __tablename__ = "notification_hooks"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(
        Uuid, ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    sealed: Mapped[str] = mapped_column(Text)
    kinds: Mapped[str] = mapped_column(String(500))
    is_on: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class HookDelivery(OrganisationTable):
    """One piece of news for one server, and what became of it; `id` is its job's."""

    __tablename__ = "notification_hook_deliveries"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'delivered', 'failed')", name="state"),
        Index(None, "hook_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    hook_id: Mapped[UUID] = mapped_column(
        Uuid, ForeignKey("notification_hooks.id", ondelete="CASCADE")
    )
    kind: Mapped[str] = mapped_column(String(50))
    state: Mapped[str] = mapped_column(String(20))
    attempts: Mapped[int]
    status: Mapped[int | None]
    failure: Mapped[str] = mapped_column(String(300))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
