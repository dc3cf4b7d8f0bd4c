"""Lists in pages: a cursor says where the next one begins."""

import base64
import json
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, ClassVar, Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel, Field

from jumpa.kit.errors import JumpaError, Kind

LONGEST = 100
# Names may hold what joins letters and is not seen; these no database text has.
_IN_NO_TEXT = frozenset({"Cc", "Cs"})
Item = TypeVar("Item")


class CursorMalformedError(JumpaError):
    """This cursor is none that was given out."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "cursor_malformed"


class Page(BaseModel, Generic[Item]):
    """Some of a list; `next_cursor` is unset on the last page."""

    items: list[Item]
    next_cursor: str | None = None


Limit = Annotated[int, Field(ge=1, le=LONGEST)]


@dataclass(frozen=True, slots=True)
class Slice:
    """Which page is wanted: text and id of the last item before it, and how many items."""

    after: tuple[str, UUID] | None
    limit: int


def read_slice(cursor: str | None, limit: int) -> Slice:
    """Read a cursor; raises CursorMalformedError."""
    return Slice(_read(cursor) if cursor else None, limit)


def cursor_of(text: str, name: UUID) -> str:
    """Return the cursor behind an item that is sorted by this text, then by its id."""
    return base64.urlsafe_b64encode(_written(text, name)).decode().rstrip("=")


def _written(text: str, name: UUID) -> bytes:
    # Escaped, the longest names would make cursors that nobody takes back.
    return json.dumps([text, str(name)], ensure_ascii=False).encode()


def _read(cursor: str) -> tuple[str, UUID]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        text, name = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        read = (str(text), UUID(name))
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise CursorMalformedError from error
    if not isinstance(text, str) or any(unicodedata.category(c) in _IN_NO_TEXT for c in text):
        raise CursorMalformedError
    return read


def read_moment_slice(cursor: str | None) -> tuple[datetime, UUID] | None:
    """Read a cursor of a list that is sorted by time; raises CursorMalformedError."""
    if not cursor:
        return None
    text, name = _read(cursor)
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC), name
    except (ValueError, OverflowError) as error:
        raise CursorMalformedError from error
    raise CursorMalformedError
