"""What notifications say, in the language that a person chose, as text and as a letter."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from jumpa.domains.notifications.schemas import NewsKind
from jumpa.kit.languages import Language
from jumpa.kit.mail.letter import Letter

# Title and message of each. A fact that is not there is an error of whoever told the news.
WORDS: dict[Language, dict[NewsKind, tuple[str, str]]] = {
    "en": {
        "meeting_invited": (
            "Invitation: {meeting}",
            "{who} invites you to {meeting}, {when}.",
        ),
        "meeting_changed": ("Changed: {meeting}", "{meeting} is now {when}."),
        "meeting_cancelled": ("Cancelled: {meeting}", "{meeting} does not take place."),
        "meeting_answered": (
            "{who}: {answer}",
            "{who} answered your invitation to {meeting}{once}.",
        ),
        "meeting_reminder": ("{meeting} begins soon", "{meeting} begins {when}."),
        "calendar_ended": (
            "{service} is not connected any more",
            "{service} no longer lets us write your meetings. Connect it again in the settings.",
        ),
        "export_ready": ("Your data is ready", "You can download it until {when}."),
        "test": ("This is a test", "Notifications reach you here."),
    },
    "id": {
        "meeting_invited": (
            "Undangan: {meeting}",
            "{who} mengundang Anda ke {meeting}, {when}.",
        ),
        "meeting_changed": ("Berubah: {meeting}", "{meeting} sekarang {when}."),
        "meeting_cancelled": ("Dibatalkan: {meeting}", "{meeting} tidak jadi berlangsung."),
        "meeting_answered": ("{who}: {answer}", "{who} menjawab undangan Anda ke {meeting}{once}."),
        "meeting_reminder": ("{meeting} segera mulai", "{meeting} mulai {when}."),
        "calendar_ended": (
            "{service} tidak lagi terhubung",
            "{service} tidak lagi mengizinkan kami menulis rapat. Hubungkan lagi di pengaturan.",
        ),
        "export_ready": ("Data Anda siap", "Anda bisa mengunduhnya sampai {when}."),
        "test": ("Ini percobaan", "Pemberitahuan sampai kepada Anda di sini."),
    },
}
_OPEN: dict[Language, str] = {"en": "Open", "id": "Buka"}
_DIGEST: dict[Language, str] = {
    "en": "What you have not read: {count}",
    "id": "Yang belum Anda baca: {count}",
}
_WHY: dict[Language, str] = {
    "en": "You chose to get these letters; change that in the settings: {link}",
    "id": "Anda memilih menerima surat ini; ubah di pengaturan: {link}",
}
_ANSWERS: dict[Language, dict[str, str]] = {
    "en": {"accepted": "comes", "declined": "does not come", "tentative": "comes perhaps"},
    "id": {"accepted": "datang", "declined": "tidak datang", "tentative": "mungkin datang"},
}
# Behind the name of a meeting, when somebody answered for one of its times.
_ONCE: dict[Language, str] = {"en": ", for {when} only", "id": ", hanya untuk {when}"}
_TITLE_CHARACTERS = 200
_SETTINGS = "/settings"


def with_time(facts: Mapping[str, str], zone: str) -> dict[str, str]:
    """Return the facts with their moments by the reader's clock: `at` as `when`, and `once`."""
    told = dict(facts)
    for name, moment in (("when", facts.get("at")), ("once", facts.get("once"))):
        if moment:
            local = datetime.fromisoformat(moment).astimezone(ZoneInfo(zone))
            told[name] = f"{local:%Y-%m-%d %H:%M} ({zone})"
    return told


def said(kind: NewsKind, facts: Mapping[str, str], language: Language) -> tuple[str, str]:
    """Return title and message."""
    title, message = WORDS[language][kind]
    answer = facts.get("answer", "")
    once = _ONCE[language].format(when=facts["once"]) if facts.get("once") else ""
    facts = {**facts, "answer": _ANSWERS[language].get(answer, answer), "once": once}
    return title.format_map(facts)[:_TITLE_CHARACTERS], message.format_map(facts)


def letter(
    recipient: str, url: str, told: tuple[str, str], link: str, language: Language
) -> Letter:
    """Return one piece of news as a letter; `url` is where the web app is."""
    title, message = told
    return _letter(recipient, title, [(message, link)], url, language)


def digest(
    recipient: str, url: str, unread: Sequence[tuple[str, str]], language: Language
) -> Letter:
    """Return messages and their links in one letter."""
    subject = _DIGEST[language].format(count=len(unread))
    return _letter(recipient, subject, unread, url, language)


def _letter(
    recipient: str, subject: str, items: Sequence[tuple[str, str]], url: str, language: Language
) -> Letter:
    why = _WHY[language].format(link=f"{url}{_SETTINGS}")
    lines = [f"{message}\n{url}{link}\n" if link else f"{message}\n" for message, link in items]
    text = "\n".join([*lines, "-- ", why, ""])
    parts = "".join(_paragraph(message, url, link, _OPEN[language]) for message, link in items)
    html = (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
        f"<title>{escape(subject)}</title>"
        '<body style="font-family:sans-serif;max-width:36em;margin:2em auto;padding:0 1em">'
        f'<h1 style="font-size:1.25em">{escape(subject)}</h1>{parts}'
        f'<p style="color:#555;font-size:.875em">{escape(why)}</p></body></html>\n'
    )
    return Letter(recipient, subject, text, html=html)


def _paragraph(message: str, url: str, link: str, label: str) -> str:
    way = f' <a href="{escape(url + link)}">{label}</a>' if link else ""
    return f"<p>{escape(message)}{way}</p>"
