"""Words are found in the messages of one room, on both databases alike."""

import pytest
from chat.talking import Talker, seat
from factories import Server
from people import assert_problem


@pytest.fixture
async def ann(server: Server) -> Talker:
    talker = await seat(server, await server.create_room(), "Ann")
    for text in ("Shall we begin?", "The BUDGET for tea", "budget and coffee", "Kopi susu 5"):
        await talker.wrote(text)
    return talker


class TestSearch:
    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("budget", ["budget and coffee", "The BUDGET for tea"]),
            ("tea budget", ["The BUDGET for tea"]),
            ("susu 5", ["Kopi susu 5"]),
            ("budge", []),
            ("begin?", ["Shall we begin?"]),
            ("👍", []),
        ],
    )
    async def test_finds_messages_with_all_words(
        self, ann: Talker, words: str, found: list[str]
    ) -> None:
        assert await ann.read(q=words) == found

    @pytest.mark.parametrize(
        "words", ['"', "budget OR tea", "NEAR(tea)", "room:x", "tea*", "' & |", "a:b(", "!!"]
    )
    async def test_takes_operators_for_words(self, ann: Talker, words: str) -> None:
        answer = await ann.call("GET", "/messages", query={"q": words})

        assert answer.status_code == 200
        assert "Shall we begin?" not in answer.text

    async def test_goes_from_page_to_page(self, ann: Talker) -> None:
        first = await ann.page(q="budget", limit=1)
        second = await ann.page(q="budget", limit=1, cursor=first["next_cursor"])

        texts = [message["message"] for page in (first, second) for message in page["items"]]
        assert texts == ["budget and coffee", "The BUDGET for tea"]

    async def test_finds_nothing_of_another_room(self, server: Server, ann: Talker) -> None:
        elsewhere = await seat(server, await server.create_room())

        assert await elsewhere.read(q="budget") == []
        assert len(await ann.read(q="budget")) == 2

    async def test_follows_edits_and_deletions(self, ann: Talker) -> None:
        written = await ann.wrote("cinnamon")
        await ann.edit(written, "cardamom")

        assert await ann.read(q="cinnamon") == []
        assert await ann.read(q="cardamom") == ["cardamom"]

        await ann.delete(written)
        assert await ann.read(q="cardamom") == []

    @pytest.mark.parametrize("words", ["", "x" * 201, "a\x00b"])
    async def test_refuses_what_nobody_would_search(self, ann: Talker, words: str) -> None:
        answer = await ann.call("GET", "/messages", query={"q": words})

        assert_problem(answer, 422, "request_malformed")
