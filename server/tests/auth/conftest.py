"""A provider of an organisation."""

from collections.abc import AsyncIterator

import pytest
from auth.idp import Idp
from hosts import serving


@pytest.fixture
async def idp() -> AsyncIterator[Idp]:
    made = Idp()
    async with serving(made.handle) as port:
        made.port = port
        yield made
