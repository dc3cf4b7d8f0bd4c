"""The real program: `jumpa serve` and `jumpa doctor`, with the real media process."""

import asyncio
import json
import os
import signal
import socket
import sqlite3
import ssl
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest

pytestmark = pytest.mark.media

FREE = ("--bind", "127.0.0.1", "--port", "0", "--udp-port", "0")
Process = asyncio.subprocess.Process
Start = Callable[..., Awaitable[Process]]


@pytest.fixture
async def start(tmp_path: Path) -> AsyncIterator[Start]:
    """Start `jumpa` with these words in an empty folder."""
    started: list[Process] = []

    async def start(*words: str, **variables: str) -> Process:
        kept = {k: v for k, v in os.environ.items() if k in {"JUMPA_SFU_BINARY", "PATH"}}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "jumpa",
            *words,
            cwd=tmp_path,
            env={**kept, **variables},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def until_ready(process: Process) -> str:
    """Return what the terminal shows until the server is ready."""
    assert process.stdout is not None
    lines = []
    async with asyncio.timeout(60):
        while line := await process.stdout.readline():
            lines.append(line.decode())
            if "Ctrl+C" in lines[-1]:
                break
    return "".join(lines)


def addresses(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "data" / "serve.json").read_text())
    return found


async def _logged(process: Process) -> bytes:
    assert process.stderr is not None
    return await process.stderr.readline()


async def ended(process: Process) -> tuple[int, str]:
    async with asyncio.timeout(60):
        _, complaints = await process.communicate()
    return process.returncode or 0, complaints.decode()


class TestServe:
    async def test_serves_until_it_is_told_to_stop(self, start: Start, tmp_path: Path) -> None:
        process = await start("serve", *FREE)
        shown = await until_ready(process)
        found = addresses(tmp_path)

        async with httpx2.AsyncClient(base_url=found["http"]) as client:
            ready = await client.get("/ready")
            room = (await client.post("/api/v1/rooms", json={})).json()
            joined = (
                await client.post(f"/api/v1/rooms/{room['code']}/join", json={"name": "A"})
            ).json()
            valid = await client.get("/rtc/validate", params={"access_token": joined["token"]})
        process.send_signal(signal.SIGTERM)
        status, complaints = await ended(process)

        assert (ready.status_code, valid.status_code, status) == (200, 200, 0)
        assert found["http"] in shown
        assert found["media"][0] in shown
        assert found["pid"] == process.pid
        assert found["https"] is None
        assert not (tmp_path / "data" / "serve.json").exists()
        assert joined["token"] not in complaints
        assert all(json.loads(line) for line in complaints.splitlines())

    async def test_serves_https_with_its_own_certificate(
        self, start: Start, tmp_path: Path
    ) -> None:
        process = await start("serve", *FREE, "--https", "on", LANG="id_ID.UTF-8")
        shown = await until_ready(process)
        found = addresses(tmp_path)
        trust = ssl.create_default_context(cafile=str(tmp_path / "data" / "certificate.pem"))

        async with httpx2.AsyncClient(base_url=found["https"], verify=trust) as client:
            health = await client.get("/health")
            room = (await client.post("/api/v1/rooms", json={})).json()
            joined = await client.post(f"/api/v1/rooms/{room['code']}/join", json={"name": "A"})

        assert health.status_code == 200
        assert "Jumpa siap." in shown
        assert room["url"].startswith("https://")
        assert joined.json()["url"].startswith("wss://")

    async def test_says_that_its_port_is_taken(self, start: Start) -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]
            process = await start(
                "serve", "--bind", "127.0.0.1", "--port", str(port), "--udp-port", "0"
            )
            status, complaints = await ended(process)

        assert status == 1
        assert f"Port {port} on 127.0.0.1 cannot be opened" in complaints
        assert "--port" in complaints
        assert "Traceback" not in complaints


class TestInterrupt:
    async def test_ends_at_once_the_second_time(self, start: Start, tmp_path: Path) -> None:
        process = await start("serve", *FREE, JUMPA_SERVER__STOP_TIMEOUT_S="600")
        await until_ready(process)
        assert process.stderr is not None
        host, port = addresses(tmp_path)["http"].removeprefix("http://").split(":")
        _, writer = await asyncio.open_connection(host, int(port))
        head = b"POST /api/v1/rooms HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n"
        writer.write(head + b"Expect: 100-continue\r\nContent-Type: application/json\r\n\r\n")
        await writer.drain()

        process.send_signal(signal.SIGINT)
        async with asyncio.timeout(60):
            while b'"stopping"' not in await process.stderr.readline():
                pass
        process.send_signal(signal.SIGINT)
        status, _ = await ended(process)
        writer.close()

        assert status == 130
        assert not (tmp_path / "data" / "serve.json").exists()


class TestDoctor:
    async def test_fails_when_a_port_is_taken(self, start: Start) -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = str(other.getsockname()[1])
            process = await start("doctor", "--bind", "127.0.0.1", "--port", port)
            async with asyncio.timeout(60):
                out, _ = await process.communicate()

        assert process.returncode == 1
        assert b"failure" in out
        assert port.encode() in out


class TestFirstAdministrator:
    async def test_is_offered_until_there_is_one(self, start: Start, tmp_path: Path) -> None:
        (tmp_path / "password").write_text("a cold tea at dusk")
        words = ("--email", "a@example.com", "--first-name", "A", "--last-name", "B", "--admin")

        first = await start("serve", *FREE)
        shown = await until_ready(first)
        made = await start("user", "create", *words, "--password-file", "password")
        assert (await ended(made))[0] == 0
        first.send_signal(signal.SIGTERM)
        await ended(first)
        second = await start("serve", *FREE)

        assert "jumpa user create --admin" in shown
        assert "jumpa user create" not in await until_ready(second)


class TestKilled:
    async def test_loses_no_letter_that_it_promised(self, start: Start, tmp_path: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            shut = str(probe.getsockname()[1])
        away = {"JUMPA_MAIL__HOST": "127.0.0.1", "JUMPA_MAIL__PORT": shut}
        first = await start("serve", *FREE, **away)
        await until_ready(first)
        body = {
            "email": "ayu@example.com",
            "password": "a cold tea at dusk",
            "first_name": "Ayu",
            "last_name": "Lestari",
        }
        async with httpx2.AsyncClient(base_url=addresses(tmp_path)["http"]) as client:
            answer = await client.post("/api/v1/auth/register", json=body)
        first.kill()
        await first.wait()

        with sqlite3.connect(tmp_path / "data" / "jumpa.db") as database:
            database.execute("UPDATE jobs SET due_at = '2026-01-01 00:00:00'")
        database.close()
        second = await start("serve", *FREE)
        await until_ready(second)
        outbox = tmp_path / "data" / "outbox"
        letters: list[Path] = []
        while not letters:
            # Each line of the log may be the one that tells of the letter.
            async with asyncio.timeout(60):
                assert await _logged(second)
            letters = list(outbox.glob("*.eml"))

        assert answer.status_code == 202
        assert "To: ayu@example.com" in letters[0].read_text()
