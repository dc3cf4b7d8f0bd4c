"""Stored messages as LiveKit's unmodified Python SDK reads them, with the real media process."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
from app.test_serving import serving, settings_in
from livekit import rtc

pytestmark = pytest.mark.media


@pytest.fixture
async def http(tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    async with (
        serving(settings_in(tmp_path)) as (found, _),
        httpx2.AsyncClient(base_url=f"{found.http}/api/v1") as client,
    ):
        yield client


class Reader:
    """Keeps what a client reads on `lk.chat`."""

    def __init__(self) -> None:
        self.room = rtc.Room()
        self.read: asyncio.Queue[tuple[str, str, str]] = asyncio.Queue()
        self.attributes: list[dict[str, str]] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self.room.register_text_stream_handler("lk.chat", self._hear)

    def _hear(self, reader: rtc.TextStreamReader, identity: str) -> None:
        self._tasks.add(asyncio.create_task(self._keep(reader, identity)))

    async def _keep(self, reader: rtc.TextStreamReader, identity: str) -> None:
        self.attributes.append(dict(reader.info.attributes or {}))
        self.read.put_nowait((reader.info.stream_id, identity, await reader.read_all()))

    async def next(self) -> tuple[str, str, str]:
        async with asyncio.timeout(60):
            return await self.read.get()


class TestStoredMessage:
    async def test_is_read_by_clients_as_written_by_its_writer(
        self, http: httpx2.AsyncClient
    ) -> None:
        room = (await http.post("/rooms", json={})).json()["code"]
        ann, budi = [
            (await http.post(f"/rooms/{room}/join", json={"name": name})).json()
            for name in ("Ann", "Budi")
        ]
        reader = Reader()
        async with asyncio.timeout(60):
            await reader.room.connect(budi["url"], budi["token"])

        for text in ("Tea?", "👋" * 4000):
            answer = await http.post(
                f"/rooms/{room}/messages",
                json={"message": text},
                headers={"Authorization": f"Bearer {ann['seat']}"},
            )

            stored = answer.json()
            assert await reader.next() == (stored["stream_id"], ann["identity"], text)

        await reader.room.disconnect()

    async def test_says_in_attributes_what_happened_to_it(self, http: httpx2.AsyncClient) -> None:
        room = (await http.post("/rooms", json={})).json()["code"]
        ann, budi = [
            (await http.post(f"/rooms/{room}/join", json={"name": name})).json()
            for name in ("Ann", "Budi")
        ]
        reader = Reader()
        async with asyncio.timeout(60):
            await reader.room.connect(budi["url"], budi["token"])
        headers = {"Authorization": f"Bearer {ann['seat']}"}
        path = f"/rooms/{room}/messages"

        first = (await http.post(path, json={"message": "Tea?"}, headers=headers)).json()["id"]
        answer = {"message": "Yes", "reply_to": first}
        second = (await http.post(path, json=answer, headers=headers)).json()["id"]
        await http.patch(f"{path}/{first}", json={"message": "Tea now?"}, headers=headers)
        await http.delete(f"{path}/{first}", headers=headers)

        assert [(await reader.next())[0] for _ in range(4)] == [first, second, first, first]
        assert reader.attributes == [
            {"jumpa.operation": "create", "jumpa.version": "1"},
            {"jumpa.operation": "create", "jumpa.version": "1", "jumpa.reply_to": first},
            {"jumpa.operation": "update", "jumpa.version": "2"},
            {"jumpa.operation": "delete", "jumpa.version": "3"},
        ]
        await reader.room.disconnect()


class TestSaidByClients:
    async def test_lasts(self, http: httpx2.AsyncClient) -> None:
        code = (await http.post("/rooms", json={})).json()["code"]
        joined = (await http.post(f"/rooms/{code}/join", json={"name": "Ann"})).json()
        room = rtc.Room()
        async with asyncio.timeout(60):
            await room.connect(joined["url"], joined["token"])

        long = "👋" * 4000
        sent = [
            await room.local_participant.send_text(text, topic="lk.chat") for text in ("Tea?", long)
        ]
        await room.local_participant.send_text("not chat", topic="lk.other")

        headers = {"Authorization": f"Bearer {joined['seat']}"}
        stored: list[dict[str, str]] = []
        async with asyncio.timeout(60):
            while len(stored) < len(sent):
                page = (await http.get(f"/rooms/{code}/messages", headers=headers)).json()
                stored = page["items"]
        assert [m["message"] for m in stored] == [long, "Tea?"]
        assert [m["stream_id"] for m in stored] == [info.stream_id for info in reversed(sent)]
        await room.disconnect()
