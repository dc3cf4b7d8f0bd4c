"""People of one room who talk to each other."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx2
from factories import Server
from livekit.protocol import models

from jumpa.media.embedded import sfu_pb2

ROOMS = "/api/v1/rooms"


@dataclass
class Talker:
    """Somebody in a room, with whatever proves it."""

    server: Server
    code: str
    bearer: str
    identity: str = ""

    async def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        headers: dict[str, str] | None = None,
        query: dict[str, object] | None = None,
    ) -> httpx2.Response:
        return await self.server.client.request(
            method,
            f"{ROOMS}/{self.code}{path}",
            headers={"Authorization": f"Bearer {self.bearer}", **(headers or {})},
            params=query,  # type: ignore[arg-type]  # texts and numbers
            **({"content": body} if isinstance(body, bytes) else {"json": body}),
        )

    async def write(
        self, message: str = "Tea?", *, key: str | None = None, **more: object
    ) -> httpx2.Response:
        headers = {"Idempotency-Key": key} if key else {}
        return await self.call("POST", "/messages", {"message": message, **more}, headers=headers)

    async def wrote(
        self, message: str = "Tea?", *, key: str | None = None, **more: object
    ) -> dict[str, Any]:
        """Write, and return what was stored."""
        answer = await self.write(message, key=key, **more)
        assert answer.status_code == 201, answer.text
        stored: dict[str, Any] = answer.json()
        return stored

    async def send(
        self,
        name: str = "tea.txt",
        content: bytes | AsyncIterator[bytes] = b"Teh hijau",
        *,
        key: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> httpx2.Response:
        """Send a file."""
        return await self.server.client.post(
            f"{ROOMS}/{self.code}/files",
            params={"name": name},
            content=content,
            headers={
                "Authorization": f"Bearer {self.bearer}",
                **({"Idempotency-Key": key} if key else {}),
                **(headers or {}),
            },
        )

    async def sent(
        self, name: str = "tea.txt", content: bytes = b"Teh hijau", *, key: str | None = None
    ) -> dict[str, Any]:
        """Send a file, and return its message."""
        answer = await self.send(name, content, key=key)
        assert answer.status_code == 201, answer.text
        message: dict[str, Any] = answer.json()
        return message

    async def fetch(self, message: dict[str, Any], asked: str | None = None) -> httpx2.Response:
        """Fetch the file of a message."""
        headers = {"Range": asked} if asked else {}
        return await self.call("GET", f"/files/{message['file']['id']}", headers=headers)

    async def edit(
        self, message: dict[str, Any], text: str, headers: dict[str, str] | None = None
    ) -> httpx2.Response:
        path = f"/messages/{message['id']}"
        return await self.call("PATCH", path, {"message": text}, headers=headers)

    async def delete(self, message: dict[str, Any]) -> httpx2.Response:
        return await self.call("DELETE", f"/messages/{message['id']}")

    async def react(self, message: dict[str, Any], emoji: str = "👍") -> httpx2.Response:
        return await self.call("PUT", f"/messages/{message['id']}/reactions/{emoji}")

    async def page(self, **query: object) -> dict[str, Any]:
        answer = await self.call("GET", "/messages", query=query)
        assert answer.status_code == 200, answer.text
        page: dict[str, Any] = answer.json()
        return page

    async def read(self, **query: object) -> list[str]:
        """Return the texts that are listed."""
        return [message["message"] for message in (await self.page(**query))["items"]]


async def seat(server: Server, room: dict[str, str], name: str = "Ayu", **more: str) -> Talker:
    """Join as a guest."""
    body = {"name": name, **more}
    joined = (await server.client.post(f"{ROOMS}/{room['code']}/join", json=body)).json()
    return Talker(server, room["code"], joined["seat"], joined["identity"])


async def host(server: Server, room: dict[str, str]) -> Talker:
    """Join as the guest who made the room."""
    return await seat(server, room, "Host", host_secret=room["host_secret"])


def packets(server: Server) -> list[models.DataPacket]:
    """Return what live rooms were sent."""
    told: list[sfu_pb2.Command] = server.sfu.told("send_data")
    return [models.DataPacket.FromString(command.send_data.packet) for command in told]
