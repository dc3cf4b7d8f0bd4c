"""Ways to the provider of an organisation and back."""

from dataclasses import dataclass

import httpx2
from auth.idp import CLIENT_ID, CLIENT_SECRET, Idp
from factories import NOW, Server
from people import (
    API,
    work_of,
)
from sqlalchemy import select
from uuid_utils.compat import uuid7

from jumpa.config import OidcSettings, OutboundSettings, RateSettings, Settings
from jumpa.domains.audit.models import AuditEntry
from jumpa.domains.auth.models import OidcIdentity
from jumpa.domains.users.models import User
from jumpa.kit.actor import SERVER

OIDC = f"{API}/auth/oidc"
CALLBACK = f"http://localhost:7880{OIDC}/callback"


def settings_of(idp: Idp, **more: object) -> Settings:
    return Settings(
        oidc=OidcSettings(
            issuer=idp.issuer,
            client_id=CLIENT_ID,
            client_secret=CLIENT_SECRET,
            **{"name": "Example Ltd", **more},
        ),
        outbound=OutboundSettings(allowed_hosts=("127.0.0.1",), timeout_s=60, answer_bytes=20_000),
        rates=RateSettings(logins_per_minute=1000),
    )


@dataclass
class Came:
    """How a way to the provider and back ended."""

    answer: httpx2.Response

    @property
    def page(self) -> str:
        assert self.answer.status_code == 303, self.answer.text
        return self.answer.headers["location"]

    @property
    def is_in(self) -> bool:
        return "jumpa_refresh=" in self.answer.headers.get("set-cookie", "")


async def start(server: Server, **query: str) -> httpx2.Response:
    return await server.client.get(f"{OIDC}/start", params=query)


async def come_back(server: Server, query: str) -> Came:
    return Came(await server.client.get(f"{OIDC}/callback?{query}"))


async def go(server: Server, idp: Idp, **changes: str) -> Came:
    """Go to the provider, consent, and come back."""
    started = await start(server)
    return await come_back(server, idp.consent(started.headers["location"], **changes))


async def profile(server: Server) -> dict[str, object]:
    """Return who the browser's cookie is."""
    tokens = (await server.client.post(f"{API}/auth/refresh")).json()
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    found: dict[str, object] = (
        await server.client.get(f"{API}/users/profile", headers=headers)
    ).json()
    return found


async def deeds(server: Server) -> list[str]:
    async with work_of(server).read(SERVER) as ctx:
        found = await ctx.session.scalars(select(AuditEntry.action).order_by(AuditEntry.number))
        return list(found)


async def users(server: Server) -> list[str]:
    async with work_of(server).read(SERVER) as ctx:
        return list(await ctx.session.scalars(select(User.email).order_by(User.email)))


async def know(server: Server, user: User, issuer: str, subject: str) -> None:
    """Note who somebody is at a provider."""
    row = OidcIdentity(
        id=uuid7(),
        organisation_id=user.organisation_id,
        user_id=user.id,
        issuer=issuer,
        subject=subject,
        created_at=NOW,
    )
    async with work_of(server).write(SERVER) as ctx:
        ctx.session.add(row)
