"""A server of its own that dies by SIGKILL at a step of sending a file.

Arguments: database URL, folder of files, room code, seat, idempotency key, fail point.
"""

import asyncio
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

import httpx2
from factories import make_parts
from media.fake_sfu import FakeSfu
from sqlalchemy import make_url

from jumpa.app.composition import build
from jumpa.config import Settings
from jumpa.kit import failpoints, objects
from jumpa.kit.db.database import Database


async def send(url: str, folder: str, *named: str) -> None:
    code, seat, key, point = named
    parts, _, _ = make_parts(Database(make_url(url)), Settings(), FakeSfu())
    app = build(replace(parts, objects=objects.on_disk(Path(folder))), Path(mkdtemp()))
    failpoints.arm(f"{point}:kill")
    transport = httpx2.ASGITransport(app.asgi)
    async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as client:
        await client.post(
            f"/api/v1/rooms/{code}/files?name=tea.txt",
            content=b"Teh hijau",
            headers={"Authorization": f"Bearer {seat}", "Idempotency-Key": key},
        )


if __name__ == "__main__":
    asyncio.run(send(*sys.argv[1:]))
