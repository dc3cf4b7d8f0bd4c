"""Moderation as LiveKit's unmodified Python SDK feels it, with the real media process."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from app.test_serving import serving, settings_in
from livekit import rtc
from livekit.protocol import models
from livekit.rtc.room import EventTypes
from signaling.test_sdk import publish_tone

pytestmark = pytest.mark.media


@dataclass
class Inside:
    """Somebody who is connected."""

    room: rtc.Room
    identity: str
    url: str
    token: str


@dataclass
class Live:
    """A room of a running server, as its host acts on it."""

    http: httpx2.AsyncClient
    code: str
    headers: dict[str, str]

    async def act(self, method: str, path: str, body: object = None) -> httpx2.Response:
        url = f"/api/v1/rooms/{self.code}{path}"
        answer = await self.http.request(method, url, json=body, headers=self.headers)
        assert answer.status_code < 300, answer.text
        return answer

    async def join(self, name: str) -> httpx2.Response:
        return await self.http.post(f"/api/v1/rooms/{self.code}/join", json={"name": name})

    async def enter(self, name: str) -> Inside:
        joined = (await self.join(name)).json()
        room = rtc.Room()
        async with asyncio.timeout(60):
            await room.connect(joined["url"], joined["token"])
        return Inside(room, joined["identity"], joined["url"], joined["token"])


@pytest.fixture
async def live(tmp_path: Path) -> AsyncIterator[Live]:
    async with (
        serving(settings_in(tmp_path)) as (found, _),
        httpx2.AsyncClient(base_url=found.http) as http,
    ):
        made = (await http.post("/api/v1/rooms", json={"title": "Tea"})).json()
        yield Live(http, made["code"], {"Authorization": f"Bearer {made['host_secret']}"})


async def heard(room: rtc.Room, event: EventTypes) -> asyncio.Event:
    """Return what is set once the SDK tells of the event."""
    happened = asyncio.Event()
    room.on(event, lambda *_: happened.set())
    return happened


async def until(happened: asyncio.Event) -> None:
    async with asyncio.timeout(60):
        await happened.wait()


class TestMute:
    async def test_silences_one_at_once(self, live: Live) -> None:
        ayu, budi = await live.enter("Ayu"), await live.enter("Budi")
        published = await heard(ayu.room, "track_subscribed")
        await publish_tone(budi.room)
        # The SDK says so before the track is agreed on, and what is not there cannot be muted.
        await until(published)
        muted = await heard(budi.room, "track_muted")

        answer = await live.act("POST", f"/participants/{budi.identity}/mute", {})
        everybody = await live.act("POST", "/mute", {})

        await until(muted)
        assert answer.json()["identities"] == [budi.identity]
        assert everybody.json()["identities"] == []
        for inside in (ayu, budi):
            await inside.room.disconnect()


class TestPermission:
    async def test_takes_a_microphone_off_the_air(self, live: Live) -> None:
        ayu, budi = await live.enter("Ayu"), await live.enter("Budi")
        published = await heard(ayu.room, "track_subscribed")
        await publish_tone(budi.room)
        await until(published)
        gone = await heard(ayu.room, "track_unpublished")

        await live.act("PATCH", f"/participants/{budi.identity}", {"may_unmute": False})

        await until(gone)
        await ayu.room.disconnect()
        await budi.room.disconnect()

    async def test_shows_a_raised_hand_to_every_client(self, live: Live) -> None:
        ayu = await live.enter("Ayu")
        joined = (await live.join("Budi")).json()
        budi = rtc.Room()
        await budi.connect(joined["url"], joined["token"])
        raised = await heard(ayu.room, "participant_attributes_changed")

        answer = await live.http.put(
            f"/api/v1/rooms/{live.code}/participants/{joined['identity']}/hand",
            headers={"Authorization": f"Bearer {joined['seat']}"},
        )

        assert answer.status_code == 204
        await until(raised)
        assert "hand" in ayu.room.remote_participants[joined["identity"]].attributes
        await ayu.room.disconnect()
        await budi.disconnect()


class TestRemoveAndBan:
    @pytest.mark.parametrize(
        ("method", "path"), [("DELETE", "/participants/{}"), ("PUT", "/bans/{}")]
    )
    async def test_end_the_connection_and_its_token(
        self, live: Live, method: str, path: str
    ) -> None:
        budi = await live.enter("Budi")
        gone: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        budi.room.on("disconnected", gone.set_result)

        await live.act(method, path.format(budi.identity))

        async with asyncio.timeout(60):
            assert await gone == models.DisconnectReason.PARTICIPANT_REMOVED
        with pytest.raises(rtc.ConnectError):
            await rtc.Room().connect(budi.url, budi.token)
