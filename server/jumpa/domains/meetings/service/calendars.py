"""Meetings as calendars read them (RFC 5545), and as they travel in letters (RFC 5546, 6047)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vCalAddress, vRecur, vText

from jumpa.domains.meetings.models import Invitation, Meeting, MeetingException
from jumpa.domains.meetings.service import zone_tables
from jumpa.domains.meetings.service.occurrences import Occurrence
from jumpa.kit import zones

Method = Literal["REQUEST", "CANCEL", "PUBLISH"]
_PRODUCT = "-//Jumpa//Jumpa//EN"
_PARTSTAT = {
    "needs_action": "NEEDS-ACTION",
    "accepted": "ACCEPTED",
    "declined": "DECLINED",
    "tentative": "TENTATIVE",
}
# Zones change their minds; what is further away than this is told again by a later letter.
_YEARS = 5
_MOST_IN_LETTER = 20
_SHOWN_IN_LETTER = 200


@dataclass(frozen=True, slots=True)
class Planned:
    """A meeting with what it takes to tell of it; `url` is where people come in."""

    meeting: Meeting
    exceptions: Sequence[MeetingException]
    organiser_name: str
    organiser_email: str
    url: str


def invitation(planned: Planned, invited: Invitation, method: Method) -> str:
    """Return what asks one person to come, anew with each higher SEQUENCE, or not to come."""
    return _text(_written([planned], method, invited=invited)).decode()


def cancelled_once(planned: Planned, invited: Invitation, found: Occurrence) -> str:
    """Return what calls off one time of a series."""
    calendar = _calendar("CANCEL", [planned])
    event = _event(planned, invited, "CANCEL")
    event["RECURRENCE-ID"] = _at("recurrence-id", found.recurrence, planned.meeting.zone)
    _place(event, found.start, found.duration_s, planned.meeting.zone)
    calendar.add_component(event)
    return _text(calendar).decode()


def feed(name: str, several: Sequence[Planned]) -> bytes:
    """Return what a calendar subscribes to."""
    calendar = _written(several, "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    return _text(calendar)


def uid(meeting: Meeting) -> str:
    """Return what tells a meeting from all others for ever."""
    return f"{meeting.id}@jumpa"


def _written(
    several: Sequence[Planned], method: Method, invited: Invitation | None = None
) -> Calendar:
    calendar = _calendar(method, several)
    for planned in several:
        for event in _events(planned, invited, method):
            calendar.add_component(event)
    return calendar


def _calendar(method: Method, several: Iterable[Planned]) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    spans: dict[str, tuple[int, int]] = {}
    for planned in several:
        zone, start = planned.meeting.zone, planned.meeting.start
        last = min(planned.meeting.last_at.year, start.year + _YEARS) + 1
        first, end = spans.get(zone, (start.year - 1, last))
        spans[zone] = (min(first, start.year - 1), max(end, last))
    for zone, (first, end) in sorted(spans.items()):
        if zone != "UTC":
            calendar.add_component(Timezone.from_ical(zone_tables.table(zone, first, end)))
    return calendar


def _events(planned: Planned, invited: Invitation | None, method: Method) -> Iterable[Event]:
    meeting, zone = planned.meeting, planned.meeting.zone
    whole = _event(planned, invited, method)
    _place(whole, meeting.start, meeting.duration_s, zone)
    if meeting.rule:
        whole.add("rrule", vRecur.from_ical(meeting.rule))
    for row in planned.exceptions:
        if row.kind == "removed":
            whole.add("exdate", row.recurrence.replace(tzinfo=ZoneInfo(zone)))
        elif row.kind == "added":
            whole.add("rdate", row.recurrence.replace(tzinfo=ZoneInfo(zone)))
    yield whole
    others = [row for row in planned.exceptions if row.kind != "removed"]
    if invited is not None:
        # A letter has bounds, and what is over needs none.
        others = [row for row in others if row.recurrence >= _yesterday(meeting)][:_MOST_IN_LETTER]
    for row in others:
        if row.kind == "changed" or _differs(row, meeting):
            yield _changed(planned, invited, method, row)


def _yesterday(meeting: Meeting) -> datetime:
    return zones.wall(meeting.updated_at, meeting.zone) - timedelta(days=1)


def _differs(row: MeetingException, meeting: Meeting) -> bool:
    told = (row.start, row.duration_s, row.title, row.agenda)
    return told != (row.recurrence, meeting.duration_s, None, None)


def _changed(
    planned: Planned, invited: Invitation | None, method: Method, row: MeetingException
) -> Event:
    event = _event(planned, invited, method, row.title, row.agenda)
    if invited is not None:
        about = planned.meeting.agenda if row.agenda is None else row.agenda
        del event["description"]
        event.add("description", f"{about[:_SHOWN_IN_LETTER]}\n\n{planned.url}".strip())
    zone = planned.meeting.zone
    event["RECURRENCE-ID"] = _at("recurrence-id", row.recurrence, zone)
    _place(event, row.start, row.duration_s, zone)
    return event


def _event(
    planned: Planned,
    invited: Invitation | None,
    method: Method,
    title: str | None = None,
    agenda: str | None = None,
) -> Event:
    meeting = planned.meeting
    event = Event()
    event.add("uid", uid(meeting))
    event.add("dtstamp", meeting.updated_at)
    event.add("created", meeting.created_at)
    event.add("last-modified", meeting.updated_at)
    event.add("sequence", meeting.sequence)
    event.add("summary", meeting.title if title is None else title)
    about = meeting.agenda if agenda is None else agenda
    event.add("description", f"{about}\n\n{planned.url}".strip())
    event.add("location", planned.url)
    event.add("url", planned.url)
    is_off = method == "CANCEL" or meeting.status == "cancelled"
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    event.add("transp", "OPAQUE")
    event["ORGANIZER"] = _address(planned.organiser_email, planned.organiser_name)
    if invited is not None:
        event.add("attendee", _attendee(invited), encode=False)
    return event


def _attendee(invited: Invitation) -> vCalAddress:
    attendee = _address(invited.email, invited.name)
    role = "CHAIR" if invited.role == "cohost" else "REQ-PARTICIPANT"
    attendee.params["ROLE"] = vText(role)
    attendee.params["PARTSTAT"] = vText(_PARTSTAT[invited.answer])
    attendee.params["RSVP"] = vText("TRUE")
    attendee.params["CUTYPE"] = vText("INDIVIDUAL")
    return attendee


def _address(email: str, name: str) -> vCalAddress:
    found = vCalAddress(f"mailto:{email}")
    if name:
        # A quotation mark cannot stand in a parameter (RFC 5545, 3.1).
        found.params["CN"] = vText(name.replace('"', "'"))
    return found


def _place(event: Event, start: datetime, duration_s: int, zone: str) -> None:
    place = ZoneInfo(zone)
    begins = start.replace(tzinfo=place)
    event.add("dtstart", begins)
    event.add("duration", timedelta(seconds=duration_s))


def _at(name: str, wall: datetime, zone: str) -> object:
    event = Event()
    event.add(name, wall.replace(tzinfo=ZoneInfo(zone)))
    return event[name]


def _text(calendar: Calendar) -> bytes:
    written: bytes = calendar.to_ical()
    return written
