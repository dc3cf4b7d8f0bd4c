"""A meeting with somebody of every role."""

import pytest
from factories import Server
from rooms.meetings import Meeting, People, gather_people


@pytest.fixture
async def people(server: Server) -> People:
    return await gather_people(server)


@pytest.fixture
async def meeting(people: People) -> Meeting:
    return await people.meet(title="Tea")
