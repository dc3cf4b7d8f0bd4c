"""The commands for webhooks."""

import asyncio
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from cyclopts import App, Parameter

from jumpa.cli.accounts import InputUnusableError
from jumpa.cli.flags import KeyFlags, settings_of
from jumpa.cli.say import say

if TYPE_CHECKING:
    from jumpa.domains.webhooks.models import Webhook

_FLAGS = KeyFlags()

webhook = App(name="webhook", help="Look at the log of webhooks, and send one again.")

_State = Annotated[
    Literal["waiting", "delivered", "failed"] | None, Parameter(help="Only those in this state.")
]
_Count = Annotated[int, Parameter(help="How many at most.")]


@webhook.command(name="list")
def list_webhooks(*, state: _State = None, count: _Count = 100, flags: KeyFlags = _FLAGS) -> None:
    """List webhooks, newest first: id, state, when, tries, event, room, receiver, last answer."""
    settings = settings_of(flags)

    async def found() -> list[str]:
        from jumpa.app.offline import opened  # noqa: PLC0415  # as slow to load as a server
        from jumpa.domains.webhooks.models import State  # noqa: PLC0415  # the same
        from jumpa.domains.webhooks.service import administration  # noqa: PLC0415  # the same
        from jumpa.kit.actor import SERVER  # noqa: PLC0415  # the same

        async with opened(settings) as parts, parts.work.read(SERVER) as ctx:
            only = None if state is None else State(state)
            return [_line(each) for each in await administration.list_last(ctx, only, count)]

    say(*asyncio.run(found()))


@webhook.command
def retry(webhook_id: str, *, flags: KeyFlags = _FLAGS) -> None:
    """Send a webhook again; a server that runs does so within seconds."""
    settings, wanted = settings_of(flags), _id(webhook_id)

    async def again() -> str:
        from jumpa.app.offline import opened  # noqa: PLC0415  # as slow to load as a server
        from jumpa.domains.webhooks.service import administration  # noqa: PLC0415  # the same
        from jumpa.kit.actor import SERVER  # noqa: PLC0415  # the same

        async with opened(settings) as parts, parts.work.write(SERVER) as ctx:
            return _line(await administration.retry(ctx, wanted))

    say(asyncio.run(again()))


def _id(given: str) -> UUID:
    try:
        return UUID(given)
    except ValueError as error:
        raise InputUnusableError(f"{given} is no webhook's id.") from error


def _line(found: "Webhook") -> str:
    from jumpa.domains.webhooks.service.administration import shown  # noqa: PLC0415  # as above

    made = f"{found.created_at:%Y-%m-%dT%H:%M:%SZ}"
    answer = found.status if found.status is not None else found.failure or "-"
    words = (found.id, found.state, made, found.attempts, found.event, found.room)
    return " ".join(str(word) for word in (*words, shown(found.url), answer))
