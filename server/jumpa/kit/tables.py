"""Tables as files for spreadsheets (RFC 4180)."""

import csv
import io
from collections.abc import Iterable, Sequence

MEDIA_TYPE = "text/csv"
BEGINNING = "\ufeff".encode()
"""The mark by which spreadsheets know UTF-8."""

# What spreadsheets take for a formula, and would run.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a file that shows texts as texts, whoever wrote them."""
    return BEGINNING + lines((head, *rows))


def lines(rows: Iterable[Sequence[object]]) -> bytes:
    """Return some lines of such a file."""
    written = io.StringIO()
    csv.writer(written).writerows([_cell(value) for value in row] for row in rows)
    return written.getvalue().encode()


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return "" if value is None else value
    return f"'{value}" if value.lstrip(" ").startswith(_FORMULAS) else value
