"""A meeting with somebody of every role, and rooms whose calls are held by either engine."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from factories import Server
from media.livekit_server import KEY, SECRET, LivekitServer, free_port
from pydantic import SecretStr
from rooms.meetings import Meeting, People, gather_people

from jumpa.app.composition import Parts
from jumpa.app.keys import ApiKey
from jumpa.config import LivekitSettings, MediaSettings
from jumpa.media.livekit.engine import LivekitEngine


@pytest.fixture
async def people(server: Server) -> People:
    return await gather_people(server)


@pytest.fixture
async def meeting(people: People) -> Meeting:
    return await people.meet(title="Tea")


@pytest.fixture(scope="session")
def livekit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LivekitServer]:
    """A livekit-server for all rooms of the run; nobody hears its webhooks."""
    running = LivekitServer(tmp_path_factory.mktemp("livekit"), "http://127.0.0.1:9", free_port())
    asyncio.run(running.start())
    yield running
    running.end()


@pytest.fixture(params=["embedded"])
def engine_kind(request: pytest.FixtureRequest) -> str:
    """What holds the calls; `on_both_engines` asks for the LiveKit server, too."""
    kind: str = request.param
    return kind


@pytest.fixture
def arranged(request: pytest.FixtureRequest, engine_kind: str) -> Callable[[Parts], Parts]:
    if engine_kind == "embedded":
        return lambda parts: parts
    config = request.getfixturevalue("livekit").config
    chosen = LivekitSettings(url=config.url, api_key=KEY, api_secret=SecretStr(SECRET))
    media = MediaSettings(engine="livekit")

    def on_livekit(parts: Parts) -> Parts:
        settings = parts.settings.model_copy(update={"media": media, "livekit": chosen})
        return replace(
            parts, settings=settings, engine=LivekitEngine(config), own_key=ApiKey(KEY, SECRET)
        )

    return on_livekit
