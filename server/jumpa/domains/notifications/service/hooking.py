"""Takes news to the servers that people named, again and again for a day."""

import base64
import hashlib
import hmac
import json
import logging
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from pydantic import BaseModel
from uuid_utils.compat import uuid7

from jumpa.domains.notifications.errors import HookUnavailableError
from jumpa.domains.notifications.models import HookDelivery
from jumpa.domains.notifications.repository import HookRepository
from jumpa.domains.notifications.schemas import NewsKind
from jumpa.domains.notifications.service import hooks
from jumpa.domains.notifications.service.parts import NotificationParts
from jumpa.kit.actor import SERVER
from jumpa.kit.context import Context
from jumpa.kit.errors import JumpaError
from jumpa.kit.keyring import SealBrokenError
from jumpa.kit.outbound.client import Outbound
from jumpa.kit.work import jobs
from jumpa.kit.work.jobs import Job, Wanted
from jumpa.kit.work.worker import GiveUpError, Trade

logger = logging.getLogger(__name__)

HOOK = "notification_hook"
# With the pauses of jobs the last one leaves after a good day.
ATTEMPTS = 13


class _Kept(BaseModel):
    hook_id: UUID
    body: str


@dataclass(frozen=True, slots=True)
class HookNews:
    """News as other servers read it."""

    kind: NewsKind
    title: str
    message: str
    url: str


async def enqueue(ctx: Context, user_id: UUID, news: HookNews, key: str) -> None:
    """Keep news for every server that somebody named for this kind of it."""
    repository, now = HookRepository(ctx.session), ctx.clock()
    told = {"title": news.title, "message": news.message, "url": news.url}
    body = {"type": news.kind, "timestamp": now.isoformat(), "data": told}
    for row in await repository.list_of(user_id):
        if not row.is_on or news.kind not in row.kinds.split(","):
            continue
        name, kept = uuid7(), _Kept(hook_id=row.id, body=json.dumps(body, ensure_ascii=False))
        payload, own_key = kept.model_dump_json(), f"{key} {row.id}"
        wanted = Wanted(HOOK, payload, row.organisation_id, own_key, id=name)
        await jobs.enqueue(ctx, wanted)
        delivery = HookDelivery(id=name, hook_id=row.id, kind=news.kind, state="waiting")
        delivery.organisation_id = row.organisation_id
        delivery.attempts, delivery.failure, delivery.created_at = 0, "", now
        await repository.add(delivery)


async def forget(ctx: Context, before: datetime) -> None:
    """Forget what was sent before this moment."""
    await HookRepository(ctx.session).forget_deliveries(before)


@dataclass(frozen=True, slots=True)
class HookSender:
    """Sends by a way that never leads inside a private network."""

    parts: NotificationParts
    outbound: Outbound

    def trade(self) -> Trade:
        """Return how webhooks of people are done."""
        return Trade(HOOK, ATTEMPTS, errand=self.deliver)

    async def deliver(self, job: Job) -> None:
        """Send one; the job's id is its name at each attempt."""
        kept = _Kept.model_validate_json(job.payload)
        async with self.parts.work.read(SERVER) as ctx:
            row = await HookRepository(ctx.session).find(kept.hook_id)
        if row is None or not row.is_on:
            await self._note(job, None, "The webhook was removed or turned off.", is_last=True)
            return
        try:
            url, secret = hooks.opened(row, self.parts.ring)
        except SealBrokenError as error:
            await self._note(job, None, str(error), is_last=True)
            raise GiveUpError("The webhook cannot be opened: its key is missing.") from error
        body = kept.body.encode()
        try:
            headers = signed(str(job.id), int(self.parts.work.clock().timestamp()), body, secret)
            status = (await self.outbound.post(url, body, headers)).status
        except JumpaError as error:
            await self._note(job, None, str(error), is_last=job.attempts >= ATTEMPTS)
            raise
        await self._judge(job, kept.hook_id, status)

    async def _judge(self, job: Job, hook_id: UUID, status: int) -> None:
        if HTTPStatus(200) <= status < HTTPStatus(300):
            await self._note(job, status, "")
            return
        is_gone = status == HTTPStatus.GONE
        if is_gone:
            await self._turn_off(hook_id)
        failure = f"The receiver answered with status {status}."
        await self._note(job, status, failure, is_last=is_gone or job.attempts >= ATTEMPTS)
        raise (GiveUpError if is_gone else HookUnavailableError)(failure)

    async def _note(
        self, job: Job, status: int | None, failure: str, *, is_last: bool = False
    ) -> None:
        async with self.parts.work.write(SERVER) as ctx:
            row = await HookRepository(ctx.session).delivery_for_update(job.id)
            if row is None:
                return
            row.attempts, row.status, row.failure = job.attempts, status, failure[:300]
            if is_last or not failure:
                row.state, row.ended_at = "failed" if failure else "delivered", ctx.clock()

    async def _turn_off(self, hook_id: UUID) -> None:
        async with self.parts.work.write(SERVER) as ctx:
            row = await HookRepository(ctx.session).find(hook_id)
            if row is not None:
                row.is_on = False
                logger.info("a webhook is gone and turned off")


def signed(name: str, at_s: int, body: bytes, secret: bytes) -> dict[str, str]:
    """Return the headers of Standard Webhooks: who, when, and what proves both and the body."""
    content = f"{name}.{at_s}.".encode() + body
    signature = base64.b64encode(hmac.digest(secret, content, hashlib.sha256)).decode()
    return {
        "Content-Type": "application/json",
        "webhook-id": name,
        "webhook-timestamp": str(at_s),
        "webhook-signature": f"v1,{signature}",
    }
