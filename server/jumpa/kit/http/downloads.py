"""Files that people sent, handed out so that no browser runs them (RFC 6266, RFC 9110 part 14)."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from starlette.responses import Response, StreamingResponse

from jumpa.kit import tables

_RANGE = re.compile(r"bytes=(?P<first>\d{0,18})-(?P<last>\d{0,18})", re.ASCII)
_PRINTABLE = re.compile(r"[^ !#-\[\]-~]")
CSV: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {tables.MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}},
        "description": "The file",
    }
}
# Whatever the file holds, in this frame it may load and run nothing.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"


@dataclass(frozen=True, slots=True)
class Part:
    """What is asked of a file: from `start` to before `end`."""

    start: int
    end: int
    is_whole: bool


def part_of(header: str | None, size: int) -> Part:
    """Read a Range header; one that is malformed, manifold or out of reach asks for the whole."""
    whole = Part(0, size, is_whole=True)
    asked = _RANGE.fullmatch((header or "").strip())
    if asked is None:
        return whole
    first, last = asked["first"], asked["last"]
    if not first:
        start, end = max(0, size - int(last or 0)), size
    else:
        start, end = int(first), min(size, int(last) + 1 if last else size)
    return Part(start, end, is_whole=False) if start < end else whole


def download(
    name: str, media_type: str, size: int, part: Part, content: AsyncIterator[bytes]
) -> Response:
    """Return a part of a file; pictures may be shown, all else is saved."""
    headers = {
        "Accept-Ranges": "bytes",
        "Content-Disposition": _disposition(name, is_shown=media_type.startswith("image/")),
        "Content-Length": str(part.end - part.start),
        "Content-Security-Policy": _POLICY,
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if not part.is_whole:
        headers["Content-Range"] = f"bytes {part.start}-{part.end - 1}/{size}"
    status = HTTPStatus.OK if part.is_whole else HTTPStatus.PARTIAL_CONTENT
    return StreamingResponse(content, status, headers, media_type)


def as_file(name: str, content: bytes) -> Response:
    """Return a table to be saved as a file."""
    headers = {"Content-Disposition": _disposition(name, is_shown=False)}
    return Response(content, headers=headers, media_type=tables.MEDIA_TYPE)


def as_stream(name: str, content: AsyncIterator[bytes]) -> Response:
    """Return a table to be saved as a file while it is still being written."""
    headers = {"Content-Disposition": _disposition(name, is_shown=False)}
    return StreamingResponse(content, headers=headers, media_type=tables.MEDIA_TYPE)


def _disposition(name: str, *, is_shown: bool) -> str:
    kind = "inline" if is_shown else "attachment"
    plain = _PRINTABLE.sub("_", name)
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
