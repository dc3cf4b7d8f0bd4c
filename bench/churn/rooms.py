"""A room as its host has it over the API: made, talked in, ended."""

import json
from dataclasses import dataclass
from typing import Any, Self

from bench.api.client import Client, Request
from bench.errors import BenchError

_FAILED = 400
API = "/api/v1/rooms"


@dataclass(frozen=True, slots=True)
class Seat:
    """One person's place in a room."""

    token: str
    seat: str


@dataclass(slots=True)
class Room:
    """One room; its host has a seat and need not sit on it."""

    client: Client
    code: str
    secret: str

    @classmethod
    async def create(cls, client: Client) -> Self:
        """Make one."""
        made = await _ask(client, "POST", "", body={"title": "Come and go"})
        return cls(client, made["code"], made["host_secret"])

    async def join(self, name: str, *, is_host: bool = False) -> Seat:
        """Ask for a place."""
        body: dict[str, object] = {"name": name}
        if is_host:
            body["host_secret"] = self.secret
        joined = await _ask(self.client, "POST", f"/{self.code}/join", body=body)
        return Seat(joined["token"], joined["seat"])

    async def write(self, seat: Seat, text: str) -> str:
        """Write a message; its id."""
        path = f"/{self.code}/messages"
        written = await _ask(self.client, "POST", path, seat.seat, {"message": text})
        return str(written["id"])

    async def react(self, seat: Seat, message: str) -> None:
        """Put a sign on a message."""
        path = f"/{self.code}/messages/{message}/reactions/%F0%9F%91%8D"
        await _ask(self.client, "PUT", path, seat.seat)

    async def read(self, seat: Seat) -> int:
        """Read the newest messages; how many there are."""
        found = await _ask(self.client, "GET", f"/{self.code}/messages", seat.seat)
        return len(found["items"])

    async def end(self, host: Seat) -> None:
        """End it for everybody."""
        await _ask(self.client, "POST", f"/{self.code}/end", host.seat)

    async def delete(self, host: Seat) -> None:
        """Delete it with all that was said."""
        await _ask(self.client, "DELETE", f"/{self.code}", host.seat)


async def _ask(
    client: Client, method: str, path: str, token: str = "", body: dict[str, object] | None = None
) -> dict[str, Any]:
    request = Request(path, method, API + path, token, body)
    status, answer = await client.send(request)
    if status >= _FAILED:
        raise BenchError(f"{method} {API}{path} answered {status}: {answer[:300].decode()}")
    found: dict[str, Any] = json.loads(answer) if answer else {}
    return found
