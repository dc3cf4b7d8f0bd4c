"""A made-up organisation: all of it follows from numbers, so that nothing has to be looked up."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from random import Random
from uuid import UUID

from jumpa.domains.rooms.service.rooms import ALPHABET

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
_FIRST = (
    "Ayu Budi Citra Dewi Eka Fajar Gita Hana Indra Joko Kartika Lina Made Nur Oka Putu Rani Sari"
)
_LAST = "Lestari Santoso Wijaya Pratama Kusuma Hidayat Saputra Utami Nugroho Siregar Halim Gunawan"
_SYLLABLES = (
    "ba be bo da de di ga ka ke la le li lo ma me mi na ne ni pa pe ra re sa se ta te wa ya"
)
_WORDS = 6_000


@dataclass(frozen=True, slots=True)
class World:
    """How many of everything; people sit in several rooms, rooms have `members` people."""

    users: int = 10_000
    rooms: int = 2_000
    members: int = 20
    messages: int = 1_000_000

    def member(self, room: int, place: int) -> int:
        """Return who has a place in a room; place 0 is the host's."""
        return (room * 5 + place * 487) % self.users

    def room_of(self, message: int) -> int:
        """Return where a message was written."""
        return message % self.rooms

    def writer_place(self, message: int) -> int:
        """Return from which place a message was written."""
        return message // self.rooms % self.members


def user_id(number: int) -> UUID:
    """Return the id of a person."""
    return _uuid7(number, 1)


def session_id(number: int) -> UUID:
    """Return the id of a person's session."""
    return _uuid7(number, 2)


def room_id(number: int) -> UUID:
    """Return the id of a room."""
    return _uuid7(number, 3)


def message_id(number: int) -> UUID:
    """Return the id of a message; later ones are greater."""
    return _uuid7(number * 20_000, 4)


def message_time(number: int) -> datetime:
    """Return when a message was written."""
    return datetime.fromtimestamp(BEGAN.timestamp() + number * 20, UTC)


def identity(room: int, place: int) -> str:
    """Return the identity of a place."""
    return f"place-{room}-{place}"


def code(number: int) -> str:
    """Return the code of a room."""
    letters = ""
    for _ in range(10):
        number, letter = divmod(number, len(ALPHABET))
        letters += ALPHABET[letter]
    return f"{letters[:3]}-{letters[3:7]}-{letters[7:]}"


@cache
def name(number: int) -> tuple[str, str]:
    """Return first and last name; the last one tells thousands of people apart."""
    firsts, lasts = _FIRST.split(), _LAST.split()
    rest = number // len(firsts)
    last = lasts[rest % len(lasts)] + word(rest // len(lasts)).title()
    return firsts[number % len(firsts)], last


@cache
def word(number: int) -> str:
    """Return a word of the language that is written."""
    syllables = _SYLLABLES.split()
    said = ""
    while number or not said:
        number, syllable = divmod(number, len(syllables))
        said += syllables[syllable]
    return said


def vocabulary() -> tuple[list[str], list[float]]:
    """Return every word with how often it is said, as in any language (Zipf's law)."""
    return [word(n) for n in range(_WORDS)], [1 / (n + 3) for n in range(_WORDS)]


def text(chance: Random, words: list[str], cumulated: list[float]) -> str:
    """Return what somebody writes."""
    return " ".join(chance.choices(words, cum_weights=cumulated, k=chance.randint(3, 18)))


def _uuid7(milliseconds: int, kind: int) -> UUID:
    time = int(BEGAN.timestamp() * 1000) + milliseconds
    return UUID(int=time << 80 | 7 << 76 | kind << 64 | 2 << 62 | milliseconds)
