"""The commands for letters."""

from typing import Annotated, Literal

from cyclopts import App, Parameter

from jumpa.cli.say import say

mail = App(name="mail", help="Look at the letters that people get.")

_NewsKind = Literal[
    "meeting_invited",
    "meeting_changed",
    "meeting_cancelled",
    "meeting_answered",
    "meeting_reminder",
    "export_ready",
    "test",
]
_FACTS = {
    "meeting": "Weekly tea",
    "who": "Ayu Lestari",
    "when": "2026-11-23 09:00 (Asia/Jakarta)",
    "answer": "✓",
}
_Language = Annotated[Literal["en", "id"], Parameter(help="Language of the letter.")]
_Html = Annotated[bool, Parameter(help="The part for mail programs that show pages.", negative=())]


@mail.command
def preview(kind: _NewsKind, *, language: _Language = "en", html: _Html = False) -> None:
    """Print a letter as it would be sent, with an example of a meeting."""
    from jumpa.domains.notifications.service import words  # noqa: PLC0415  # slow to load

    told = words.said(kind, _FACTS, language)
    letter = words.letter("you@example.com", "https://meet.example", told, "/r/example", language)
    if html:
        say(letter.html)
    else:
        say(f"Subject: {letter.subject}", "", letter.text)
