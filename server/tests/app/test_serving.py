"""A whole server in this process, with the real media process."""

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import pytest
import websockets
from factories import FOREIGN_KEY, FOREIGN_SECRET
from livekit.protocol import rtc

from jumpa.app.running import ServeAddresses, serve
from jumpa.cli.doctor import examine
from jumpa.config import Settings
from jumpa.kit.clock import system_clock
from jumpa.kit.tls import CertificateError
from jumpa.media.access import Claims, VideoGrants, mint

pytestmark = pytest.mark.media

Action = rtc.LeaveRequest.Action


def settings_in(folder: Path, **server: object) -> Settings:
    return Settings.model_validate(
        {
            "server": {"bind": "127.0.0.1", "port": 0, "stop_timeout_s": 1, **server},
            "media": {"udp_port": 0},
            "auth": {"api_keys": {FOREIGN_KEY: FOREIGN_SECRET}},
            "storage": {"data": folder / "data"},
        }
    )


@asynccontextmanager
async def serving(settings: Settings) -> AsyncIterator[tuple[ServeAddresses, asyncio.Task[None]]]:
    """Serve until the block ends, or until a test sends the signal itself."""
    ready: asyncio.Queue[ServeAddresses] = asyncio.Queue()
    task = asyncio.create_task(serve(settings, ready.put_nowait))
    async with asyncio.timeout(60):
        found = await ready.get()
    try:
        yield found, task
    finally:
        if not task.done():
            os.kill(os.getpid(), signal.SIGTERM)
        async with asyncio.timeout(60):
            await task


def token(room: str) -> str:
    claims = Claims(identity="ann", video=VideoGrants(room_join=True, room=room))
    return mint(api_key=FOREIGN_KEY, secret=FOREIGN_SECRET, claims=claims, clock=system_clock)


class TestServe:
    async def test_tells_clients_to_come_back_before_it_stops(self, tmp_path: Path) -> None:
        async with serving(settings_in(tmp_path)) as (found, task):
            url = f"{found.http.replace('http', 'ws', 1)}/rtc?access_token={token('tea')}"
            async with websockets.connect(url, proxy=None) as client:
                joined = rtc.SignalResponse.FromString(await client.recv(decode=False))
                os.kill(os.getpid(), signal.SIGTERM)
                said = [
                    rtc.SignalResponse.FromString(frame)
                    async for frame in client
                    if isinstance(frame, bytes)
                ]
            async with asyncio.timeout(60):
                await task

        leaves = [message.leave for message in said if message.WhichOneof("message") == "leave"]
        assert joined.WhichOneof("message") == "join"
        assert [leave.action for leave in leaves] == [Action.RECONNECT]
        assert not (tmp_path / "data" / "serve.json").exists()

    async def test_refuses_a_frame_far_beyond_the_limit_and_goes_on(self, tmp_path: Path) -> None:
        async with serving(settings_in(tmp_path)) as (found, _):
            url = f"{found.http.replace('http', 'ws', 1)}/rtc?access_token={token('tea')}"
            async with websockets.connect(url, proxy=None) as client:
                with contextlib.suppress(websockets.ConnectionClosed):
                    await client.send(b"\x00" * (3 * 1024 * 1024))
                async with asyncio.timeout(10):
                    await client.wait_closed()
            async with httpx2.AsyncClient(base_url=found.http) as http:
                assert (await http.get("/ready")).status_code == 200

    async def test_forgets_the_addresses_of_a_server_that_was_killed(self, tmp_path: Path) -> None:
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "serve.json").write_text("stale")
        settings = settings_in(tmp_path, certificate="/nowhere", certificate_key="/nowhere")

        with pytest.raises(CertificateError):
            await serve(settings, lambda _: None)

        assert not (tmp_path / "data" / "serve.json").exists()


class TestExamine:
    async def test_finds_everything_well(self, tmp_path: Path) -> None:
        findings = await examine(settings_in(tmp_path, https="on"))

        assert [str(finding) for finding in findings if finding.level != "ok"] == []
        assert any("certificate" in finding.text for finding in findings)

    @pytest.mark.parametrize(
        ("group", "changes", "reason"),
        [
            ("media", {"sfu_binary": "/nowhere"}, "the media process does not start"),
            ("storage", {"data": "/proc/nowhere"}, "cannot be created"),
            ("auth", {"api_key_file": "/nowhere"}, "cannot be read"),
            ("media", {"udp_port": 0, "addresses": ["224.0.0.1"]}, "could reach"),
        ],
    )
    async def test_says_what_would_fail(
        self, tmp_path: Path, group: str, changes: dict[str, object], reason: str
    ) -> None:
        told = settings_in(tmp_path).model_dump()
        settings = Settings.model_validate({**told, group: {**told[group], **changes}})

        failures = [finding.text for finding in await examine(settings) if finding.is_failure]

        assert any(reason in failure for failure in failures)
