"""A whole server in this process, with the real media process."""

import asyncio
import contextlib
import os
import signal
import socket
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
from jumpa.kit.storage import DataFolderError
from jumpa.kit.tls import CertificateError
from jumpa.media.access import Claims, VideoGrants, mint
from jumpa.media.errors import MediaUnavailableError

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


def token(room: str, metadata: str = "") -> str:
    grants = VideoGrants(room_join=True, room=room)
    claims = Claims(identity="ann", video=grants, metadata=metadata)
    return mint(api_key=FOREIGN_KEY, secret=FOREIGN_SECRET, claims=claims, clock=system_clock)


class TestServe:
    async def test_names_the_port_that_it_took_in_letters(self, tmp_path: Path) -> None:
        body = {
            "email": "ayu@example.com",
            "password": "a cold tea at dusk",
            "first_name": "Ayu",
            "last_name": "Lestari",
        }
        outbox = tmp_path / "data" / "outbox"

        async with serving(settings_in(tmp_path)) as (found, _), httpx2.AsyncClient() as client:
            await client.post(f"{found.http}/api/v1/auth/register", json=body)
            async with asyncio.timeout(30):
                while not list(outbox.glob("*")):
                    await client.get(f"{found.http}/health")

        letter = next(outbox.glob("*")).read_bytes()
        port = found.http.rpartition(":")[2]
        assert f"http://localhost:{port}/verify-email".encode() in letter

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

    @pytest.mark.parametrize(
        ("trusted", "expected"), [(["127.0.0.1"], "wss://meet.example"), ([], "ws://meet.example")]
    )
    async def test_believes_forwarded_headers_of_trusted_proxies_only(
        self, tmp_path: Path, trusted: list[str], expected: str
    ) -> None:
        forwarded = {"X-Forwarded-Proto": "https", "Host": "meet.example"}
        async with (
            serving(settings_in(tmp_path, trusted_proxies=trusted)) as (found, _),
            httpx2.AsyncClient(base_url=found.http, headers=forwarded) as http,
        ):
            room = (await http.post("/api/v1/rooms", json={})).json()
            path = f"/api/v1/rooms/{room['code']}"
            joined = (await http.post(f"{path}/join", json={"name": "Ayu"})).json()

        assert joined["url"] == expected

    async def test_serves_every_family_that_the_machine_has(self, tmp_path: Path) -> None:
        has_both = socket.has_dualstack_ipv6()
        bind, hosts = ("::", ("127.0.0.1", "[::1]")) if has_both else ("0.0.0.0", ("127.0.0.1",))
        async with serving(settings_in(tmp_path, bind=bind, https="off")) as (found, _):
            port = found.http.rpartition(":")[2]
            async with httpx2.AsyncClient() as http:
                answers = [await http.get(f"http://{host}:{port}/metrics") for host in hosts]

        assert [answer.status_code for answer in answers] == [200] * len(hosts)

    async def test_keeps_rooms_and_keys_over_a_restart(self, tmp_path: Path) -> None:
        async with (
            serving(settings_in(tmp_path)) as (found, _),
            httpx2.AsyncClient(base_url=found.http) as http,
        ):
            room = (await http.post("/api/v1/rooms", json={"title": "Rapat"})).json()
            path = f"/api/v1/rooms/{room['code']}"
            guest = (await http.post(f"{path}/join", json={"name": "Ayu"})).json()

        async with (
            serving(settings_in(tmp_path)) as (found, _),
            httpx2.AsyncClient(base_url=found.http) as http,
        ):
            again = (await http.get(path)).json()
            valid = await http.get("/rtc/validate", params={"access_token": guest["token"]})
            seated = await http.post(f"{path}/join", json={"name": "Ayu", "seat": guest["seat"]})

        assert again["title"] == "Rapat"
        assert valid.status_code == 200
        assert seated.json()["identity"] == guest["identity"]

    async def test_takes_a_join_that_says_a_lot(self, tmp_path: Path) -> None:
        access_token = token("tea", metadata="x" * 20_000)
        async with serving(settings_in(tmp_path)) as (found, _):
            address = f"{found.http.replace('http', 'ws')}/rtc?access_token={access_token}"
            async with websockets.connect(address, proxy=None) as connection:
                joined = rtc.SignalResponse.FromString(await connection.recv(decode=False))

        assert len(joined.join.participant.metadata) == 20_000

    async def test_leaves_a_folder_alone_that_another_server_has(self, tmp_path: Path) -> None:
        async with serving(settings_in(tmp_path)) as (found, _):
            with pytest.raises(DataFolderError, match="in use by another server"):
                await serve(settings_in(tmp_path), lambda _: None)

            async with httpx2.AsyncClient(base_url=found.http) as http:
                made = await http.post("/api/v1/rooms", json={})
            assert made.status_code == 201
            assert (tmp_path / "data" / "serve.json").exists()

    async def test_says_that_the_media_process_is_missing(self, tmp_path: Path) -> None:
        told = settings_in(tmp_path).model_dump()
        told["media"]["sfu_binary"] = "/nowhere/jumpa-sfu"

        with pytest.raises(MediaUnavailableError, match="/nowhere/jumpa-sfu"):
            await serve(Settings.model_validate(told), lambda _: None)

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
        assert any("database in the data folder answers" in finding.text for finding in findings)

    async def test_warns_of_an_address_that_only_this_house_reaches(self, tmp_path: Path) -> None:
        told = settings_in(tmp_path).model_dump()
        told["media"]["addresses"] = ["192.168.7.7"]

        findings = await examine(Settings.model_validate(told))

        [warning] = [finding.text for finding in findings if finding.level == "warning"]
        assert "192.168.7.7 is private" in warning

    @pytest.mark.parametrize(
        ("group", "changes", "reason"),
        [
            ("media", {"sfu_binary": "/nowhere"}, "the media process does not start"),
            ("storage", {"data": "/proc/nowhere"}, "cannot be created"),
            ("auth", {"api_key_file": "/nowhere"}, "cannot be read"),
            ("media", {"udp_port": 0, "addresses": ["224.0.0.1"]}, "could reach"),
            ("database", {"url": "postgresql://me@/x?host=/nowhere"}, "database cannot be used"),
        ],
    )
    async def test_says_what_would_fail(
        self, tmp_path: Path, group: str, changes: dict[str, object], reason: str
    ) -> None:
        told = settings_in(tmp_path).model_dump()
        settings = Settings.model_validate({**told, group: {**told[group], **changes}})

        failures = [finding.text for finding in await examine(settings) if finding.is_failure]

        assert any(reason in failure for failure in failures)
