"""Messages of a room are listed from page to page."""

import pytest
from chat.talking import ROOMS, Talker, seat
from factories import Server
from people import assert_problem


@pytest.fixture
async def ann(server: Server) -> Talker:
    return await seat(server, await server.create_room(), "Ann")


class TestListMessages:
    async def test_goes_from_page_to_page_newest_first(self, ann: Talker) -> None:
        for number in range(5):
            await ann.wrote(f"{number}")

        first = await ann.page(limit=2)
        second = await ann.page(limit=2, cursor=first["next_cursor"])
        third = await ann.page(limit=2, cursor=second["next_cursor"])

        texts = [m["message"] for page in (first, second, third) for m in page["items"]]
        assert texts == ["4", "3", "2", "1", "0"]
        assert third["next_cursor"] is None

    async def test_shows_only_files_when_asked(self, ann: Talker) -> None:
        await ann.sent("plan.txt", b"Teh")
        await ann.wrote("Tea?")

        files = await ann.page(message_type="file")
        texts = await ann.page(message_type="text")

        assert [m["file"]["name"] for m in files["items"]] == ["plan.txt"]
        assert [m["message"] for m in texts["items"]] == ["Tea?"]

    async def test_shows_only_the_room(self, server: Server, ann: Talker) -> None:
        await (await seat(server, await server.create_room())).wrote("Elsewhere")

        assert await ann.read() == []

    @pytest.mark.parametrize("cursor", ["x", "e30", "%00", "W10"])
    async def test_refuses_a_cursor_of_its_own_making(self, ann: Talker, cursor: str) -> None:
        answer = await ann.call("GET", "/messages", query={"cursor": cursor})

        assert_problem(answer, 400, "cursor_malformed")

    @pytest.mark.parametrize("limit", ["0", "101", "many"])
    async def test_refuses_pages_of_odd_sizes(self, ann: Talker, limit: str) -> None:
        answer = await ann.call("GET", "/messages", query={"limit": limit})

        assert_problem(answer, 422, "request_malformed")

    async def test_is_refused_to_strangers(self, server: Server, ann: Talker) -> None:
        answer = await server.client.get(f"{ROOMS}/{ann.code}/messages")

        assert_problem(answer, 401, "host_secret_missing")
