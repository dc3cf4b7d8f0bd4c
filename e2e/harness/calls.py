"""A meeting of two at one size of window and in one language."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import cast

from playwright.async_api import Browser

from harness.seats import Seat, meet_at, sitting
from harness.words import Language, Words

# Each size with one of the languages.
PLACES = ("1366-id", "390-en")


@dataclass
class Call:
    """A host and a guest at windows of the same size."""

    link: str
    host: Seat
    guest: Seat

    @property
    def is_phone(self) -> bool:
        return self.host.is_phone


@asynccontextmanager
async def calling(people: list[Browser], home: str, place: str) -> AsyncIterator[Call]:
    """Adi and Budi meet, until the block ends, however it ends."""
    size, language = place.split("-")
    words = Words(cast("Language", language))
    async with (
        sitting(people[0], words, size) as host,
        sitting(people[1], words, size) as guest,
    ):
        yield Call(await meet_at(host, guest, home), host, guest)
