"""People of the tests who take their data along."""

import io
import json
import zipfile
from dataclasses import dataclass, field
from typing import Any

from chat.talking import Talker
from factories import Server
from people import SignedIn, sign_in, sign_in_again

EXPORT = "/users/export"


@dataclass
class Owner:
    """Somebody with rooms, messages and the rest, and what they can take along."""

    server: Server
    person: SignedIn
    code: str = field(default="")

    async def ask(self) -> dict[str, Any]:
        answer = await self.person.post(EXPORT)
        assert answer.status_code == 202, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def wake(self, **later: float) -> None:
        """Come back later."""
        self.server.clock.move(**later)
        self.person = await sign_in_again(self.server, self.person.user)

    async def state(self) -> str:
        answer = await self.person.get(EXPORT)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["state"])

    async def make(self) -> None:
        """Do what was asked for."""
        while await self.server.app.workers.exports.do_due():
            pass

    async def took(self) -> zipfile.ZipFile:
        """Ask, wait and fetch."""
        await self.ask()
        await self.make()
        return await self.fetched()

    async def fetched(self) -> zipfile.ZipFile:
        answer = await self.person.get(f"{EXPORT}/content")
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "application/zip"
        return opened(answer.content)

    async def talks(self) -> Talker:
        """Make a room, if there is none, and be inside."""
        if not self.code:
            self.code = (await self.person.post("/rooms", json={"title": "Tea"})).json()["code"]
            joined = await self.person.post(f"/rooms/{self.code}/join", json={"name": "Ayu"})
            assert joined.status_code == 200, joined.text
        return Talker(self.server, self.code, self.person.tokens["access_token"])


def opened(content: bytes) -> zipfile.ZipFile:
    file = zipfile.ZipFile(io.BytesIO(content))
    assert file.testzip() is None
    return file


def records(file: zipfile.ZipFile, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(file.read(f"{name}.json"))
    return found


async def owner(server: Server, email: str = "ayu@example.com", **more: object) -> Owner:
    return Owner(server, await sign_in(server, email, **more))
