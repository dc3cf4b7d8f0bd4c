"""Takes push messages to the push services of browsers."""

import json
import logging
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from pydantic import BaseModel

from jumpa.domains.notifications.errors import PushUnavailableError
from jumpa.domains.notifications.repository import PushRepository
from jumpa.domains.notifications.service.parts import NotificationParts
from jumpa.domains.notifications.service.push import (
    MOST_BYTES,
    Browser,
    authorization,
    decoded,
    encrypt,
)
from jumpa.kit.actor import SERVER
from jumpa.kit.failpoints import FailPoint, reach
from jumpa.kit.keyring import SealBrokenError
from jumpa.kit.outbound.client import Outbound
from jumpa.kit.outbound.network import HostRefusedError
from jumpa.kit.work.jobs import Job
from jumpa.kit.work.worker import GiveUpError, Trade

logger = logging.getLogger(__name__)

PUSH = "push"
_ATTEMPTS = 8
_GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
_BODY_CHARACTERS = 500


class _Kept(BaseModel):
    subscription_id: UUID
    content: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """What a browser shows; worth nothing any more after `until`."""

    type: str
    title: str
    body: str
    link: str
    until: datetime

    def to_payload(self, subscription_id: UUID) -> str:
        """Return it as it is kept for one browser."""
        shown = {"type": self.type, "title": self.title, "link": self.link}
        content = json.dumps({**shown, "body": self.body[:_BODY_CHARACTERS]}, ensure_ascii=False)
        kept = _Kept(subscription_id=subscription_id, content=content, until=self.until)
        return kept.model_dump_json()


@dataclass(frozen=True, slots=True)
class Pusher:
    """Sends messages by a way that never leads inside a private network."""

    parts: NotificationParts
    outbound: Outbound

    def trade(self) -> Trade:
        """Return how push messages are done."""
        return Trade(PUSH, _ATTEMPTS, errand=self.deliver)

    async def deliver(self, job: Job) -> None:
        """Send one message; forgets a browser that is gone."""
        kept = _Kept.model_validate_json(job.payload)
        left_s = (kept.until - self.parts.work.clock()).total_seconds()
        browser = await self._browser(kept.subscription_id)
        if browser is None or left_s <= 0:
            return
        try:
            body = encrypt(kept.content.encode()[:MOST_BYTES], browser)
            status = await self._send(browser, body, int(left_s), job.id)
        except (HostRefusedError, ValueError) as error:
            raise GiveUpError(str(error)) from error
        reach(FailPoint.PUSH_SENT)
        if status in _GONE:
            await self._forget(kept.subscription_id)
        elif status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise PushUnavailableError(f"The push service answered with status {status}.")
        elif status >= HTTPStatus.BAD_REQUEST:
            raise GiveUpError(f"The push service answered with status {status}.")

    async def _send(self, browser: Browser, body: bytes, left_s: int, name: UUID) -> int:
        now, url = self.parts.work.clock(), self.parts.site.url
        headers = {
            "Authorization": authorization(self.parts.push_key, browser.endpoint, url, now),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(left_s),
            # A second attempt takes the place of the first where that still waits (RFC 8030, 5.4).
            "Topic": name.hex,
            "Urgency": "high",
        }
        return (await self.outbound.post(browser.endpoint, body, headers)).status

    async def _browser(self, subscription_id: UUID) -> Browser | None:
        async with self.parts.work.read(SERVER) as ctx:
            row = await PushRepository(ctx.session).find(subscription_id)
        if row is None:
            return None
        try:
            kept = json.loads(self.parts.ring.open(row.sealed, str(row.id)))
        except SealBrokenError as error:
            raise GiveUpError("The subscription cannot be opened: its key is missing.") from error
        return Browser(kept["endpoint"], decoded(kept["p256dh"]), decoded(kept["auth"]))

    async def _forget(self, subscription_id: UUID) -> None:
        async with self.parts.work.write(SERVER) as ctx:
            subscriptions = PushRepository(ctx.session)
            row = await subscriptions.find(subscription_id)
            if row is not None:
                await subscriptions.remove(row)
                logger.info("a browser takes push messages no longer")
