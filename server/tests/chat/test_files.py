"""Files over HTTP: sent into a room, fetched from it, and gone with their message."""

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import unquote
from uuid import UUID, uuid4

import pytest
from buckets import s3
from chat.talking import ROOMS, Talker, host, packets, seat
from factories import Server
from people import assert_problem
from sqlalchemy import func, select
from starlette.types import Message

from jumpa.config import ObjectSettings, RateSettings, RoomSettings, Settings
from jumpa.domains.chat.models import RoomFile, RoomMessage
from jumpa.domains.organisations.models import HOME
from jumpa.kit import objects
from jumpa.kit.actor import SERVER

KEY = "a-key-that-nobody-guesses"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 40
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\0" * 40
PDF = b"%PDF-1.7\n" + b"x" * 100
PROGRAM = b"MZ\x90\0" + b"\0" * 100


@pytest.fixture
def settings() -> Settings:
    return Settings(rooms=RoomSettings(file_bytes=2000, all_file_bytes=5000))


async def rows(server: Server) -> int:
    async with server.app.work.read(SERVER) as ctx:
        return await ctx.session.scalar(select(func.count()).select_from(RoomFile)) or 0


async def messages(server: Server) -> int:
    async with server.app.work.read(SERVER) as ctx:
        return await ctx.session.scalar(select(func.count()).select_from(RoomMessage)) or 0


async def stored(server: Server) -> list[UUID]:
    return [name async for name in server.parts.objects.names()]


async def assert_nothing_left(server: Server) -> None:
    assert (await stored(server), await rows(server)) == ([], 0)


class TestSendFile:
    async def test_answers_with_a_message_that_has_the_file(
        self, server: Server, ann: Talker, ben: Talker
    ) -> None:
        message = await ann.sent("Plan.pdf", PDF)

        assert message["message_type"] == "file"
        assert message["message"] == "Plan.pdf"
        file = message["file"]
        assert (file["name"], file["size"], file["type"]) == ("Plan.pdf", 109, "application/pdf")
        assert (await ben.page())["items"] == [message]
        assert await stored(server) == [UUID(file["id"])]

    async def test_tells_the_live_room_name_and_address(self, server: Server, ann: Talker) -> None:
        await server.open_live_room(ann.code)

        message = await ann.sent("Plan.pdf", PDF)

        await server.sfu.until_told("send_data", 3)
        header, chunk, _ = packets(server)
        assert header.stream_header.topic == "lk.chat"
        assert header.stream_header.stream_id == message["stream_id"]
        name, address = chunk.stream_chunk.content.decode().split("\n")
        assert name == "Plan.pdf"
        path = f"{ROOMS}/{ann.code}/files/{message['file']['id']}"
        assert address == f"http://localhost:7880{path}"

    async def test_is_found_by_its_name(self, ann: Talker) -> None:
        await ann.sent("Anggaran 2027.pdf", PDF)

        assert await ann.read(q="anggaran") == ["Anggaran 2027.pdf"]

    async def test_is_kept_although_media_is_away(self, server: Server, ann: Talker) -> None:
        await server.open_live_room(ann.code)
        server.sfu.kill()

        assert (await ann.fetch(await ann.sent())).content == b"Teh hijau"

    async def test_can_be_answered_but_not_worded_anew(self, ann: Talker, ben: Talker) -> None:
        message = await ann.sent()

        assert (await ben.wrote("Thanks", reply_to=message["id"]))["reply_to"] == message["id"]
        assert_problem(await ann.edit(message, "Other"), 409, "file_message_fixed")

    async def test_is_counted_by_itself(self, server: Server, ann: Talker) -> None:
        async def short() -> AsyncIterator[bytes]:
            yield b"Teh"

        for length in ("4", "2"):
            answer = await ann.send(content=short(), headers={"Content-Length": length})
            assert_problem(answer, 400, "file_incomplete")
        await assert_nothing_left(server)

    async def test_asks_for_the_size_first(self, server: Server, ann: Talker) -> None:
        async def chunked() -> AsyncIterator[bytes]:
            yield b"Teh"

        assert_problem(await ann.send(content=chunked()), 400, "file_size_missing")
        await assert_nothing_left(server)

    async def test_refuses_what_is_empty_or_too_large(self, ann: Talker) -> None:
        assert_problem(await ann.send(content=b""), 400, "file_empty")
        assert_problem(await ann.send(content=b"x" * 2001), 413, "body_too_large")
        await ann.sent(content=b"x" * 2000)

    async def test_leaves_nothing_of_what_breaks_off(self, server: Server, ann: Talker) -> None:
        sent: list[Message] = [
            {"type": "http.request", "body": b"Teh", "more_body": True},
            {"type": "http.disconnect"},
        ]
        answered: list[Message] = []

        async def receive() -> Message:
            return sent.pop(0)

        async def send(message: Message) -> None:
            answered.append(message)

        path = f"{ROOMS}/{ann.code}/files"
        headers = {"authorization": f"Bearer {ann.bearer}", "content-length": "1000"}
        scope = {
            "type": "http",
            "method": "POST",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"name=tea.txt",
            "headers": [(k.encode(), v.encode()) for k, v in headers.items()],
            "client": ("192.0.2.7", 5000),
            "server": ("localhost", 7880),
            "scheme": "http",
            "http_version": "1.1",
        }
        await server.app.asgi(scope, receive, send)

        assert answered[0]["status"] == 400
        await assert_nothing_left(server)


class TestSendTwice:
    async def test_is_done_once(self, server: Server, ann: Talker) -> None:
        first = await ann.sent(key=KEY)

        assert await ann.sent(key=KEY) == first
        assert (await messages(server), len(await stored(server)), await rows(server)) == (1, 1, 1)

    async def test_is_done_once_when_both_come_together(self, server: Server, ann: Talker) -> None:
        answers = await asyncio.gather(*(ann.sent(key=KEY) for _ in range(3)))

        assert len({answer["id"] for answer in answers}) == 1
        assert (await messages(server), len(await stored(server)), await rows(server)) == (1, 1, 1)

    async def test_is_answered_again_although_the_room_is_full(self, ann: Talker) -> None:
        first = await ann.sent(content=b"x" * 2000, key=KEY)
        await ann.sent(content=b"x" * 2000)

        assert await ann.sent(content=b"x" * 2000, key=KEY) == first

    @pytest.mark.parametrize(
        ("name", "content"), [("tea.txt", b"Kopi susu"), ("coffee.txt", b"Teh hijau")]
    )
    async def test_refuses_a_key_that_came_with_another_file(
        self, server: Server, ann: Talker, name: str, content: bytes
    ) -> None:
        await ann.sent(key=KEY)

        answer = await ann.send(name, content, key=KEY)

        assert_problem(answer, 409, "idempotency_key_reused")
        assert len(await stored(server)) == 1


class TestType:
    async def test_is_what_the_file_begins_with(self, ann: Talker) -> None:
        message = await ann.sent("photo.png", JPEG)

        assert message["file"]["type"] == "image/jpeg"

    async def test_has_to_be_one_that_is_taken(self, server: Server, ann: Talker) -> None:
        assert_problem(await ann.send("a.exe", PROGRAM), 400, "file_type_refused")
        assert_problem(await ann.send("a.pdf", PROGRAM), 400, "file_type_wrong")
        await assert_nothing_left(server)

    async def test_does_not_follow_what_the_request_says(self, ann: Talker) -> None:
        answer = await ann.send("a.txt", b"Tea", headers={"Content-Type": "text/html"})

        assert answer.json()["file"]["type"] == "text/plain"


class TestName:
    async def test_is_made_safe(self, ann: Talker) -> None:
        message = await ann.sent("..\\../etc/\u202epa;ss\r\nwd.txt")

        assert message["file"]["name"] == "pa_sswd.txt"

    @pytest.mark.parametrize("name", ["", "..", "\x00", "x" * 1001])
    async def test_is_refused_when_nothing_is_left(self, ann: Talker, name: str) -> None:
        assert_problem(await ann.send(name, b"Tea"), 422, "request_malformed")

    async def test_of_any_letters_comes_back(self, ann: Talker) -> None:
        answer = await ann.fetch(await ann.sent("Jadwal “teh” 予定.txt"))

        plain, _, encoded = answer.headers["content-disposition"].partition("; filename*=UTF-8''")
        assert plain == 'attachment; filename="Jadwal _teh_ __.txt"'
        assert unquote(encoded) == "Jadwal “teh” 予定.txt"


class TestWhoMaySend:
    @pytest.mark.parametrize(
        ("who", "guest", "chair"), [("moderators", 403, 201), ("nobody", 403, 403)]
    )
    async def test_is_what_the_room_says(
        self, server: Server, room: dict[str, str], ann: Talker, who: str, guest: int, chair: int
    ) -> None:
        leader = await host(server, room)
        await leader.call("PUT", "/settings", {"who_may_send_files": who})

        answers = await ann.send(), await leader.send()

        assert [answer.status_code for answer in answers] == [guest, chair]
        assert answers[0].json()["code"] == "files_not_allowed"
        assert len(await stored(server)) == (chair == 201)

    async def test_is_nobody_once_the_room_has_ended(
        self, server: Server, room: dict[str, str], ann: Talker
    ) -> None:
        message = await ann.sent()
        await (await host(server, room)).call("POST", "/end")

        assert_problem(await ann.send(), 410, "room_ended")
        assert (await ann.fetch(message)).status_code == 200

    async def test_is_nobody_where_chat_is_closed(
        self, server: Server, room: dict[str, str], ann: Talker
    ) -> None:
        await (await host(server, room)).call("PUT", "/settings", {"who_may_chat": "moderators"})

        assert_problem(await ann.send(), 403, "chat_not_allowed")


class TestSpace:
    async def test_of_a_room_is_not_exceeded_by_many_at_once(
        self, server: Server, ann: Talker, ben: Talker
    ) -> None:
        answers = await asyncio.gather(
            *((ann, ben)[n % 2].send(content=b"x" * 600) for n in range(20))
        )

        full = [answer for answer in answers if answer.status_code != 201]
        assert {answer.json()["code"] for answer in full} == {"room_files_full"}
        assert len(await stored(server)) == await rows(server) == 20 - len(full) == 8

    async def test_comes_back_with_a_deletion(self, ann: Talker) -> None:
        first = await ann.sent(content=b"x" * 2000)
        await ann.sent(content=b"x" * 2000)
        assert_problem(await ann.send(content=b"x" * 2000), 409, "room_files_full")

        await ann.delete(first)

        await ann.sent(content=b"x" * 2000)

    async def test_of_one_room_is_not_that_of_another(self, server: Server, ann: Talker) -> None:
        other = await seat(server, await server.create_room())
        for talker in (ann, ann, other):
            await talker.sent(content=b"x" * 2000)


class TestTooOften:
    @pytest.fixture
    def settings(self) -> Settings:
        return Settings(rates=RateSettings(files_per_minute=2))

    async def test_slows_one_person_and_not_the_others(self, ann: Talker, ben: Talker) -> None:
        for _ in range(2):
            await ann.sent()

        assert_problem(await ann.send(), 429, "too_many_requests")
        await ben.sent()


class TestDelete:
    async def test_takes_the_file_along(self, server: Server, ann: Talker) -> None:
        message = await ann.sent()

        assert (await ann.delete(message)).status_code == 204

        await assert_nothing_left(server)
        (left,) = (await ann.page())["items"]
        assert (left["file"], left["message"], left["is_deleted"]) == (None, "", True)
        assert_problem(await ann.fetch(message), 404, "file_not_found")

    async def test_of_the_room_takes_its_files_along(
        self, server: Server, room: dict[str, str], ann: Talker
    ) -> None:
        await ann.sent()
        other = await seat(server, await server.create_room())
        kept = await other.sent()
        await (await host(server, room)).call("DELETE", "")

        await server.clean_up()

        assert await stored(server) == [UUID(kept["file"]["id"])]
        assert await rows(server) == 1

    async def test_of_the_room_while_a_file_comes_leaves_nothing(
        self, server: Server, room: dict[str, str], ann: Talker
    ) -> None:
        chair = await host(server, room)

        async def slow() -> AsyncIterator[bytes]:
            yield b"Teh"
            assert (await chair.call("DELETE", "")).status_code == 204
            yield b" hijau"

        answer = await ann.send(content=slow(), headers={"Content-Length": "9"})

        assert_problem(answer, 404, "room_not_found")
        await assert_nothing_left(server)

    async def test_comes_with_age_where_rooms_forget(
        self, server: Server, room: dict[str, str], ann: Talker
    ) -> None:
        chair = await host(server, room)
        await chair.call("PUT", "/retention", {"days": 1})
        message = await ann.sent()
        server.clock.move(days=1, seconds=1)

        assert_problem(await ann.fetch(message), 404, "file_not_found")
        await server.clean_up()
        await assert_nothing_left(server)

    async def test_forgets_what_stopped_coming_after_an_hour(
        self, server: Server, ann: Talker
    ) -> None:
        lost = uuid4()
        async with server.app.work.write(SERVER) as ctx:
            row = RoomFile(id=lost, organisation_id=HOME, name="a", media_type="", size=1)
            row.created_at = server.clock()
            ctx.session.add(row)

        async def half() -> AsyncIterator[bytes]:
            yield b"x"

        await server.parts.objects.put(lost, half())
        kept = await ann.sent()

        await server.clean_up()
        assert len(await stored(server)) == 2
        server.clock.move(hours=1, seconds=1)
        await server.clean_up()
        assert await stored(server) == [UUID(kept["file"]["id"])]


class TestTooSlow:
    @pytest.fixture
    def settings(self) -> Settings:
        return Settings(objects=ObjectSettings(transfer_s=1))

    async def test_is_broken_off(self, server: Server, ann: Talker) -> None:
        async def endless() -> AsyncIterator[bytes]:
            yield b"Teh"
            await asyncio.Event().wait()

        answer = await ann.send(content=endless(), headers={"Content-Length": "1000"})

        assert_problem(answer, 503, "request_timed_out")
        await assert_nothing_left(server)


class TestStoreAway:
    @pytest.fixture
    async def away(self, server: Server) -> None:
        """A bucket that nobody answers for."""
        with socket.create_server(("127.0.0.1", 0)) as probe:
            endpoint = f"http://127.0.0.1:{probe.getsockname()[1]}"
        bucket = objects.Bucket("bucket", endpoint=endpoint, key_id="a", secret="b")
        server.parts.objects._store = objects.in_bucket(bucket)._store

    @pytest.mark.usefixtures("away")
    async def test_says_so_and_writes_no_message(self, server: Server, ann: Talker) -> None:
        assert_problem(await ann.send(), 503, "objects_unavailable")

        assert await messages(server) == 0
        assert (await ann.wrote())["message"] == "Tea?"


class TestDiskFull:
    async def test_leaves_space_for_everything_else(
        self, server: Server, ann: Talker, tmp_path: Path
    ) -> None:
        server.parts.objects._folder, server.parts.objects._reserve_bytes = tmp_path, 2**60

        assert_problem(await ann.send(), 503, "objects_full")
        await assert_nothing_left(server)


class TestInBucket:
    async def test_files_come_and_go_as_on_disk(self, server: Server, ann: Talker) -> None:
        with s3() as running:
            server.parts.objects._store = objects.in_bucket(running.make_bucket())._store
            message = await ann.sent()

            assert (await ann.fetch(message, "bytes=4-")).content == b"hijau"
            await ann.delete(message)
            await assert_nothing_left(server)
