"""Reactions over HTTP."""

import asyncio
import json

import pytest
from chat.talking import Talker, packets, seat
from factories import Server
from people import assert_problem


@pytest.fixture
async def ann(server: Server) -> Talker:
    return await seat(server, await server.create_room(), "Ann")


async def signs(reader: Talker) -> list[tuple[str, int, bool]]:
    (message,) = (await reader.page())["items"]
    return [(r["emoji"], r["count"], r["is_own"]) for r in message["reactions"]]


class TestAddReaction:
    async def test_is_counted_for_all_and_known_to_who_gave_it(
        self, server: Server, ann: Talker
    ) -> None:
        ben = await seat(server, {"code": ann.code}, "Ben")
        written = await ann.wrote()

        await ann.react(written)
        await ben.react(written)
        await ben.react(written, "❤️")

        assert await signs(ann) == [("👍", 2, True), ("❤️", 1, False)]
        assert await signs(ben) == [("👍", 2, True), ("❤️", 1, True)]

    async def test_counts_once_however_often_it_is_given(self, ann: Talker) -> None:
        written = await ann.wrote()

        answers = await asyncio.gather(*(ann.react(written) for _ in range(5)))

        assert {answer.status_code for answer in answers} == {204}
        assert await signs(ann) == [("👍", 1, True)]

    async def test_reaches_the_live_room_on_a_topic_of_its_own(
        self, server: Server, ann: Talker
    ) -> None:
        await server.open_live_room(ann.code)
        written = await ann.wrote()

        await ann.react(written)

        await server.sfu.until_told("send_data", 6)
        header, chunk, _ = packets(server)[3:]
        assert header.stream_header.topic == "jumpa.chat.reactions"
        told = json.loads(chunk.stream_chunk.content)
        assert told == {"message": written["stream_id"], "reactions": {"👍": 1}}

    @pytest.mark.parametrize("emoji", ["👍", "❤️", "👨‍👩‍👧", "1️⃣", "🏳️‍🌈", "🫨"])
    async def test_takes_signs_of_every_kind(self, ann: Talker, emoji: str) -> None:
        assert (await ann.react(await ann.wrote(), emoji)).status_code == 204

    @pytest.mark.parametrize("emoji", ["a", "👍 x", "<b>", "%00", "👍" * 17, "\u202e👍x"])
    async def test_refuses_what_is_no_sign(self, ann: Talker, emoji: str) -> None:
        assert_problem(await ann.react(await ann.wrote(), emoji), 422, "request_malformed")

    async def test_refuses_more_kinds_than_anybody_reads(self, ann: Talker) -> None:
        written = await ann.wrote()
        for number in range(20):
            assert (await ann.react(written, chr(0x1F600 + number))).status_code == 204

        assert_problem(await ann.react(written, "👍"), 409, "too_many_reactions")
        assert (await ann.react(written, chr(0x1F600))).status_code == 204

    async def test_is_refused_at_a_message_of_another_room(
        self, server: Server, ann: Talker
    ) -> None:
        elsewhere = await seat(server, await server.create_room())

        assert_problem(await elsewhere.react(await ann.wrote()), 404, "message_not_found")


class TestRemoveReaction:
    async def test_takes_back_only_ones_own(self, server: Server, ann: Talker) -> None:
        ben = await seat(server, {"code": ann.code}, "Ben")
        written = await ann.wrote()
        await ann.react(written)
        await ben.react(written)

        for _ in range(2):
            answer = await ben.call("DELETE", f"/messages/{written['id']}/reactions/👍")
            assert answer.status_code == 204

        assert await signs(ann) == [("👍", 1, True)]
