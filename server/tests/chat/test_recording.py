"""What LiveKit clients say on `lk.chat` lasts like what came over HTTP."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from chat.talking import Talker, host, seat
from factories import NOW, Server

from jumpa.config import RateSettings, Settings
from jumpa.media.engine import TextReceived
from jumpa.media.streams import Operation, TextStream

Say = Callable[..., Awaitable[None]]


def said(talker: Talker, text: str = "Tea?", stream_id: str = "s1") -> TextStream:
    return TextStream(talker.code, "lk.chat", stream_id, talker.identity, text, NOW)


async def hear(server: Server, *streams: TextStream) -> None:
    for stream in streams:
        server.app.listening.hear(TextReceived(stream, "PA_any"))
    await server.app.listening.settled()


class TestRecord:
    async def test_stores_it_under_the_id_of_its_stream(self, server: Server, ann: Talker) -> None:
        await hear(server, said(ann, " Shall we\r\nbegin? "))

        (message,) = (await ann.page())["items"]
        assert (message["message"], message["stream_id"]) == ("Shall we\nbegin?", "s1")
        assert (message["name"], message["identity"]) == ("Ann", ann.identity)

    async def test_does_not_send_it_again(self, server: Server, ann: Talker) -> None:
        await server.open_live_room(ann.code)
        await hear(server, said(ann))
        await ann.wrote("After it")

        await server.sfu.until_told("send_data", 3)
        assert b"After it" in server.sfu.told("send_data")[1].send_data.packet

    async def test_stores_it_once(self, server: Server, ann: Talker) -> None:
        await hear(server, said(ann), said(ann, "Something else"))

        assert await ann.read() == ["Tea?"]

    async def test_keeps_to_what_it_answers(self, server: Server, ann: Talker, ben: Talker) -> None:
        await hear(server, said(ann), replace(said(ben, "Yes", "s2"), reply_to="s1"))

        answer, first = (await ann.page())["items"]
        assert answer["reply_to"] == first["id"]

    async def test_forgets_an_answer_to_nothing(self, server: Server, ann: Talker) -> None:
        await hear(server, replace(said(ann), reply_to="nothing"))

        assert (await ann.page())["items"][0]["reply_to"] is None

    async def test_is_found_by_its_words(self, server: Server, ann: Talker) -> None:
        await hear(server, said(ann), said(ann, "Coffee", "s2"))

        assert await ann.read(q="coffee") == ["Coffee"]

    async def test_words_no_file_anew_but_takes_it_back(self, server: Server, ann: Talker) -> None:
        file = await ann.sent("tea.txt", b"Teh")
        other = said(ann, "coffee.exe", file["stream_id"])

        await hear(server, replace(other, operation=Operation.UPDATE))
        assert (await ann.page())["items"] == [file]

        await hear(server, replace(other, operation=Operation.DELETE))
        assert (await ann.fetch(file)).status_code == 404
        await server.clean_up()
        assert [name async for name in server.parts.objects.names()] == []

    async def test_may_be_edited_and_deleted_over_http(self, server: Server, ann: Talker) -> None:
        await hear(server, said(ann))
        (message,) = (await ann.page())["items"]

        assert (await ann.edit(message, "Tea now?")).status_code == 200
        assert (await ann.delete(message)).status_code == 204


class TestChanges:
    async def test_word_a_message_anew(self, server: Server, ann: Talker) -> None:
        update = replace(said(ann, "Tea now?"), operation=Operation.UPDATE)
        await hear(server, said(ann), update)

        (message,) = (await ann.page())["items"]
        assert (message["message"], message["version"]) == ("Tea now?", 2)
        assert message["edited_at"] is not None

    async def test_take_a_message_back(self, server: Server, ann: Talker) -> None:
        delete = replace(said(ann, ""), operation=Operation.DELETE)
        await hear(server, said(ann), delete, delete, replace(delete, operation=Operation.UPDATE))

        (message,) = (await ann.page())["items"]
        assert (message["message"], message["is_deleted"], message["version"]) == ("", True, 2)

    @pytest.mark.parametrize("operation", [Operation.UPDATE, Operation.DELETE, Operation.CREATE])
    async def test_of_other_peoples_messages_are_refused(
        self, server: Server, ann: Talker, ben: Talker, operation: Operation
    ) -> None:
        await hear(server, said(ann), replace(said(ben, "Poison"), operation=operation))

        assert await ann.read() == ["Tea?"]

    @pytest.mark.parametrize("operation", [Operation.UPDATE, Operation.DELETE, Operation.REACTION])
    async def test_of_nothing_store_nothing(
        self, server: Server, ann: Talker, operation: Operation
    ) -> None:
        await hear(server, replace(said(ann), operation=operation))

        assert await ann.read() == []


class TestRefused:
    @pytest.mark.parametrize("text", ["", " \n ", "\u200b", "a\x00b", "x" * 20_001])
    async def test_what_http_refuses_is_not_stored(
        self, server: Server, ann: Talker, text: str
    ) -> None:
        await hear(server, said(ann, text), said(ann, "Fine", "s2"))

        assert await ann.read() == ["Fine"]

    async def test_who_may_not_chat_is_not_stored(
        self, server: Server, room: dict[str, str], ann: Talker
    ) -> None:
        boss = await host(server, room)
        settings = (await boss.call("GET", "/settings")).json()
        changed = {**settings, "who_may_chat": "moderators"}
        assert (await boss.call("PUT", "/settings", changed)).status_code == 200

        await hear(server, said(ann), said(boss, "Quiet, please", "s2"))

        assert await ann.read() == ["Quiet, please"]

    async def test_strangers_and_live_only_rooms_are_passed_over(
        self, server: Server, ann: Talker
    ) -> None:
        stranger = replace(said(ann), identity="nobody")
        elsewhere = replace(said(ann), room="live-only")
        other_topic = replace(said(ann), topic="lk.transcription")

        await hear(server, stranger, elsewhere, other_topic)

        assert await ann.read() == []

    async def test_ended_rooms_take_nothing(
        self, server: Server, room: dict[str, str], ann: Talker
    ) -> None:
        boss = await host(server, room)
        assert (await boss.call("POST", "/end")).status_code < 300

        await hear(server, said(ann))

        assert await boss.read() == []

    async def test_a_room_is_not_another(self, server: Server, ann: Talker) -> None:
        other = await seat(server, await server.create_room("Other"), "Ann")

        await hear(server, replace(said(ann), room=other.code))

        assert await other.read() == []
        assert await ann.read() == []


class TestFlood:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"rates": RateSettings(messages_per_minute=3)})

    async def test_of_one_is_let_go_and_others_are_heard(
        self, server: Server, ann: Talker, ben: Talker
    ) -> None:
        flood = [said(ann, str(index), f"s{index}") for index in range(10)]

        await hear(server, *flood, said(ben, "Still here", "b1"))

        assert sorted(await ann.read()) == ["0", "1", "2", "Still here"]
