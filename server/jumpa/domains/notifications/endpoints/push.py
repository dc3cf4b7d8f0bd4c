"""The doors of browsers that take push messages."""

from uuid import UUID

from fastapi import APIRouter, Response

from jumpa.domains.notifications.endpoints.doors import Doors
from jumpa.domains.notifications.errors import (
    PushEndpointRefusedError,
    PushSubscriptionNotFoundError,
    PushSubscriptionsExhaustedError,
)
from jumpa.domains.notifications.schemas import (
    PushRead,
    PushSubscriptionCreate,
    PushSubscriptionRead,
)
from jumpa.domains.notifications.service import subscribing
from jumpa.domains.notifications.service.push import encoded, public_bytes
from jumpa.kit.http.callers import SIGNED_IN, Person
from jumpa.kit.http.problems import declared
from jumpa.kit.outbound.network import HostRefusedError

router = APIRouter(prefix="/notifications/push")


@router.get("", responses=declared(*SIGNED_IN))
async def list_push_subscriptions(doors: Doors, actor: Person) -> PushRead:
    """Return the key that browsers subscribe with, and your browsers that did."""
    async with doors.parts.work.read(actor) as ctx:
        found = await subscribing.list_(ctx)
    return PushRead(
        public_key=encoded(public_bytes(doors.parts.push_key)),
        items=[PushSubscriptionRead.of(row) for row in found],
    )


@router.post(
    "",
    status_code=201,
    responses=declared(*SIGNED_IN, PushEndpointRefusedError, PushSubscriptionsExhaustedError),
)
async def add_push_subscription(
    doors: Doors, actor: Person, body: PushSubscriptionCreate
) -> PushSubscriptionRead:
    """Let a browser take push messages; the same browser again is the same subscription."""
    try:
        doors.outbound.check(body.endpoint)
    except HostRefusedError as error:
        raise PushEndpointRefusedError from error
    async with doors.parts.work.write(actor) as ctx:
        row = await subscribing.add(ctx, doors.parts.ring, body)
    return PushSubscriptionRead.of(row)


@router.delete(
    "/{subscription_id}",
    status_code=204,
    responses=declared(*SIGNED_IN, PushSubscriptionNotFoundError),
)
async def remove_push_subscription(doors: Doors, actor: Person, subscription_id: UUID) -> Response:
    """Let a browser take no more push messages."""
    async with doors.parts.work.write(actor) as ctx:
        await subscribing.remove(ctx, subscription_id)
    return Response(status_code=204)
