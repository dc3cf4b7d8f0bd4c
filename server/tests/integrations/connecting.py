"""Ways to connected services and back, and doing what is due."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx2
from factories import Server
from integrations.standing import Service
from meetings.planned import Planner
from people import API, SignedIn, work_of
from sqlalchemy import select

from jumpa.domains.integrations.models import CalendarConnection
from jumpa.kit.actor import SERVER
from jumpa.kit.db.tables import OrganisationTable

CALENDARS = "/integrations/calendars"
CALLBACK = f"{API}{CALENDARS}/{{}}/callback"


@dataclass
class Connected:
    """Somebody who plans meetings and connects calendars."""

    planner: Planner

    @property
    def server(self) -> Server:
        return self.planner.server

    @property
    def person(self) -> SignedIn:
        return self.planner.person

    async def start(self, service: Service) -> str:
        answer = await self.person.post(f"{CALENDARS}/{service.name}/connect")
        assert answer.status_code == 200, answer.text
        url: str = answer.json()["url"]
        return url

    async def come_back(self, service: Service, query: str) -> str:
        return await come_back(self.server.client, service, query)

    async def connect(self, service: Service, **changes: str) -> str:
        """Connect a calendar and fill it; return the page that it ended on."""
        page = await self.come_back(service, service.consent(await self.start(service), **changes))
        await do_due(self.server)
        return page

    async def state(self, service: Service) -> dict[str, Any]:
        told = (await self.person.get("/integrations")).json()["calendars"]
        found: dict[str, Any] = next(one for one in told if one["service"] == service.name)
        return found

    async def plan(self, *invited: str, **more: object) -> dict[str, Any]:
        made = await self.planner.plan(*invited, **more)
        await do_due(self.server)
        return made

    async def change(self, method: str, path: str, **more: object) -> httpx2.Response:
        answer = await self.person.call(method, path, **more)
        assert answer.status_code < 300, answer.text
        await do_due(self.server)
        return answer


async def come_back(client: httpx2.AsyncClient, service: Service, query: str) -> str:
    answer = await client.get(f"{CALLBACK.format(service.name)}?{query}")
    assert answer.status_code == 303, answer.text
    page: str = answer.headers["location"]
    assert not urlsplit(page).netloc
    return page


async def do_due(server: Server) -> None:
    workers = server.app.workers
    while await workers.changes.do_due() + await workers.calendars.do_due():
        pass


async def rows(server: Server, model: type[OrganisationTable]) -> list[Any]:
    async with work_of(server).read(SERVER) as ctx:
        return list(await ctx.session.scalars(select(model)))


async def connection(server: Server) -> CalendarConnection:
    found: CalendarConnection = (await rows(server, CalendarConnection))[0]
    return found
