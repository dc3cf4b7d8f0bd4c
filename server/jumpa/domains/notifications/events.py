"""What others may hear about notifications."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Notified:
    """A person has one more notification, as clients see it, and so many unread."""

    user_id: UUID
    notification: dict[str, Any]
    unread: int


@dataclass(frozen=True, slots=True)
class NotificationsRead:
    """A person read notifications, or removed some; so many are unread now."""

    user_id: UUID
    unread: int
