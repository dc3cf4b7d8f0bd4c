"""Somebody who takes their data along."""

import pytest
from exports.taking import Owner, owner
from factories import Server


@pytest.fixture
async def ayu(server: Server) -> Owner:
    return await owner(server)
