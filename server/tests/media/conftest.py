"""Live rooms in virtual time."""

import pytest
from media.virtual import NOW, World

from jumpa.media.embedded.directory import Directory
from jumpa.media.embedded.ports import Ports, random_sid
from jumpa.media.embedded.settings import EmbeddedConfig


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def directory(world: World) -> Directory:
    send, emit = world.commands.append, world.events.append
    config = EmbeddedConfig()
    return Directory(Ports(send, emit, world.call_later, random_sid, lambda: NOW, config))
