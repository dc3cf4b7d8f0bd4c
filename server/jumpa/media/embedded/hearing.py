"""Puts text streams of participants together as their packets come in."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from google.protobuf.message import DecodeError
from livekit.protocol import models

from jumpa.media.streams import TextStream

MOST_BYTES = 64 * 1024
MOST_CHARACTERS_OF_AN_ID = 64
MOST_OPEN = 8
_INFLATE_RAW = -zlib.MAX_WBITS
# Years that a datetime can hold; clients send what they like.
_MOST_MS = 253_370_764_800_000
_Compression = models.DataStream.CompressionType
_Encryption = models.Encryption.Type


class _UnfitError(Exception):
    """A stream cannot be read as text."""


@dataclass(slots=True)
class _Opened:
    header: models.DataStream.Header
    contents: bytearray = field(default_factory=bytearray)
    chunks: int = 0


@dataclass(slots=True)
class TextReader:
    """Reads the streams of one participant; what does not fit together is dropped, with no word."""

    room: str
    identity: str
    _opened: dict[str, _Opened] = field(default_factory=dict)

    def take(self, packet: bytes) -> TextStream | None:
        """Take one serialised `livekit.DataPacket`; return a stream once it is whole."""
        try:
            data = models.DataPacket.FromString(packet)
        except DecodeError:
            return None
        part = _PARTS.get(data.WhichOneof("value") or "")
        try:
            return part(self, data) if part else None
        except _UnfitError:
            return None

    def _header(self, data: models.DataPacket) -> TextStream | None:
        header = data.stream_header
        self._opened.pop(header.stream_id, None)
        _check(header)
        if header.HasField("inline_content"):
            return self._whole(_Opened(header, bytearray(header.inline_content)))
        if len(self._opened) >= MOST_OPEN:
            del self._opened[next(iter(self._opened))]
        self._opened[header.stream_id] = _Opened(header)
        return None

    def _chunk(self, data: models.DataPacket) -> None:
        chunk = data.stream_chunk
        opened = self._opened.get(chunk.stream_id)
        if opened is None:
            return
        opened.contents += chunk.content
        if chunk.chunk_index != opened.chunks or len(opened.contents) > MOST_BYTES:
            del self._opened[chunk.stream_id]
        opened.chunks += 1

    def _trailer(self, data: models.DataPacket) -> TextStream | None:
        trailer = data.stream_trailer
        opened = self._opened.pop(trailer.stream_id, None)
        # A reason says that its sender gave up.
        return self._whole(opened) if opened and not trailer.reason else None

    def _whole(self, opened: _Opened) -> TextStream:
        header = opened.header
        contents = _inflated(header, bytes(opened.contents))
        if header.HasField("total_length") and header.total_length != len(contents):
            raise _UnfitError
        try:
            text = contents.decode()
        except UnicodeDecodeError as error:
            raise _UnfitError from error
        return TextStream(
            room=self.room,
            topic=header.topic,
            stream_id=header.stream_id,
            identity=self.identity,
            text=text,
            sent_at=datetime.fromtimestamp(min(max(header.timestamp, 0), _MOST_MS) / 1000, UTC),
            operation=header.text_header.operation_type,
            version=header.text_header.version,
            reply_to=header.text_header.reply_to_stream_id,
        )


_PARTS: dict[str, Callable[[TextReader, models.DataPacket], TextStream | None]] = {
    "stream_header": TextReader._header,  # noqa: SLF001  # the table belongs to the class
    "stream_chunk": TextReader._chunk,  # noqa: SLF001  # likewise
    "stream_trailer": TextReader._trailer,  # noqa: SLF001  # likewise
}


def _check(header: models.DataStream.Header) -> None:
    is_text = header.HasField("text_header") and header.encryption_type == _Encryption.NONE
    is_named = 0 < len(header.stream_id) <= MOST_CHARACTERS_OF_AN_ID
    if not is_text or not is_named or header.total_length > MOST_BYTES:
        raise _UnfitError


def _inflated(header: models.DataStream.Header, contents: bytes) -> bytes:
    if header.compression == _Compression.NONE:
        return contents
    if header.compression != _Compression.DEFLATE_RAW:
        raise _UnfitError
    inflate = zlib.decompressobj(_INFLATE_RAW)
    try:
        # One byte more than allowed shows that there is more, and no more is made.
        inflated = inflate.decompress(contents, MOST_BYTES + 1)
    except zlib.error as error:
        raise _UnfitError from error
    if len(inflated) > MOST_BYTES or not inflate.eof:
        raise _UnfitError
    return inflated
