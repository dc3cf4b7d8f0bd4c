"""What the doctor says of a LiveKit server that is to hold the calls; a real one is asked."""

import socket
from collections.abc import AsyncIterator
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from livekit.protocol.room import ListRoomsRequest
from media.livekit_server import KEY, SECRET, LivekitServer, free_port, livekit_server
from pydantic import SecretStr

from jumpa.cli.doctor_livekit import examine_livekit
from jumpa.cli.finding import Finding
from jumpa.config import MediaSettings, ServerSettings, Settings
from jumpa.config.livekit import LivekitSettings
from jumpa.media.livekit.asking import asker
from jumpa.signaling import hooks


@pytest.fixture
def port() -> int:
    """Where the server would listen."""
    return free_port()


@pytest.fixture
async def livekit(tmp_path: Path, port: int) -> AsyncIterator[LivekitServer]:
    async with livekit_server(tmp_path, f"http://127.0.0.1:{port}{hooks.PATH}") as running:
        yield running


def settings(url: str, port: int, secret: str = SECRET) -> Settings:
    return Settings(
        server=ServerSettings(bind=IPv4Address("127.0.0.1"), port=port),
        media=MediaSettings(engine="livekit"),
        livekit=LivekitSettings(url=url, api_key=KEY, api_secret=SecretStr(secret)),
    )


def levels(found: list[Finding]) -> list[str]:
    return [finding.level for finding in found]


class TestExamine:
    async def test_finds_address_key_and_webhooks_well(
        self, livekit: LivekitServer, port: int
    ) -> None:
        found = await examine_livekit(settings(livekit.config.url, port), 30)

        assert levels(found) == ["ok", "ok", "ok"], found
        assert KEY in found[0].text
        assert livekit.config.url in found[1].text
        assert hooks.PATH in found[2].text

    async def test_leaves_no_room_behind(self, livekit: LivekitServer, port: int) -> None:
        found = await examine_livekit(settings(livekit.config.url, port), 30)
        async with asker(livekit.config) as asking:
            rooms = await asking.ask(lambda service: service.list_rooms(ListRoomsRequest()))

        assert levels(found) == ["ok", "ok", "ok"]
        assert not rooms.rooms

    async def test_says_when_webhooks_go_elsewhere(self, livekit: LivekitServer) -> None:
        found = await examine_livekit(settings(livekit.config.url, free_port()), 0.2)

        assert levels(found) == ["ok", "ok", "warning"]
        assert "no webhook came" in found[2].text

    async def test_says_why_webhooks_cannot_be_seen(
        self, livekit: LivekitServer, port: int
    ) -> None:
        with socket.create_server(("127.0.0.1", port)):
            taken = await examine_livekit(settings(livekit.config.url, port), 0.2)
        anywhere = await examine_livekit(settings(livekit.config.url, 0), 0.2)

        assert levels(taken) == levels(anywhere) == ["ok", "ok", "warning"]
        assert str(port) in taken[2].text
        assert "name one" in anywhere[2].text

    async def test_fails_with_a_wrong_secret(self, livekit: LivekitServer, port: int) -> None:
        wrong = settings(livekit.config.url, port, "another secret of the tests, as long as it is")

        found = await examine_livekit(wrong, 0.2)

        assert levels(found) == ["failure"]
        assert SECRET not in found[0].text

    async def test_fails_when_nobody_answers(self, port: int) -> None:
        found = await examine_livekit(settings(f"ws://127.0.0.1:{free_port()}", port), 0.2)

        assert levels(found) == ["failure"]
        assert "cannot be asked" in found[0].text

    async def test_fails_without_settings(self, port: int) -> None:
        found = await examine_livekit(settings("", port), 0.2)

        assert levels(found) == ["failure"]
        assert "livekit.url" in found[0].text

    async def test_warns_of_an_address_without_tls(self, livekit: LivekitServer, port: int) -> None:
        chosen = settings("ws://calls.example", port)
        asked = chosen.livekit.model_copy(update={"api_url": livekit.config.api_url})

        found = await examine_livekit(chosen.model_copy(update={"livekit": asked}), 30)

        assert levels(found) == ["ok", "warning", "ok"]
        assert "wss://" in found[1].text
