"""What people read about their export."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from jumpa.domains.exports.models import Export
from jumpa.kit.texts import example
from jumpa.kit.work.jobs import State

READY = {
    "state": "ready",
    "asked_at": "2026-11-21T09:00:00Z",
    "ready_at": "2026-11-21T09:00:04Z",
    "expires_at": "2026-11-28T09:00:04Z",
    "size": 1_482_113,
}
_WAITING = {
    "state": "waiting",
    "asked_at": "2026-11-21T09:00:00Z",
    "ready_at": None,
    "expires_at": None,
    "size": None,
}


class ExportRead(BaseModel):
    """Your data as a file: on its way, ready, or failed."""

    model_config = example(READY)

    state: Literal["waiting", "ready", "failed"]
    asked_at: datetime
    ready_at: datetime | None
    expires_at: datetime | None = Field(description="Until when it can be fetched, once ready.")
    size: int | None = Field(description="In bytes, once ready.")

    @classmethod
    def of(cls, row: Export, state: State | None) -> "ExportRead":
        """Return what is seen of an export whose job has come so far."""
        if row.ready_at is None:
            waits = state is State.WAITING
            return cls(
                state="waiting" if waits else "failed",
                asked_at=row.created_at,
                ready_at=None,
                expires_at=None,
                size=None,
            )
        return cls(
            state="ready",
            asked_at=row.created_at,
            ready_at=row.ready_at,
            expires_at=row.expires_at,
            size=row.size,
        )


class ExportAsked(ExportRead):
    """Your data as it was asked for."""

    model_config = example(_WAITING)
