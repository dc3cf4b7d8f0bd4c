"""News of the tests, and doing what is due."""

from typing import Any

from factories import FakeMailer, Server
from people import SignedIn, work_of

from jumpa.domains.notifications.service import telling
from jumpa.domains.notifications.service.telling import News
from jumpa.domains.organisations.models import HOME
from jumpa.kit.actor import SERVER

FACTS = {"meeting": "Weekly tea", "who": "Budi", "when": "at 09:00", "answer": "yes"}


async def ask(server: Server, *news: News) -> None:
    async with work_of(server).write(SERVER) as ctx:
        await telling.enqueue(ctx, HOME, *news)


async def tell(server: Server, person: SignedIn, key: str = "one", **more: Any) -> None:  # noqa: ANN401  # fields of News
    """Tell somebody something, and do what comes of it."""
    given = {"kind": "meeting_reminder", "facts": FACTS, "link": "/r/tea", **more}
    await ask(server, News(user_id=person.user.id, key=key, **given))
    await do_due(server)


async def do_due(server: Server) -> None:
    workers = server.app.workers
    every = [workers.changes, workers.letters, workers.pushes, workers.hooks, workers.texts]
    while sum([await worker.do_due() for worker in every if worker]):
        pass


def mailer_of(server: Server) -> FakeMailer:
    assert isinstance(server.parts.mailer, FakeMailer)
    return server.parts.mailer


async def titles(person: SignedIn) -> list[str]:
    answer = await person.get("/notifications")
    assert answer.status_code == 200, answer.text
    return [item["title"] for item in answer.json()["items"]]


async def choose(person: SignedIn, **choices: object) -> None:
    answer = await person.put("/notifications/choices", json=choices)
    assert answer.status_code == 200, answer.text
