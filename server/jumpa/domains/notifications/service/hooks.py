"""Servers that people name are told their news, signed as Standard Webhooks say."""

import base64
import json
import secrets
from collections.abc import Sequence
from uuid import UUID

from uuid_utils.compat import uuid7

from jumpa.domains.notifications.errors import (
    HookDeliveryNotFoundError,
    HookNotFoundError,
    HooksExhaustedError,
)
from jumpa.domains.notifications.models import Hook, HookDelivery
from jumpa.domains.notifications.repository import HookRepository
from jumpa.domains.notifications.schemas import HookCreate, HookCreated, HookRead
from jumpa.domains.users.service import people
from jumpa.kit.context import Context
from jumpa.kit.keyring import KeyRing
from jumpa.kit.work import jobs
from jumpa.kit.work.jobs import JobNotFoundError

MOST = 10
_SECRET_BYTES = 32
_PREFIX = "whsec_"


async def list_(ctx: Context, ring: KeyRing) -> list[HookRead]:
    """Return the webhooks of whoever asks, oldest first."""
    user = await people.read_own(ctx)
    return [_seen(row, ring) for row in await HookRepository(ctx.session).list_of(user.id)]


async def add(ctx: Context, ring: KeyRing, wanted: HookCreate) -> HookCreated:
    """Keep a webhook; raises HooksExhaustedError."""
    user = await people.get_own(ctx)
    hooks = HookRepository(ctx.session)
    if len(await hooks.list_of(user.id)) >= MOST:
        raise HooksExhaustedError
    name, secret = uuid7(), secrets.token_bytes(_SECRET_BYTES)
    written = _PREFIX + base64.b64encode(secret).decode()
    row = Hook(
        id=name,
        organisation_id=user.organisation_id,
        user_id=user.id,
        sealed=ring.seal(json.dumps({"url": wanted.url, "secret": written}), f"hook {name}"),
        kinds=",".join(sorted({*wanted.kinds})),
        is_on=True,
        created_at=ctx.clock(),
    )
    await hooks.add(row)
    return HookCreated(**_seen(row, ring).model_dump(), secret=written)


async def remove(ctx: Context, hook_id: UUID) -> None:
    """Forget one of one's own, and what was sent to it; raises HookNotFoundError."""
    await HookRepository(ctx.session).remove(await _own(ctx, hook_id))


async def deliveries(ctx: Context, hook_id: UUID, count: int) -> Sequence[HookDelivery]:
    """Return what was sent to one of one's own, newest first; raises HookNotFoundError."""
    row = await _own(ctx, hook_id)
    return await HookRepository(ctx.session).list_deliveries(row.id, count)


async def retry(ctx: Context, hook_id: UUID, delivery_id: UUID) -> HookDelivery:
    """Send one of one's own again at once, with a whole life before it.

    Raises HookNotFoundError, HookDeliveryNotFoundError, JobEndedError for what arrived.
    """
    hook = await _own(ctx, hook_id)
    row = await HookRepository(ctx.session).delivery_for_update(delivery_id)
    if row is None or row.hook_id != hook.id:
        raise HookDeliveryNotFoundError
    try:
        await jobs.retry(ctx, row.id)
    except JobNotFoundError as error:
        raise HookDeliveryNotFoundError from error
    row.state, row.ended_at = "waiting", None
    return row


def opened(row: Hook, ring: KeyRing) -> tuple[str, bytes]:
    """Return where it is and what signs for it; raises SealBrokenError."""
    kept = json.loads(ring.open(row.sealed, f"hook {row.id}"))
    return kept["url"], base64.b64decode(kept["secret"].removeprefix(_PREFIX))


async def _own(ctx: Context, hook_id: UUID) -> Hook:
    user = await people.read_own(ctx)
    row = await HookRepository(ctx.session).find(hook_id)
    if row is None or row.user_id != user.id:
        raise HookNotFoundError
    return row


def _seen(row: Hook, ring: KeyRing) -> HookRead:
    return HookRead.model_validate(
        {
            "id": row.id,
            "url": opened(row, ring)[0],
            "kinds": row.kinds.split(","),
            "is_on": row.is_on,
            "created_at": row.created_at,
        }
    )
