"""Text streams in LiveKit's packets."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from jumpa.media.streams import CHUNK_BYTES, Operation, TextStream, packets

STREAM = TextStream("tea", "lk.chat", "s1", "ann", "", datetime(2026, 11, 21, tzinfo=UTC))


class TestPackets:
    @pytest.mark.parametrize(
        "text", ["", "Tea?", "x" * CHUNK_BYTES, "x" * (CHUNK_BYTES + 1), "x" + "👋" * CHUNK_BYTES]
    )
    def test_carry_the_whole_text_and_cut_no_character(self, text: str) -> None:
        header, *chunks, trailer = packets(replace(STREAM, text=text))

        contents = [packet.stream_chunk.content for packet in chunks]
        assert "".join(content.decode() for content in contents) == text
        assert all(0 < len(content) <= CHUNK_BYTES for content in contents)
        assert [packet.stream_chunk.chunk_index for packet in chunks] == list(range(len(chunks)))
        assert header.stream_header.total_length == len(text.encode())
        assert trailer.stream_trailer.stream_id == "s1"

    def test_say_who_wrote_when_about_what(self) -> None:
        stream = replace(STREAM, operation=Operation.UPDATE, version=2, reply_to="s0")

        sent = packets(stream)

        header = sent[0].stream_header
        assert {packet.participant_identity for packet in sent} == {"ann"}
        assert (header.topic, header.mime_type) == ("lk.chat", "text/plain")
        assert header.timestamp == 1_795_219_200_000
        text = header.text_header
        assert (text.operation_type, text.version, text.reply_to_stream_id) == (1, 2, "s0")
