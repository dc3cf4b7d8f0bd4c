"""Browsers that take push messages."""

import json
from collections.abc import Sequence
from uuid import UUID

from uuid_utils.compat import uuid7

from jumpa.domains.notifications.errors import (
    PushSubscriptionNotFoundError,
    PushSubscriptionsExhaustedError,
)
from jumpa.domains.notifications.models import PushSubscription
from jumpa.domains.notifications.repository import PushRepository
from jumpa.domains.notifications.schemas import PushSubscriptionCreate
from jumpa.domains.users.service import people
from jumpa.kit.context import Context
from jumpa.kit.keyring import KeyRing
from jumpa.kit.signing import fingerprint

_MOST = 20


async def list_(ctx: Context) -> Sequence[PushSubscription]:
    """Return the subscriptions of whoever asks."""
    user = await people.read_own(ctx)
    return await PushRepository(ctx.session).list_of(user.id)


async def add(ctx: Context, ring: KeyRing, wanted: PushSubscriptionCreate) -> PushSubscription:
    """Keep a browser's subscription; a browser has one person at a time."""
    user = await people.get_own(ctx)
    subscriptions, digest = PushRepository(ctx.session), fingerprint(wanted.endpoint)
    await subscriptions.remove_by_digest(digest)
    if len(await subscriptions.list_of(user.id)) >= _MOST:
        raise PushSubscriptionsExhaustedError
    name = uuid7()
    kept = {
        "endpoint": wanted.endpoint,
        "p256dh": wanted.keys.p256dh.rstrip("="),
        "auth": wanted.keys.auth.rstrip("="),
    }
    row = PushSubscription(
        id=name,
        organisation_id=user.organisation_id,
        user_id=user.id,
        endpoint_digest=digest,
        sealed=ring.seal(json.dumps(kept), str(name)),
        label=ctx.actor.user_agent,
        created_at=ctx.clock(),
    )
    await subscriptions.add(row)
    return row


async def remove(ctx: Context, subscription_id: UUID) -> None:
    """Forget one of one's own; raises PushSubscriptionNotFoundError."""
    user = await people.read_own(ctx)
    subscriptions = PushRepository(ctx.session)
    row = await subscriptions.find(subscription_id)
    if row is None or row.user_id != user.id:
        raise PushSubscriptionNotFoundError
    await subscriptions.remove(row)
