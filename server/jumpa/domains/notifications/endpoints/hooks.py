"""The doors of servers that are told one's news."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from jumpa.domains.audit.service import Deed
from jumpa.domains.notifications.endpoints.doors import Doors, NotificationDoors
from jumpa.domains.notifications.errors import (
    HookAddressRefusedError,
    HookDeliveryNotFoundError,
    HookNotFoundError,
    HooksExhaustedError,
)
from jumpa.domains.notifications.schemas import (
    HOOK,
    HOOK_DELIVERY,
    HookCreate,
    HookCreated,
    HookDeliveryRead,
    HookRead,
)
from jumpa.domains.notifications.service import hooks
from jumpa.domains.users.service import people
from jumpa.kit.context import Context
from jumpa.kit.http.callers import SIGNED_IN, Person
from jumpa.kit.http.problems import declared, shown
from jumpa.kit.outbound.network import HostRefusedError
from jumpa.kit.paging import LONGEST
from jumpa.kit.work.jobs import JobEndedError

router = APIRouter(prefix="/notifications/webhooks")


@router.get("", responses=declared(*SIGNED_IN) | shown([HOOK]))
async def list_notification_webhooks(doors: Doors, actor: Person) -> list[HookRead]:
    """List the servers that are told your news, oldest first."""
    async with doors.parts.work.read(actor) as ctx:
        return await hooks.list_(ctx, doors.parts.ring)


@router.post(
    "",
    status_code=201,
    responses=declared(*SIGNED_IN, HookAddressRefusedError, HooksExhaustedError),
)
async def add_notification_webhook(doors: Doors, actor: Person, body: HookCreate) -> HookCreated:
    """Let a server be told your news; keep the secret, it is told only now."""
    try:
        doors.outbound.check(body.url)
    except HostRefusedError as error:
        raise HookAddressRefusedError from error
    async with doors.parts.work.write(actor) as ctx:
        made = await hooks.add(ctx, doors.parts.ring, body)
        await _note(ctx, doors, "notification_webhook.added", made.id)
        return made


@router.delete("/{hook_id}", status_code=204, responses=declared(*SIGNED_IN, HookNotFoundError))
async def remove_notification_webhook(doors: Doors, actor: Person, hook_id: UUID) -> Response:
    """Let a server be told nothing any more, also not what waits."""
    async with doors.parts.work.write(actor) as ctx:
        await hooks.remove(ctx, hook_id)
        await _note(ctx, doors, "notification_webhook.removed", hook_id)
    return Response(status_code=204)


@router.get(
    "/{hook_id}/deliveries",
    responses=declared(*SIGNED_IN, HookNotFoundError) | shown([HOOK_DELIVERY]),
)
async def list_webhook_deliveries(
    doors: Doors,
    actor: Person,
    hook_id: UUID,
    limit: Annotated[int, Query(ge=1, le=LONGEST)] = 50,
) -> list[HookDeliveryRead]:
    """List what was sent to a server, newest first, for a week."""
    async with doors.parts.work.read(actor) as ctx:
        found = await hooks.deliveries(ctx, hook_id, limit)
        return [HookDeliveryRead.of(row) for row in found]


@router.post(
    "/{hook_id}/deliveries/{delivery_id}/retry",
    responses=declared(*SIGNED_IN, HookNotFoundError, HookDeliveryNotFoundError, JobEndedError),
)
async def retry_webhook_delivery(
    request: Request, doors: Doors, actor: Person, hook_id: UUID, delivery_id: UUID
) -> HookDeliveryRead:
    """Send at once, and again for a day, what did not arrive."""
    await doors.rates.take(request, doors.tests, str(actor.user_id))
    async with doors.parts.work.write(actor) as ctx:
        return HookDeliveryRead.of(await hooks.retry(ctx, hook_id, delivery_id))


async def _note(ctx: Context, doors: NotificationDoors, action: str, hook_id: UUID) -> None:
    user = await people.read_own(ctx)
    await doors.audit.record(ctx, Deed(action, user.organisation_id, hook_id))
