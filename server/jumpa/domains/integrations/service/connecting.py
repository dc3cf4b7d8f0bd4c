"""People connect their calendars: to the service, back, and apart again."""

from dataclasses import dataclass, field
from uuid import UUID

from uuid_utils.compat import uuid7

from jumpa.domains.audit.service import Deed
from jumpa.domains.auth.errors import LinkSpentError
from jumpa.domains.auth.service.journeys import Begun, Return, Road, draw
from jumpa.domains.integrations.errors import (
    CalendarDeclinedError,
    CalendarNotConnectedError,
    CalendarRefusedError,
)
from jumpa.domains.integrations.models import CalendarConnection
from jumpa.domains.integrations.repository import ConnectionRepository
from jumpa.domains.integrations.service import access, syncing
from jumpa.domains.integrations.service.parts import IntegrationParts, ServiceName
from jumpa.domains.integrations.service.tokens import Grant
from jumpa.domains.users.models import User
from jumpa.domains.users.service import people
from jumpa.kit.actor import Actor
from jumpa.kit.context import Context

CALLBACK = "/api/v1/integrations/calendars/{service}/callback"


@dataclass(frozen=True, slots=True)
class Journey:
    """A way to a service and back, of one person in one browser."""

    user_id: UUID
    verifier: str = field(repr=False)


async def begin(parts: IntegrationParts, actor: Actor, name: ServiceName) -> Begun:
    """Send a browser to be asked; raises CalendarOffError."""
    office = parts.service(name).office
    async with parts.work.read(actor) as ctx:
        user = await people.read_own(ctx)
    state, verifier = draw(), draw()
    facts = {"verifier": verifier, "service": name}
    browser = await _road(parts).leave(actor, user.id, state, facts)
    return Begun(office.url(_redirect_uri(parts, name), state, verifier), browser)


async def arrive(parts: IntegrationParts, actor: Actor, name: ServiceName, came: Return) -> Journey:
    """Return the journey that ends here; each ends once, in the browser where it began."""
    try:
        arrived = await _road(parts).arrive(actor, came)
    except LinkSpentError as error:
        raise CalendarRefusedError from error
    if arrived.user_id is None or arrived.facts["service"] != name:
        raise CalendarRefusedError
    return Journey(arrived.user_id, arrived.facts["verifier"])


async def complete(
    parts: IntegrationParts, actor: Actor, name: ServiceName, journey: Journey, came: Return
) -> None:
    """Keep what opens the calendar, and let it be filled."""
    if came.error == "access_denied":
        raise CalendarDeclinedError
    if came.error or not came.code:
        raise CalendarRefusedError
    office = parts.service(name).office
    redirect_uri = _redirect_uri(parts, name)
    now = parts.work.clock()
    grant = await office.exchange(came.code, redirect_uri, journey.verifier, now)
    async with parts.work.write(actor.as_server()) as ctx:
        user = await people.get(ctx, journey.user_id)
        if user.status != "active":
            raise CalendarRefusedError
        await _keep(ctx, parts, user, name, grant)


async def disconnect(ctx: Context, parts: IntegrationParts, name: ServiceName) -> None:
    """Forget a calendar and give its tokens back; what stands in it stays there."""
    user = await people.read_own(ctx)
    connections = ConnectionRepository(ctx.session)
    row = await connections.of_user_for_update(user.id, name)
    if row is None:
        raise CalendarNotConnectedError
    await syncing.give_back(ctx, parts, row)
    await connections.remove(row)
    facts = {"service": name}
    deed = Deed("calendar.disconnected", user.organisation_id, user.id, facts)
    await parts.audit.record(ctx, deed)


async def give_all_back(ctx: Context, parts: IntegrationParts, user: User) -> None:
    """Give the tokens of somebody's calendars back; their rows go with the account."""
    for row in await ConnectionRepository(ctx.session).list_of(user.id):
        await syncing.give_back(ctx, parts, row)


async def list_own(ctx: Context) -> list[CalendarConnection]:
    """Return the calendars that whoever asks connected."""
    user = await people.read_own(ctx)
    return list(await ConnectionRepository(ctx.session).list_of(user.id))


async def _keep(
    ctx: Context, parts: IntegrationParts, user: User, name: ServiceName, grant: Grant
) -> None:
    connections = ConnectionRepository(ctx.session)
    row = await connections.of_user_for_update(user.id, name)
    if row is not None and (row.account != grant.account or not grant.account):
        # What was written stands in another account's calendar.
        await syncing.give_back(ctx, parts, row)
        await connections.remove(row)
        row = None
    if row is None:
        row = CalendarConnection(
            id=uuid7(), organisation_id=user.organisation_id, user_id=user.id, service=name
        )
        row.sealed, row.status, row.failure, row.account = "", "connected", "", grant.account
        row.connected_at = ctx.clock()
        await connections.add(row)
    row.sealed = access.sealed(parts.ring, row.id, grant.tokens)
    row.status, row.failure, row.connected_at = "connected", "", ctx.clock()
    await syncing.want_everything(ctx, row)
    deed = Deed("calendar.connected", user.organisation_id, user.id, {"service": name})
    await parts.audit.record(ctx, deed)


def _road(parts: IntegrationParts) -> Road:
    return Road("calendar", "calendar journey", parts.work, parts.ring)


def _redirect_uri(parts: IntegrationParts, name: ServiceName) -> str:
    return parts.post.site.url + CALLBACK.format(service=name)
