"""Messages worded anew and taken back over HTTP."""

from chat.talking import Talker, host, packets, seat
from factories import Server
from people import assert_problem


class TestEditMessage:
    async def test_changes_the_text_and_says_when(self, server: Server, ann: Talker) -> None:
        await server.open_live_room(ann.code)
        written = await ann.wrote()
        server.clock.move(minutes=1)

        answer = await ann.edit(written, "Coffee?")

        edited = answer.json()
        assert (edited["message"], edited["version"]) == ("Coffee?", 2)
        assert edited["edited_at"] == "2026-11-21T09:01:00Z"
        assert answer.headers["etag"] == '"2"'
        assert await ann.read() == ["Coffee?"]
        await server.sfu.until_told("send_data", 6)
        header = packets(server)[3].stream_header
        assert header.stream_id == written["stream_id"]
        assert (header.text_header.operation_type, header.text_header.version) == (1, 2)

    async def test_keeps_the_reactions(self, ann: Talker) -> None:
        written = await ann.wrote()
        await ann.react(written)

        edited = (await ann.edit(written, "Coffee?")).json()

        assert edited["reactions"] == [{"emoji": "👍", "count": 1, "is_own": True}]

    async def test_loses_no_change_of_another_window(self, ann: Talker) -> None:
        written = await ann.wrote()
        await ann.edit(written, "First", headers={"If-Match": '"1"'})

        late = await ann.edit(written, "Second", headers={"If-Match": '"1"'})

        assert_problem(late, 412, "changed_meanwhile")
        assert await ann.read() == ["First"]

    async def test_is_refused_to_others_and_even_hosts(
        self, server: Server, room: dict[str, str], ann: Talker, ben: Talker
    ) -> None:
        written = await ann.wrote()

        for other in (ben, await host(server, room)):
            assert_problem(await other.edit(written, "Mine"), 403, "message_foreign")
        assert await ann.read() == ["Tea?"]

    async def test_is_refused_through_another_room(self, server: Server, ann: Talker) -> None:
        written = await ann.wrote()
        elsewhere = await seat(server, await server.create_room())

        assert_problem(await elsewhere.edit(written, "Mine"), 404, "message_not_found")

    async def test_is_refused_when_the_text_is_too_long(self, ann: Talker) -> None:
        written = await ann.wrote()

        assert_problem(await ann.edit(written, "x" * 4001), 400, "message_too_long")

    async def test_is_refused_to_who_may_not_chat_any_more(
        self, server: Server, room: dict[str, str], ann: Talker
    ) -> None:
        written = await ann.wrote()
        chair = await host(server, room)
        await chair.call("PUT", "/settings", {"who_may_chat": "moderators"})

        assert_problem(await ann.edit(written, "Still here"), 403, "chat_not_allowed")


class TestDeleteMessage:
    async def test_leaves_no_text_behind(self, server: Server, ann: Talker) -> None:
        await server.open_live_room(ann.code)
        written = await ann.wrote("Secret")
        await ann.react(written)

        assert (await ann.delete(written)).status_code == 204

        (left,) = (await ann.page())["items"]
        assert (left["message"], left["is_deleted"], left["reactions"]) == ("", True, [])
        await server.sfu.until_told("send_data", 8)
        assert packets(server)[-2].stream_header.text_header.operation_type == 2

    async def test_is_done_once(self, ann: Talker) -> None:
        written = await ann.wrote()
        await ann.delete(written)

        assert_problem(await ann.delete(written), 404, "message_not_found")
        assert_problem(await ann.edit(written, "Back"), 404, "message_not_found")

    async def test_is_open_to_hosts(
        self, server: Server, room: dict[str, str], ann: Talker
    ) -> None:
        written = await ann.wrote()

        answer = await (await host(server, room)).delete(written)

        assert answer.status_code == 204

    async def test_is_refused_to_others(self, ann: Talker, ben: Talker) -> None:
        assert_problem(await ben.delete(await ann.wrote()), 403, "message_foreign")

    async def test_keeps_moderators_from_the_words_of_hosts(
        self, server: Server, room: dict[str, str], ben: Talker
    ) -> None:
        chair = await host(server, room)
        role = {"role": "moderator"}
        made = await chair.call("PATCH", f"/participants/{ben.identity}", role)
        assert made.status_code == 204

        assert_problem(await ben.delete(await chair.wrote()), 403, "rank_too_low")

    async def test_is_refused_through_another_room(self, server: Server, ann: Talker) -> None:
        written = await ann.wrote()
        other = await server.create_room()

        answer = await (await host(server, other)).delete(written)

        assert_problem(answer, 404, "message_not_found")
        assert await ann.read() == ["Tea?"]
