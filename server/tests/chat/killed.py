"""A server of its own that dies by SIGKILL at a step of writing a message.

Arguments: database URL, room code, seat, idempotency key, step.
"""

import asyncio
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

import httpx2
from factories import RING, make_parts
from media.fake_sfu import FakeSfu
from sqlalchemy import make_url
from typing_extensions import override

from jumpa.app.composition import build
from jumpa.config import Settings
from jumpa.kit.db.database import Database
from jumpa.kit.keyring import KeyRing
from jumpa.media.embedded.engine import EmbeddedEngine
from jumpa.media.embedded.settings import EmbeddedConfig
from jumpa.media.streams import TextStream


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class DyingRing(KeyRing):
    """Dies when the answer is kept: the message is written, and not committed."""

    @override
    def seal(self, text: str, purpose: str) -> str:
        die()
        return super().seal(text, purpose)


class DyingEngine(EmbeddedEngine):
    """Dies when the live room is to hear of a message that is stored."""

    @override
    async def send_text(self, stream: TextStream) -> None:
        die()
        await super().send_text(stream)


async def write(url: str, code: str, seat: str, key: str, step: str) -> None:
    sfu = FakeSfu()
    parts, _, _ = make_parts(Database(make_url(url)), Settings(), sfu)
    if step == "store":
        parts = replace(parts, ring=DyingRing(RING.current, RING.keys))
    else:
        parts = replace(parts, engine=DyingEngine(EmbeddedConfig(), launch=sfu))
    app = build(parts, Path(mkdtemp()))
    transport = httpx2.ASGITransport(app.asgi)
    async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as client:
        await client.post(
            f"/api/v1/rooms/{code}/messages",
            json={"message": "Tea?"},
            headers={"Authorization": f"Bearer {seat}", "Idempotency-Key": key},
        )


if __name__ == "__main__":
    asyncio.run(write(*sys.argv[1:]))
