"""Text streams of participants, put together."""

import zlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from livekit.protocol import models

from jumpa.media.embedded.hearing import MOST_BYTES, MOST_OPEN, TextReader
from jumpa.media.streams import Operation, TextStream, packets

STREAM = TextStream("tea", "lk.chat", "s1", "ann", "Tea?", datetime(2026, 11, 21, tzinfo=UTC))
Header = models.DataStream.Header


def sent(stream: TextStream) -> list[bytes]:
    return [packet.SerializeToString() for packet in packets(stream)]


def take(reader: TextReader, contents: list[bytes]) -> list[TextStream]:
    """Return the streams that became whole."""
    read = [reader.take(packet) for packet in contents]
    return [stream for stream in read if stream is not None]


def deflated(text: bytes) -> bytes:
    deflate = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return deflate.compress(text) + deflate.flush()


def inline(contents: bytes, **more: object) -> bytes:
    """Return a stream in one packet, as newer SDKs send short texts."""
    header = Header(stream_id="s1", topic="lk.chat", inline_content=contents, **more)  # type: ignore[arg-type]  # named fields
    header.text_header.SetInParent()
    return models.DataPacket(stream_header=header).SerializeToString()


@pytest.fixture
def reader() -> TextReader:
    return TextReader("tea", "ann")


class TestTake:
    @pytest.mark.parametrize("text", ["", "Tea?", "👋" * 15_000])
    def test_gives_back_what_was_sent(self, reader: TextReader, text: str) -> None:
        stream = replace(STREAM, text=text, operation=Operation.UPDATE, version=2, reply_to="s0")

        (read,) = take(reader, sent(stream))

        assert replace(read, sent_at=STREAM.sent_at) == replace(stream, attributes=read.attributes)

    def test_keeps_two_streams_apart(self, reader: TextReader) -> None:
        first, second = sent(STREAM), sent(replace(STREAM, stream_id="s2", text="Yes"))
        mixed = [packet for pair in zip(first, second, strict=True) for packet in pair]

        assert [stream.text for stream in take(reader, mixed)] == ["Tea?", "Yes"]

    def test_reads_a_stream_in_one_packet(self, reader: TextReader) -> None:
        assert [stream.text for stream in take(reader, [inline(b"Tea?")])] == ["Tea?"]

    def test_reads_what_was_compressed(self, reader: TextReader) -> None:
        packet = inline(deflated(b"Tea?" * 100), compression="DEFLATE_RAW", total_length=400)

        assert [stream.text for stream in take(reader, [packet])] == ["Tea?" * 100]

    def test_survives_any_time_of_day(self, reader: TextReader) -> None:
        for timestamp in (-(2**63), 2**63 - 1):
            assert take(reader, [inline(b"Tea?", timestamp=timestamp)])


class TestUnfit:
    @pytest.mark.parametrize(
        "packet",
        [
            b"\xff" * 40,
            b"",
            inline(b"\xff\xfe"),
            inline(b"Tea?", total_length=3),
            inline(b"Tea?", encryption_type="GCM"),
            inline(b"Tea?", compression=7),
            inline(b"Tea?", compression="DEFLATE_RAW"),
            inline(deflated(b"Tea?")[:-2], compression="DEFLATE_RAW"),
            inline(deflated(bytes(MOST_BYTES * 100)), compression="DEFLATE_RAW"),
        ],
    )
    def test_one_packet_is_dropped(self, reader: TextReader, packet: bytes) -> None:
        assert take(reader, [packet]) == []
        assert len(take(reader, sent(STREAM))) == 1

    @pytest.mark.parametrize("stream_id", ["", "x" * 65])
    def test_ids_nobody_can_keep_are_dropped(self, reader: TextReader, stream_id: str) -> None:
        assert take(reader, sent(replace(STREAM, stream_id=stream_id))) == []

    def test_files_are_no_text(self, reader: TextReader) -> None:
        header = Header(stream_id="s1", topic="lk.chat", byte_header=models.DataStream.ByteHeader())
        packet = models.DataPacket(stream_header=header).SerializeToString()

        assert take(reader, [packet, *sent(STREAM)[1:]]) == []

    def test_a_stream_with_a_gap_or_a_repetition_is_dropped(self, reader: TextReader) -> None:
        header, first, second, trailer = sent(replace(STREAM, text="x" * 20_000))

        assert take(reader, [header, second, trailer]) == []
        assert take(reader, [header, first, first, trailer]) == []
        assert take(reader, [first, second, trailer]) == []

    def test_a_stream_that_grows_too_long_is_dropped(self, reader: TextReader) -> None:
        header = Header(stream_id="s1", topic="lk.chat")
        header.text_header.SetInParent()
        long = sent(replace(STREAM, text="x" * (MOST_BYTES + 1)))
        long[0] = models.DataPacket(stream_header=header).SerializeToString()

        assert take(reader, long) == []

    def test_a_stream_that_its_sender_gave_up_is_dropped(self, reader: TextReader) -> None:
        trailer = models.DataStream.Trailer(stream_id="s1", reason="cancelled")
        given_up = models.DataPacket(stream_trailer=trailer).SerializeToString()

        assert take(reader, [*sent(STREAM)[:-1], given_up, sent(STREAM)[-1]]) == []

    def test_streams_that_never_end_make_room_for_newer_ones(self, reader: TextReader) -> None:
        opened = [sent(replace(STREAM, stream_id=f"s{index}")) for index in range(MOST_OPEN + 1)]
        headers = [packet[0] for packet in opened]
        rests = [packet for stream in opened for packet in stream[1:]]

        assert len(take(reader, headers + rests)) == MOST_OPEN
