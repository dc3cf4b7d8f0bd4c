"""People of the tests: made, signed in, and what they hold."""

import re
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx2
from factories import PASSWORDS, FakeMailer, Server

from jumpa.domains.organisations import service as organisations
from jumpa.domains.organisations.models import HOME
from jumpa.domains.users.models import User
from jumpa.domains.users.service import people
from jumpa.domains.users.service.people import NewUser
from jumpa.kit.actor import SERVER
from jumpa.kit.context import UnitOfWork

API = "/api/v1"
PASSWORD = "a cold tea at dusk"
OTHER_PASSWORD = "seven warm lanterns"
_TOKEN = re.compile(r"#(\S+)")


@dataclass
class SignedIn:
    """Somebody with a session."""

    client: httpx2.AsyncClient
    user: User
    tokens: dict[str, Any] = field(repr=False)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens['access_token']}"}

    async def call(self, method: str, path: str, **more: object) -> httpx2.Response:
        headers = {**self.headers, **more.pop("headers", {})}  # type: ignore[dict-item]  # a mapping
        return await self.client.request(method, f"{API}{path}", headers=headers, **more)  # type: ignore[arg-type]  # passed on

    async def get(self, path: str, **more: object) -> httpx2.Response:
        return await self.call("GET", path, **more)

    async def post(self, path: str, **more: object) -> httpx2.Response:
        return await self.call("POST", path, **more)

    async def put(self, path: str, **more: object) -> httpx2.Response:
        return await self.call("PUT", path, **more)

    async def delete(self, path: str, **more: object) -> httpx2.Response:
        return await self.call("DELETE", path, **more)


def work_of(server: Server) -> UnitOfWork:
    return server.app.work


async def make_user(server: Server, email: str = "ayu@example.com", **more: object) -> User:
    """Store an account with PASSWORD."""
    values = {
        "email": email,
        "first_name": email.partition("@")[0].title(),
        "last_name": "Lestari",
        "organisation_id": HOME,
        "password_hash": await PASSWORDS.hash(PASSWORD),
        **more,
    }
    async with work_of(server).write(SERVER) as ctx:
        return await people.create(ctx, NewUser(**values))  # type: ignore[arg-type]  # a test's own


async def make_organisation(server: Server, name: str = "Other") -> UUID:
    async with work_of(server).write(SERVER) as ctx:
        return (await organisations.create(ctx, name)).organisation_id


async def read_user(server: Server, user_id: UUID) -> User:
    async with work_of(server).read(SERVER) as ctx:
        return await people.get(ctx, user_id)


async def log_in(
    server: Server, email: str = "ayu@example.com", password: str = PASSWORD, **more: object
) -> httpx2.Response:
    body = {"email": email, "password": password, **more}
    return await server.client.post(f"{API}/auth/login", json=body)


async def sign_in(server: Server, email: str = "ayu@example.com", **more: object) -> SignedIn:
    """Make an account and a session of it."""
    user = await make_user(server, email, **more)
    return await sign_in_again(server, user)


async def sign_in_again(server: Server, user: User) -> SignedIn:
    answer = await log_in(server, user.email)
    assert answer.status_code == 200, answer.text
    return SignedIn(server.client, user, answer.json())


async def letters(server: Server) -> FakeMailer:
    """Deliver what waits; return what left so far."""
    mailer = server.parts.mailer
    assert isinstance(mailer, FakeMailer)
    while await server.app.workers.letters.do_due():
        pass
    return mailer


async def last_token(server: Server) -> str:
    """Return the token in the letter that left last."""
    found = _TOKEN.search((await letters(server)).sent[-1].text)
    assert found is not None
    return found.group(1)


def assert_problem(answer: httpx2.Response, status: int, code: str) -> None:
    assert (answer.status_code, answer.json().get("code")) == (status, code), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]
