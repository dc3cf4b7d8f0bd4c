"""What administrators read about webhooks; never what follows a receiver's path."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from jumpa.domains.webhooks.models import State
from jumpa.kit.texts import example

RECEIVER = {"url": "crm.example/hook", "waiting": 1, "delivered": 812, "failed": 2}
DELIVERY = {
    "id": "019a2f3e-7c00-7a10-8b20-3c4d5e6f7a8b",
    "receiver": "crm.example/hook",
    "event": "participant_joined",
    "room": "abc-defg-hjk",
    "state": "failed",
    "attempts": 57,
    "status": 500,
    "failure": "The receiver did not take it.",
    "due_at": "2026-11-21T09:00:30Z",
    "created_at": "2026-11-20T09:00:00Z",
    "ended_at": "2026-11-21T09:00:30Z",
}


class ReceiverRead(BaseModel):
    """Who is told what happens in live rooms, and what is in the log."""

    model_config = example(RECEIVER)

    url: str = Field(description="Host and path; the setting says the rest.")
    waiting: int
    delivered: int
    failed: int


class DeliveryRead(BaseModel):
    """One event for one receiver."""

    model_config = example(DELIVERY)

    id: UUID
    receiver: str
    event: str
    room: str
    state: State
    attempts: int
    status: int | None = Field(description="The last HTTP status; null without an answer.")
    failure: str = Field(description="Why the last attempt failed; empty if none did.")
    due_at: datetime = Field(description="When it is sent next, if it waits.")
    created_at: datetime
    ended_at: datetime | None
