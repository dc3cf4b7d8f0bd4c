"""Google Calendar (API v3): events with names of our own, so that none is made twice."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from typing_extensions import override

from jumpa.domains.integrations.service.calendar import (
    Api,
    Calendar,
    Known,
    NothingThereError,
    TakenError,
)
from jumpa.domains.integrations.service.entries import Entry

_EVENTS = "/calendars/primary/events"


@dataclass(frozen=True, slots=True)
class GoogleCalendar(Calendar):
    """The first calendar of somebody's Google account."""

    api: Api

    @override
    def can_repeat(self, series: Entry) -> bool:
        return True

    @override
    async def put(self, access: str, name: str, entry: Entry, known: Known | None) -> str:
        # Names are of the letters of base32hex (events.insert), and one that is deleted keeps its.
        event, external_id = written(entry), f"jumpa{name}"
        if known is not None:
            try:
                return await self._replace(access, known.external_id, event)
            except NothingThereError:
                pass
        try:
            await self.api.ask("POST", _EVENTS, access, {"id": external_id, **event})
        except TakenError:
            return await self._replace(access, external_id, event)
        return external_id

    @override
    async def remove(self, access: str, external_id: str) -> None:
        try:
            await self.api.ask("DELETE", _path(external_id), access)
        except NothingThereError:
            return

    async def _replace(self, access: str, external_id: str, event: dict[str, Any]) -> str:
        await self.api.ask("PUT", _path(external_id), access, event)
        return external_id


def written(entry: Entry) -> dict[str, Any]:
    """Return an event as the API takes it."""
    return {
        "summary": entry.title,
        "description": entry.text,
        "location": entry.url,
        # Brings back what was deleted by hand.
        "status": "confirmed",
        "start": {"dateTime": entry.start.isoformat(), "timeZone": entry.zone},
        "end": {"dateTime": entry.end.isoformat(), "timeZone": entry.zone},
        "recurrence": _recurrence(entry),
    }


def _recurrence(entry: Entry) -> list[str]:
    if not entry.rule:
        return []
    away = ",".join(f"{hole:%Y%m%dT%H%M%S}" for hole in entry.holes)
    return [f"RRULE:{entry.rule}", *([f"EXDATE;TZID={entry.zone}:{away}"] if away else [])]


def _path(external_id: str) -> str:
    return f"{_EVENTS}/{quote(external_id, safe='')}"
