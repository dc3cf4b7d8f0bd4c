"""Rooms whose calls are held by a LiveKit server, with LiveKit's SDK inside."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest
from factories import Server, make_parts
from livekit import rtc
from media.fake_sfu import FakeSfu
from media.livekit_server import KEY, SECRET, LivekitServer, livekit_server
from people import assert_problem
from pydantic import SecretStr
from signaling.plain_clients import listening

from jumpa.app.composition import build
from jumpa.app.keys import ApiKey
from jumpa.config import LivekitSettings, MediaSettings, Settings
from jumpa.kit.db.database import Database
from jumpa.media.livekit.engine import LivekitEngine
from jumpa.signaling import hooks

pytestmark = [
    pytest.mark.media,
    # What differs is where calls are, not where rows are.
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


@dataclass
class Rig:
    """The server, the LiveKit server that it asks, and who is inside."""

    server: Server
    livekit: LivekitServer
    engine: LivekitEngine
    rooms: list[rtc.Room] = field(default_factory=list)

    async def seat(self, code: str, **body: object) -> dict[str, Any]:
        answer = await self.server.client.post(
            f"/api/v1/rooms/{code}/join", json={"name": "Ann", **body}
        )
        assert answer.status_code == 200, answer.text
        seat: dict[str, Any] = answer.json()
        return seat

    async def enter(self, seat: dict[str, Any]) -> rtc.Room:
        room = rtc.Room()
        self.rooms.append(room)
        async with asyncio.timeout(60):
            await room.connect(seat["url"], seat["token"])
        return room

    async def listed(self, code: str, seat: dict[str, Any]) -> list[str]:
        headers = {"Authorization": f"Bearer {seat['seat']}"}
        url = f"/api/v1/rooms/{code}/participants"
        return [p["name"] for p in (await self.server.client.get(url, headers=headers)).json()]


class Hook:
    """Where webhooks arrive: the app, once it is there."""

    def __init__(self) -> None:
        self.app: Any = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401  # ASGI
        await self.app(scope, receive, send)


@pytest.fixture
async def rig(database: Database, static: Path, tmp_path: Path) -> AsyncIterator[Rig]:
    hook = Hook()
    async with listening(hook) as port:
        address = f"http://127.0.0.1:{port}{hooks.PATH}"
        async with livekit_server(tmp_path, address) as livekit:
            chosen = LivekitSettings(
                url=livekit.config.url, api_key=KEY, api_secret=SecretStr(SECRET)
            )
            settings = Settings(media=MediaSettings(engine="livekit"), livekit=chosen)
            parts, now, clock = make_parts(database, settings, FakeSfu())
            engine = LivekitEngine(livekit.config)
            parts = replace(
                parts, engine=engine, own_key=ApiKey(KEY, SECRET), clock=lambda: datetime.now(UTC)
            )
            app = build(parts, static)
            hook.app = app.asgi
            transport = httpx2.ASGITransport(app=app.asgi, client=("192.0.2.7", 5000))
            base = "http://localhost:7880"
            async with httpx2.AsyncClient(transport=transport, base_url=base) as client:
                await engine.start()
                running = Rig(Server(app, parts, client, FakeSfu(), now, clock), livekit, engine)
                yield running
                for room in running.rooms:
                    await room.disconnect()
                await engine.stop()
                await app.watch.settled()


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(60):
        while not await holds():  # noqa: ASYNC110  # asks a server that cannot tell
            await asyncio.sleep(0.02)


async def gone(room: rtc.Room) -> None:
    async def is_gone() -> bool:
        return room.connection_state == rtc.ConnectionState.CONN_DISCONNECTED

    await until(is_gone)


class TestJoin:
    async def test_leads_to_the_livekit_server_and_is_noted(self, rig: Rig) -> None:
        room = await rig.server.create_room("Tea")
        seat = await rig.seat(room["code"])

        ann = await rig.enter(seat)

        assert seat["url"] == rig.livekit.config.url
        assert ann.local_participant.attributes["role"] == "guest"

        async def is_listed() -> bool:
            return await rig.listed(room["code"], seat) == ["Ann"]

        await until(is_listed)
        await ann.disconnect()
        headers = {"Authorization": f"Bearer {room['host_secret']}"}
        url = f"/api/v1/rooms/{room['code']}/history"

        async def is_noted() -> bool:
            stays = (await rig.server.client.get(url, headers=headers)).json()["items"]
            return [stay["left_at"] is None for stay in stays] == [False]

        await until(is_noted)

    async def test_is_allowed_by_the_page_and_refused_here(self, rig: Rig) -> None:
        client = rig.server.client

        page = await client.get("/")
        signalling = await client.get("/rtc/validate")

        host = rig.livekit.config.url.partition("//")[2]
        policy = page.headers["content-security-policy"]
        assert f"ws://{host} http://{host}" in policy
        assert signalling.status_code == 404
        assert "LiveKit server" in signalling.text


class TestModeration:
    async def test_reaches_who_is_inside(self, rig: Rig) -> None:
        room = await rig.server.create_room("Tea")
        code = room["code"]
        headers = {"Authorization": f"Bearer {room['host_secret']}"}
        seat = await rig.seat(code)
        ann = await rig.enter(seat)
        path = f"/api/v1/rooms/{code}/bans/{seat['identity']}"

        answer = await rig.server.client.put(path, headers=headers)

        assert answer.status_code == 204, answer.text
        await gone(ann)
        refused = await rig.server.client.post(
            f"/api/v1/rooms/{code}/join", json={"name": "Ann", "seat": seat["seat"]}
        )
        assert_problem(refused, 403, "banned")
        # The token is still good for LiveKit; whoever comes by it is sent out again.
        with contextlib.suppress(rtc.ConnectError):
            await gone(await rig.enter(seat))

    async def test_changes_rights_and_mutes(self, rig: Rig) -> None:
        room = await rig.server.create_room("Tea")
        headers = {"Authorization": f"Bearer {room['host_secret']}"}
        seat = await rig.seat(room["code"])
        ann = await rig.enter(seat)
        me = ann.local_participant
        voice = rtc.LocalAudioTrack.create_audio_track("voice", rtc.AudioSource(48_000, 1))
        as_microphone = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE)
        await me.publish_track(voice, as_microphone)
        place = f"/api/v1/rooms/{room['code']}/participants/{seat['identity']}"

        async def is_muted() -> bool:
            answer = await rig.server.client.post(f"{place}/mute", headers=headers, json={})
            return bool(answer.json()["identities"] == [seat["identity"]])

        # The microphone is known here once the LiveKit server has told of it.
        await until(is_muted)
        changed = await rig.server.client.patch(
            place, headers=headers, json={"role": "moderator", "may_chat": False}
        )

        assert changed.status_code == 204, changed.text

        async def is_told() -> bool:
            return me.attributes["role"] == "moderator" and all(
                publication.muted for publication in me.track_publications.values()
            )

        await until(is_told)

    async def test_ends_the_call_with_the_room(self, rig: Rig) -> None:
        room = await rig.server.create_room("Tea")
        ann = await rig.enter(await rig.seat(room["code"]))
        headers = {"Authorization": f"Bearer {room['host_secret']}"}

        await rig.server.client.post(f"/api/v1/rooms/{room['code']}/end", headers=headers)

        await gone(ann)


class TestDowntime:
    async def test_of_livekit_is_told_and_passes(self, rig: Rig) -> None:
        room = await rig.server.create_room("Tea")
        seat = await rig.seat(room["code"])
        await rig.enter(seat)
        rig.livekit.end()

        answer = await rig.server.client.post(
            f"/api/v1/rooms/{room['code']}/join", json={"name": "Bob"}
        )
        assert_problem(answer, 503, "media_unavailable")
        with contextlib.suppress(Exception):
            await rig.engine.reconcile()
        assert (await rig.server.client.get("/ready")).status_code == 503
        await rig.livekit.start()
        await rig.engine.reconcile()

        assert (await rig.server.client.get("/ready")).status_code == 200
        again = await rig.enter(await rig.seat(room["code"], seat=seat["seat"]))
        assert again.connection_state == rtc.ConnectionState.CONN_CONNECTED

    async def test_of_this_server_is_made_up_for(self, rig: Rig) -> None:
        room = await rig.server.create_room("Tea")
        headers = {"Authorization": f"Bearer {room['host_secret']}"}
        seat = await rig.seat(room["code"])
        app = rig.server.app
        await rig.engine.stop()
        ann = await rig.enter(seat)

        await rig.engine.start()
        await app.watch.settled()

        url = f"/api/v1/rooms/{room['code']}/history"
        stays = (await rig.server.client.get(url, headers=headers)).json()["items"]
        assert [(stay["name"], stay["left_at"]) for stay in stays] == [("Ann", None)]
        await ann.disconnect()


class TestChat:
    async def test_is_stored_and_reaches_the_web_app_as_data(self, rig: Rig) -> None:
        room = await rig.server.create_room("Tea")
        seat = await rig.seat(room["code"])
        ann = await rig.enter(seat)
        heard: asyncio.Future[rtc.DataPacket] = asyncio.get_running_loop().create_future()
        ann.on("data_received", heard.set_result)
        headers = {"Authorization": f"Bearer {seat['seat']}"}

        answer = await rig.server.client.post(
            f"/api/v1/rooms/{room['code']}/messages", json={"message": "Halo"}, headers=headers
        )

        assert answer.status_code == 201
        packet = await asyncio.wait_for(heard, 60)
        assert packet.topic == "jumpa.text"
        assert b'"text": "Halo"' in packet.data
