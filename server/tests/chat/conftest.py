"""The room in which the tests of chat talk."""

import pytest
from chat.talking import Talker, seat
from factories import Server


@pytest.fixture
async def room(server: Server) -> dict[str, str]:
    return await server.create_room("Tea")


@pytest.fixture
async def ann(server: Server, room: dict[str, str]) -> Talker:
    return await seat(server, room, "Ann")


@pytest.fixture
async def ben(server: Server, room: dict[str, str]) -> Talker:
    return await seat(server, room, "Ben")
