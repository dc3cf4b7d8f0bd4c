"""What people are written who are invited, in their language."""

from datetime import datetime
from typing import Literal

from jumpa.domains.meetings.service import calendars
from jumpa.domains.meetings.service.answering import Mine
from jumpa.domains.meetings.service.calendars import Method, Planned
from jumpa.domains.meetings.service.occurrences import Occurrence
from jumpa.kit.languages import Language
from jumpa.kit.mail import pages
from jumpa.kit.mail.letter import Letter

Kind = Literal["invited", "changed", "cancelled", "cancelled_once", "uninvited"]
_METHODS: dict[Kind, Method] = {
    "invited": "REQUEST",
    "changed": "REQUEST",
    "cancelled": "CANCEL",
    "cancelled_once": "CANCEL",
    "uninvited": "CANCEL",
}

# Subject and first sentence of each.
WORDS: dict[Language, dict[Kind, tuple[str, str]]] = {
    "en": {
        "invited": ("Invitation: {title}", "{organiser} invites you to a meeting."),
        "changed": ("Changed: {title}", "{organiser} changed a meeting that you are invited to."),
        "cancelled": ("Cancelled: {title}", "{organiser} cancelled this meeting."),
        "cancelled_once": (
            "Cancelled once: {title}",
            "{organiser} cancelled this one time; the others stay as they are.",
        ),
        "uninvited": ("Cancelled: {title}", "{organiser} no longer expects you at this meeting."),
    },
    "id": {
        "invited": ("Undangan: {title}", "{organiser} mengundang Anda ke sebuah rapat."),
        "changed": ("Diubah: {title}", "{organiser} mengubah rapat yang mengundang Anda."),
        "cancelled": ("Dibatalkan: {title}", "{organiser} membatalkan rapat ini."),
        "cancelled_once": (
            "Dibatalkan sekali: {title}",
            "{organiser} membatalkan rapat pada waktu ini saja; yang lain tetap.",
        ),
        "uninvited": ("Dibatalkan: {title}", "{organiser} tidak lagi menunggu Anda di rapat ini."),
    },
}
_ANSWERING: dict[Language, tuple[str, str, str, str]] = {
    "en": ("Come in", "Will you come?", "Repeats", "meeting"),
    "id": ("Masuk", "Apakah Anda datang?", "Berulang", "rapat"),
}
_DAYS: dict[Language, tuple[str, ...]] = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
}
_MONTHS: dict[Language, str] = {
    "en": "January February March April May June July August September October November December",
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
}


def written(kind: Kind, planned: Planned, mine: Mine, found: Occurrence, answer_url: str) -> Letter:
    """Return the letter about a meeting, or about one time of it, with its file for calendars."""
    invited = mine.invited
    language: Language = "id" if invited.language == "id" else "en"
    subject, sentence = WORDS[language][kind]
    named = {
        "title": found.title or _ANSWERING[language][3],
        "organiser": planned.organiser_name,
    }
    is_on = _METHODS[kind] == "REQUEST"
    come, ask, repeats, _ = _ANSWERING[language]
    paragraphs = [sentence.format(**named), when(found, language)]
    if found.meeting.rule and kind != "cancelled_once":
        paragraphs.append(repeats)
    links = [(come, planned.url), (ask, answer_url)] if is_on else []
    paragraphs.append(found.agenda if is_on else "")
    text = [*(part for part in paragraphs if part), *(f"{name}: {url}" for name, url in links)]
    return Letter(
        recipient=invited.email,
        subject=subject.format(**named),
        text="\n\n".join(text) + "\n",
        html=pages.page(language, subject.format(**named), paragraphs, links),
        # An older mail server knows no other letters in addresses.
        reply_to=planned.organiser_email if planned.organiser_email.isascii() else "",
        calendar=_file(kind, planned, mine, found),
        method=_METHODS[kind],
    )


def when(found: Occurrence, language: Language) -> str:
    """Return day and times as people read them there."""
    begin, end = _day(found.start, language), _day(found.end, language)
    ends = "" if begin == end else f"{end}, "
    zone = found.meeting.zone
    return f"{begin}, {found.start:%H:%M} – {ends}{found.end:%H:%M} ({zone})"  # noqa: RUF001  # as times are written


def _file(kind: Kind, planned: Planned, mine: Mine, found: Occurrence) -> str:
    if kind == "cancelled_once":
        return calendars.cancelled_once(planned, mine, found)
    return calendars.invitation(planned, mine, _METHODS[kind])


def _day(at: datetime, language: Language) -> str:
    month = _MONTHS[language].split()[at.month - 1]
    return f"{_DAYS[language][at.weekday()]} {at.day} {month} {at.year}"
