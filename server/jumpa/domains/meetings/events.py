"""What others may hear about planned meetings."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class MeetingPlanned:
    """A meeting was planned."""

    meeting_id: UUID
    organisation_id: UUID


@dataclass(frozen=True, slots=True)
class MeetingChanged:
    """A meeting or one of its times changed."""

    meeting_id: UUID
    organisation_id: UUID


@dataclass(frozen=True, slots=True)
class MeetingCancelled:
    """A meeting was cancelled, with all its times."""

    meeting_id: UUID
    organisation_id: UUID


@dataclass(frozen=True, slots=True)
class SomebodyInvited:
    """Somebody was invited by their address."""

    meeting_id: UUID
    organisation_id: UUID
    email: str


@dataclass(frozen=True, slots=True)
class InvitationTakenBack:
    """Somebody is invited no longer."""

    meeting_id: UUID
    organisation_id: UUID
    email: str


@dataclass(frozen=True, slots=True)
class InvitationAnswered:
    """Somebody who is invited said whether they come; to one time if `recurrence` names it."""

    meeting_id: UUID
    organisation_id: UUID
    email: str
    answer: str
    recurrence: datetime | None = None
