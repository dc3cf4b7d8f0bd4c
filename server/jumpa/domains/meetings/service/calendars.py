"""Meetings as calendars read them (RFC 5545), and as they travel in letters (RFC 5546, 6047)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vCalAddress, vRecur, vText

from jumpa.domains.meetings.models import Invitation, Meeting, MeetingException
from jumpa.domains.meetings.service import occurrences, zone_tables
from jumpa.domains.meetings.service.answering import Mine
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


def invitation(planned: Planned, mine: Mine, method: Method) -> str:
    """Return what asks one person to come, anew with each higher SEQUENCE, or not to come."""
    calendar = _calendar(method, [planned])
    for event in _asking(planned, mine, method):
        calendar.add_component(event)
    return _text(calendar).decode()


def cancelled_once(planned: Planned, mine: Mine, found: Occurrence) -> str:
    """Return what calls off one time of a series."""
    calendar = _calendar("CANCEL", [planned])
    calendar.add_component(_single(planned, found, "CANCEL", mine))
    return _text(calendar).decode()


def feed(name: str, several: Sequence[tuple[Planned, Mine | None]]) -> bytes:
    """Return what a calendar subscribes to; times to which somebody does not come are left out."""
    calendar = _calendar("PUBLISH", [planned for planned, _ in several])
    for planned, mine in several:
        for event in _published(planned, mine):
            calendar.add_component(event)
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    return _text(calendar)


def uid(meeting: Meeting) -> str:
    """Return what tells a meeting from all others for ever."""
    return f"{meeting.id}@jumpa"


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


def _asking(planned: Planned, mine: Mine, method: Method) -> Iterable[Event]:
    """Yield a meeting as a letter tells it: a letter has bounds, and what is over needs none."""
    yield _whole(planned, method, mine, _removed(planned))
    since = _yesterday(planned.meeting)
    told = _changed(planned)
    if method == "REQUEST":
        # Without them a calendar would forget what its reader answered to single times.
        told |= mine.singles.keys()
    for recurrence in sorted(at for at in told if at >= since)[:_MOST_IN_LETTER]:
        found = occurrences.one(planned.meeting, planned.exceptions, recurrence)
        if found is not None:
            yield _single(planned, found, method, mine)


def _published(planned: Planned, mine: Mine | None) -> Iterable[Event]:
    away = {at for at in mine.singles if mine.skips(at)} if mine else set()
    if mine is not None and mine.answer() == "declined":
        # Only the times to which they come after all.
        told = mine.singles.keys() - away
    else:
        told = _changed(planned) - away
        yield _whole(planned, "PUBLISH", None, _removed(planned) | away)
    for recurrence in sorted(told):
        found = occurrences.one(planned.meeting, planned.exceptions, recurrence)
        if found is not None:
            yield _single(planned, found, "PUBLISH", None)


def _whole(planned: Planned, method: Method, mine: Mine | None, but: set[datetime]) -> Event:
    meeting, place = planned.meeting, ZoneInfo(planned.meeting.zone)
    whole = _event(planned, mine, method)
    _place(whole, meeting.start, meeting.duration_s, meeting.zone)
    if meeting.rule:
        whole.add("rrule", vRecur.from_ical(meeting.rule))
    added = {row.recurrence for row in planned.exceptions if row.kind == "added"}
    for recurrence in sorted(added - but):
        whole.add("rdate", recurrence.replace(tzinfo=place))
    for recurrence in sorted(but - added):
        whole.add("exdate", recurrence.replace(tzinfo=place))
    return whole


def _removed(planned: Planned) -> set[datetime]:
    return {row.recurrence for row in planned.exceptions if row.kind == "removed"}


def _changed(planned: Planned) -> set[datetime]:
    rows = (row for row in planned.exceptions if row.kind != "removed")
    return {
        row.recurrence for row in rows if row.kind == "changed" or _differs(row, planned.meeting)
    }


def _yesterday(meeting: Meeting) -> datetime:
    return zones.wall(meeting.updated_at, meeting.zone) - timedelta(days=1)


def _differs(row: MeetingException, meeting: Meeting) -> bool:
    told = (row.start, row.duration_s, row.title, row.agenda)
    return told != (row.recurrence, meeting.duration_s, None, None)


def _single(planned: Planned, found: Occurrence, method: Method, mine: Mine | None) -> Event:
    event = _event(planned, mine, method, found)
    if mine is not None:
        del event["description"]
        about = f"{found.agenda[:_SHOWN_IN_LETTER]}\n\n{planned.url}"
        event.add("description", about.strip())
    zone = planned.meeting.zone
    event["RECURRENCE-ID"] = _at("recurrence-id", found.recurrence, zone)
    _place(event, found.start, found.duration_s, zone)
    return event


def _event(
    planned: Planned, mine: Mine | None, method: Method, found: Occurrence | None = None
) -> Event:
    meeting = planned.meeting
    event = Event()
    event.add("uid", uid(meeting))
    event.add("dtstamp", meeting.updated_at)
    event.add("created", meeting.created_at)
    event.add("last-modified", meeting.updated_at)
    event.add("sequence", meeting.sequence)
    event.add("summary", found.title if found else meeting.title)
    about = found.agenda if found else meeting.agenda
    event.add("description", f"{about}\n\n{planned.url}".strip())
    event.add("location", planned.url)
    event.add("url", planned.url)
    is_off = method == "CANCEL" or meeting.status == "cancelled"
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    event.add("transp", "OPAQUE")
    event["ORGANIZER"] = _address(planned.organiser_email, planned.organiser_name)
    if mine is not None:
        attendee = _attendee(mine.invited, mine.answer(found.recurrence if found else None))
        event.add("attendee", attendee, encode=False)
    return event


def _attendee(invited: Invitation, answer: str) -> vCalAddress:
    attendee = _address(invited.email, invited.name)
    role = "CHAIR" if invited.role == "cohost" else "REQ-PARTICIPANT"
    attendee.params["ROLE"] = vText(role)
    attendee.params["PARTSTAT"] = vText(_PARTSTAT[answer])
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
