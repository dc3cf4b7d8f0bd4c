"""Google Calendar of the tests: events.insert, update and delete, with Google's own refusals."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rruleset, rrulestr
from integrations.standing import NOT_FOUND, Answer, Request, Service
from typing_extensions import override

_EVENTS = "/calendar/v3/calendars/primary/events"
_ID = re.compile(r"[a-v0-9]{5,1024}")


def _error(status: int, reason: str, message: str) -> Answer:
    errors = [{"domain": "global", "reason": reason, "message": message}]
    return Answer(status, {"error": {"errors": errors, "code": status, "message": message}})


@dataclass
class Google(Service):
    """Its events by id; what was deleted keeps its id, as cancelled."""

    name: str = "google"
    events: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def shown(self) -> list[dict[str, Any]]:
        """What the person sees, in order."""
        found = [event for event in self.events.values() if event["status"] != "cancelled"]
        return sorted(found, key=lambda event: str(event["start"]["dateTime"]))

    @override
    def refused(self) -> Answer:
        return _error(401, "authError", "Invalid Credentials")

    @override
    def call(self, request: Request) -> Answer:
        assert request.path.startswith(_EVENTS), request.path
        external_id = request.path.removeprefix(_EVENTS).removeprefix("/")
        if request.method == "POST":
            return self._insert(request.json)
        event = self.events.get(external_id)
        if event is None:
            return Answer(404, NOT_FOUND)
        if request.headers.get("if-match", event["etag"]) != event["etag"]:
            return _error(412, "conditionNotMet", "Precondition Failed")
        if request.method == "DELETE":
            if event["status"] == "cancelled":
                return _error(410, "deleted", "Resource has been deleted")
            event["status"] = "cancelled"
            return Answer(204)
        assert request.method == "PUT"
        return self._keep(external_id, request.json)

    def _insert(self, event: dict[str, Any]) -> Answer:
        external_id = event.pop("id")
        if not _ID.fullmatch(external_id):
            return _error(400, "invalid", "Invalid resource id value.")
        if external_id in self.events:
            return _error(409, "duplicate", "The requested identifier already exists.")
        return self._keep(external_id, event)

    def _keep(self, external_id: str, event: dict[str, Any]) -> Answer:
        for side in ("start", "end"):
            ZoneInfo(event[side]["timeZone"])
            assert datetime.fromisoformat(event[side]["dateTime"]).tzinfo is None
        if event["end"]["dateTime"] <= event["start"]["dateTime"]:
            return _error(400, "timeRangeEmpty", "The specified time range is empty.")
        times(event)
        etag = f'"{len(self.asked)}"'
        self.events[external_id] = {**event, "id": external_id, "etag": etag}
        return Answer(200, self.events[external_id])


def times(event: dict[str, Any], most: int = 10) -> list[str]:
    """Return when an event begins, as a calendar shows it there."""
    start = datetime.fromisoformat(event["start"]["dateTime"])
    if not event.get("recurrence"):
        return [start.isoformat()]
    every = rruleset()
    for line in event["recurrence"]:
        name, _, value = line.partition(":")
        if name == "RRULE":
            rule = rrulestr(re.sub(r"UNTIL=(\w+)Z", r"UNTIL=\1", value), dtstart=start)
            assert isinstance(rule, rrule)
            every.rrule(rule)
        else:
            assert name == f"EXDATE;TZID={event['start']['timeZone']}", line
            for away in value.split(","):
                every.exdate(datetime.fromisoformat(away))
    return [at.isoformat() for at, _ in zip(every, range(most), strict=False)]
