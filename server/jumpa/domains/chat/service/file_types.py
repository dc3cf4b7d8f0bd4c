"""Which files are taken, and what they are by what stands at their beginning."""

from dataclasses import dataclass

import puremagic

from jumpa.domains.chat.errors import FileTypeRefusedError, FileTypeWrongError

HEAD_BYTES = 4096
_TEXT = "text/plain"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f")
# A browser or a shell would run these, whatever the name says.
_RUN = (b"#!", b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<?xml", b"<?php")
_PROGRAMS = (b"META-INF/MANIFEST.MF", b"AndroidManifest.xml", b"classes.dex")


@dataclass(frozen=True, slots=True)
class Kind:
    """A media type, and what puremagic calls contents that may have it."""

    media_type: str
    marks: frozenset[str]

    @property
    def is_image(self) -> bool:
        """Whether browsers show it in a page."""
        return self.media_type.startswith("image/")


def _kind(media_type: str, *marks: str) -> Kind:
    return Kind(media_type, frozenset(f".{mark}" for mark in marks))


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
_JPEG = _kind("image/jpeg", "jpg")
_OGG = _kind("audio/ogg", "ogg")
_KINDS = {
    "png": _kind("image/png", "png"),
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "gif": _kind("image/gif", "gif"),
    "webp": _kind("image/webp", "webp"),
    "avif": _kind("image/avif", "avif"),
    "heic": _kind("image/heic", "heic", "heif"),
    "pdf": _kind("application/pdf", "pdf"),
    "docx": _kind(f"{_OFFICE}.wordprocessingml.document", "docx"),
    "xlsx": _kind(f"{_OFFICE}.spreadsheetml.sheet", "xlsx"),
    "pptx": _kind(f"{_OFFICE}.presentationml.presentation", "pptx"),
    "odt": _kind(f"{_OPEN}.text", "odt"),
    "ods": _kind(f"{_OPEN}.spreadsheet", "odt"),
    "odp": _kind(f"{_OPEN}.presentation", "odp"),
    "doc": _kind("application/msword", "doc"),
    "xls": _kind("application/vnd.ms-excel", "xls"),
    "ppt": _kind("application/vnd.ms-powerpoint", "ppt"),
    "rtf": _kind("application/rtf", "rtf"),
    "zip": _kind("application/zip", "zip"),
    "mp3": _kind("audio/mpeg", "mp3", "mpga"),
    "m4a": _kind("audio/mp4", "m4a", "mp4"),
    "wav": _kind("audio/wav", "wav"),
    "flac": _kind("audio/flac", "flac"),
    "ogg": _OGG,
    "opus": _OGG,
    "mp4": _kind("video/mp4", "mp4", "m4v"),
    "mov": _kind("video/quicktime", "mov", "mp4"),
    "webm": _kind("video/webm", "webm"),
    "txt": _kind(_TEXT),
    "md": _kind(_TEXT),
    "csv": _kind(_TEXT),
    "log": _kind(_TEXT),
    "json": _kind(_TEXT),
}
EXTENSIONS = tuple(_KINDS)


def media_type_of(name: str, head: bytes) -> str:
    """Return the media type of a file with this name that begins like this.

    Raises FileTypeRefusedError, and FileTypeWrongError when name and beginning disagree.
    """
    _, dot, extension = name.rpartition(".")
    kind = _KINDS.get(extension.lower()) if dot else None
    if kind is None:
        raise FileTypeRefusedError
    if kind.media_type == _TEXT:
        if not _is_text(head):
            raise FileTypeWrongError
        return _TEXT
    marks = _marks(head)
    # Pictures are often saved under the name of another kind; they are what they are.
    able = [other for other in _KINDS.values() if other.is_image] if kind.is_image else [kind]
    found = next((other for other in able if other.marks & marks), None)
    if found is None or any(program in head for program in _PROGRAMS):
        raise FileTypeWrongError
    return found.media_type


def _marks(head: bytes) -> set[str]:
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return set()
    least = max(match.confidence for match in found) / 2
    return {match.extension for match in found if match.confidence > least}


def _is_text(head: bytes) -> bool:
    begins = head.removeprefix(_BYTE_ORDER_MARK).lstrip().lower()
    return not begins.startswith(_RUN) and _CONTROLS.isdisjoint(head)
