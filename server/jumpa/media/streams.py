"""LiveKit's text streams (`DataStream`), as the server itself sends them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from livekit.protocol import models

CHUNK_BYTES = 15_000
_TEXT = "text/plain"
# The first two bits of every byte of a character but its first (RFC 3629).
_CONTINUES, _CONTINUATION = 0xC0, 0x80
Operation = models.DataStream.OperationType


@dataclass(frozen=True, slots=True)
class TextStream:
    """A text that is sent in chunks; receivers see it as written by `identity`.

    An UPDATE or DELETE has the id of the stream that it is about, and a higher `version`.
    """

    room: str
    topic: str
    stream_id: str
    identity: str
    text: str
    sent_at: datetime
    operation: Operation = Operation.CREATE
    version: int = 0
    reply_to: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


def packets(stream: TextStream) -> list[models.DataPacket]:
    """Return header, chunks and trailer, in the order in which they must arrive."""
    contents = stream.text.encode()
    header = models.DataStream.Header(
        stream_id=stream.stream_id,
        timestamp=int(stream.sent_at.timestamp() * 1000),
        topic=stream.topic,
        mime_type=_TEXT,
        total_length=len(contents),
        attributes=stream.attributes,
        text_header=models.DataStream.TextHeader(
            operation_type=stream.operation,
            version=stream.version,
            reply_to_stream_id=stream.reply_to,
        ),
    )
    chunks = [
        models.DataStream.Chunk(stream_id=stream.stream_id, chunk_index=index, content=content)
        for index, content in enumerate(_split(contents))
    ]
    trailer = models.DataStream.Trailer(stream_id=stream.stream_id)
    sent = [
        models.DataPacket(stream_header=header),
        *(models.DataPacket(stream_chunk=chunk) for chunk in chunks),
        models.DataPacket(stream_trailer=trailer),
    ]
    for packet in sent:
        packet.participant_identity = stream.identity
    return sent


def _split(contents: bytes) -> list[bytes]:
    """Cut between characters: receivers may decode chunk by chunk."""
    parts: list[bytes] = []
    start = 0
    while start < len(contents):
        end = min(start + CHUNK_BYTES, len(contents))
        while end < len(contents) and contents[end] & _CONTINUES == _CONTINUATION:
            end -= 1
        parts.append(contents[start:end])
        start = end
    return parts
