"""What calendars read of a meeting, taken apart again."""

from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import uuid4

from dateutil.rrule import rrulestr
from factories import NOW, RING
from icalendar import Calendar

from jumpa.domains.meetings.models import Invitation, Meeting, MeetingException
from jumpa.domains.meetings.service import calendars, letters, occurrences
from jumpa.domains.meetings.service.answering import Mine
from jumpa.domains.meetings.service.calendars import Planned
from jumpa.kit import zones
from jumpa.kit.work.jobs import MOST_BYTES

WALL = datetime.fromisoformat
CAKE = "🍰" * 3000


def meeting(**more: object) -> Meeting:
    values: dict[str, Any] = {
        "id": uuid4(),
        "title": "Tea",
        "agenda": "",
        "zone": "Europe/Berlin",
        "start": WALL("2026-10-01T09:00"),
        "duration_s": 1800,
        "rule": "FREQ=WEEKLY;UNTIL=20270401T070000Z",
        "status": "planned",
        "sequence": 3,
        "created_at": NOW - timedelta(days=90),
        "updated_at": NOW - timedelta(days=90),
        **more,
    }
    made = Meeting(**values)
    made.first_at, made.last_at = occurrences.span(made, [])
    return made


def exception(about: Meeting, recurrence: datetime, kind: str, **more: object) -> MeetingException:
    values: dict[str, Any] = {"start": recurrence, "duration_s": about.duration_s, **more}
    return MeetingException(
        id=uuid4(), meeting_id=about.id, recurrence=recurrence, kind=kind, **values
    )


def planned(about: Meeting, *exceptions: MeetingException) -> Planned:
    return Planned(about, exceptions, "Ayu", "ayu@example.com", "https://meet.example/abc-defg-hjk")


BUDI = Invitation(
    id=uuid4(), email="budi@example.com", name="Budi", role="attendee", answer="needs_action"
)
BUDI.language = "en"
MINE = Mine(BUDI)


class TestInvitation:
    def test_gives_the_same_times_to_whoever_reads_it(self) -> None:
        about = meeting()
        gone = exception(about, WALL("2026-10-08T09:00"), "removed")
        more = exception(about, WALL("2026-10-09T09:00"), "added")
        moved = exception(
            about, WALL("2026-10-29T09:00"), "changed", start=WALL("2026-10-30T11:00")
        )
        rows = [gone, more, moved]

        text = calendars.invitation(planned(about, *rows), MINE, "REQUEST")

        parts: list[Any] = list(Calendar.from_ical(text).events)
        read, *others = parts
        rule = rrulestr(read["rrule"].to_ical().decode(), dtstart=read.start)
        left_out = {one.dt for one in read["exdate"].dts}
        left_out |= {event["recurrence-id"].dt for event in others}
        begins = {at for at in islice(rule, 60) if at not in left_out}
        begins |= {one.dt for one in read["rdate"].dts} | {e.start for e in others}
        own = occurrences.between(about, rows, about.first_at, about.last_at)
        assert sorted(begins) == [found.starts_at for found in own]
        # Clocks are changed in between, and nine stays nine.
        assert {at.hour for at in begins} == {9, 11}
        assert read["sequence"] == 3
        assert others[0]["uid"] == read["uid"]

    def test_names_the_zone_with_its_changes(self) -> None:
        calendar = Calendar.from_ical(calendars.invitation(planned(meeting()), MINE, "REQUEST"))

        (zone,) = calendar.timezones
        assert zone.tz_name == "Europe/Berlin"
        assert calendar["method"] == "REQUEST"
        assert calendar["version"] == "2.0"

    def test_in_utc_needs_no_zone(self) -> None:
        about = meeting(zone="UTC", rule="")

        text = calendars.invitation(planned(about), MINE, "REQUEST")

        assert "DTSTART:20261001T090000Z" in text
        assert "VTIMEZONE" not in text
        assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


class TestLetter:
    def test_fits_into_a_job_at_its_largest(self) -> None:
        begin = WALL("2026-12-01T09:00")
        about = meeting(start=begin, rule="FREQ=DAILY", agenda=CAKE, title="🍰" * 120)
        rows = [
            exception(about, at, "changed", start=at + timedelta(hours=1), agenda=CAKE)
            for at in (begin + timedelta(days=day) for day in range(60))
        ]
        rows += [exception(about, begin + timedelta(days=day), "removed") for day in range(60, 500)]
        found = next(occurrences.between(about, rows, about.first_at, about.last_at))

        letter = letters.written("changed", planned(about, *rows), MINE, found, "https://x#y")

        assert len(Calendar.from_ical(letter.calendar).events) == 21
        assert len(RING.seal(letter.to_text(), "x").encode()) < MOST_BYTES

    def test_says_when_in_words_of_the_language(self) -> None:
        about = meeting(start=WALL("2026-12-01T23:30"), zone="Asia/Jakarta", duration_s=3600)
        found = occurrences.nominal(about)

        english, indonesian = letters.when(found, "en"), letters.when(found, "id")

        assert english.startswith("Tuesday 1 December 2026, 23:30")
        assert english.endswith("Wednesday 2 December 2026, 00:30 (Asia/Jakarta)")
        assert indonesian.startswith("Selasa 1 Desember 2026, 23:30")
        assert zones.wall(found.ends_at, about.zone) == WALL("2026-12-02T00:30")
