"""Somebody who is told news."""

import pytest
from factories import Server
from people import SignedIn, sign_in

from jumpa.config import Settings


@pytest.fixture
def settings() -> Settings:
    return Settings.model_validate({"outbound": {"allowed_hosts": ["localhost"]}})


@pytest.fixture
async def ayu(server: Server) -> SignedIn:
    return await sign_in(server)
