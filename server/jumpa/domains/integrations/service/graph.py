"""Calendars of Microsoft 365 (Microsoft Graph 1.0)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from typing_extensions import override

from jumpa.domains.integrations.errors import CalendarUnavailableError
from jumpa.domains.integrations.service import graph_rules
from jumpa.domains.integrations.service.calendar import (
    Api,
    Calendar,
    Known,
    NothingThereError,
    TakenError,
)
from jumpa.domains.integrations.service.entries import Entry
from jumpa.kit import zones

# Ids that stay when an event is moved to another folder; moments in answers are in UTC.
HEADERS = {"Prefer": 'IdType="ImmutableId", outlook.timezone="UTC"'}
_NAME = "String {6b0d4c6f-1f0a-4d8e-9c51-0f7a2f3b8d55} Name jumpa"
_BY_NAME = "singleValueExtendedProperties/any(p: p/id eq '{id}' and p/value eq '{name}')"
_SECOND = timedelta(seconds=1)
_MOST_HOLES = 10


@dataclass(frozen=True, slots=True)
class GraphCalendar(Calendar):
    """The first calendar of somebody's Microsoft account."""

    api: Api

    @override
    def can_repeat(self, series: Entry) -> bool:
        # Each time that is taken out is two requests.
        return len(series.holes) <= _MOST_HOLES and graph_rules.recurrence(series) is not None

    @override
    async def put(self, access: str, name: str, entry: Entry, known: Known | None) -> str:
        if known is not None and not set(known.entry.holes) <= set(entry.holes):
            # A time that was taken out of a series cannot be put back into it.
            await self.remove(access, known.external_id)
            known = None
        external_id = await self._written(access, name, entry, known)
        for hole in entry.holes:
            await self._take_out(access, external_id, zones.moment(hole, entry.zone))
        return external_id

    @override
    async def remove(self, access: str, external_id: str) -> None:
        try:
            await self.api.ask("DELETE", _path(external_id), access)
        except NothingThereError:
            return

    async def _written(self, access: str, name: str, entry: Entry, known: Known | None) -> str:
        external_id = known.external_id if known else await self._find(access, name)
        if external_id:
            try:
                await self.api.ask("PATCH", _path(external_id), access, written(entry))
            except NothingThereError:
                pass
            else:
                return external_id
        return await self._made(access, name, entry)

    async def _made(self, access: str, name: str, entry: Entry) -> str:
        # An id of what is written: the same again is a repetition, anything else a new event.
        digest = hashlib.sha256(entry.to_json().encode()).hexdigest()
        named = {"singleValueExtendedProperties": [{"id": _NAME, "value": name}]}
        event = {**written(entry), **named}
        try:
            told = await self._post(access, {**event, "transactionId": f"{name}-{digest[:24]}"})
        except TakenError:
            found = await self._find(access, name)
            if found:
                return found
            # It was made once and deleted by hand since.
            told = await self._post(access, event)
        return told

    async def _post(self, access: str, event: dict[str, Any]) -> str:
        made = (await self.api.ask("POST", "/me/events", access, event)).get("id")
        if not isinstance(made, str) or not made:
            raise CalendarUnavailableError
        return made

    async def _find(self, access: str, name: str) -> str:
        """Return the event of this name, or nothing."""
        asked = {"$filter": _BY_NAME.format(id=_NAME, name=name), "$select": "id", "$top": "1"}
        told = await self.api.ask("GET", f"/me/events?{urlencode(asked, quote_via=quote)}", access)
        return next((str(one["id"]) for one in _items(told) if "id" in one), "")

    async def _take_out(self, access: str, external_id: str, begin: datetime) -> None:
        window = {
            "startDateTime": _utc(begin),
            "endDateTime": _utc(begin + _SECOND),
            "$select": "id,start",
        }
        path = f"{_path(external_id)}/instances?{urlencode(window, quote_via=quote)}"
        for one in _items(await self.api.ask("GET", path, access)):
            # The window also shows what began earlier and goes on.
            if str((one.get("start") or {}).get("dateTime", "")).startswith(_utc(begin)):
                await self.remove(access, str(one.get("id", "")))


def written(entry: Entry) -> dict[str, Any]:
    """Return an event as the API takes it."""
    rule = graph_rules.recurrence(entry)
    zone = graph_rules.zone(entry) if rule else None
    return {
        "subject": entry.title,
        "body": {"contentType": "text", "content": entry.text},
        "location": {"displayName": entry.url},
        "start": _place(entry.start, entry.zone, zone),
        "end": _place(entry.end, entry.zone, zone),
        "recurrence": rule,
        # Reminders come from here, for those who want them.
        "isReminderOn": False,
    }


def _place(wall: datetime, zone: str, known_zone: str | None) -> dict[str, str]:
    if known_zone is None:
        return {"dateTime": _utc(zones.moment(wall, zone)), "timeZone": "UTC"}
    return {"dateTime": wall.isoformat(), "timeZone": known_zone}


def _utc(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}"


def _path(external_id: str) -> str:
    return f"/me/events/{quote(external_id, safe='')}"


def _items(told: dict[str, Any]) -> list[dict[str, Any]]:
    found = told.get("value")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
