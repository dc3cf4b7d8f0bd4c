"""Somebody who plans meetings."""

import pytest
from factories import Server
from meetings.planned import Planner
from people import sign_in


@pytest.fixture
async def ayu(server: Server) -> Planner:
    return Planner(server, await sign_in(server))
