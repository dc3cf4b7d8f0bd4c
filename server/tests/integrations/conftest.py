"""Services that people connect, and a person who may."""

from collections.abc import Iterator

import pytest
from factories import Server
from integrations.connecting import Connected
from integrations.google_service import Google
from integrations.graph_service import Graph
from integrations.standing import settings_of, standing
from meetings.planned import Planner
from people import sign_in

from jumpa.config import Settings


@pytest.fixture
def google() -> Google:
    return Google()


@pytest.fixture
def graph() -> Graph:
    return Graph()


@pytest.fixture
def origin(google: Google, graph: Graph) -> Iterator[str]:
    with standing(google, graph) as address:
        yield address


@pytest.fixture
def settings(origin: str) -> Settings:
    return Settings.model_validate({**settings_of(origin)})


@pytest.fixture
async def ayu(server: Server) -> Connected:
    return Connected(Planner(server, await sign_in(server)))
