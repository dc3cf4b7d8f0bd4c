"""Sends one webhook, signed as LiveKit signs: a token over the digest of the body."""

import base64
import hashlib
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus

from jumpa.kit.clock import Clock
from jumpa.kit.errors import JumpaError
from jumpa.kit.outbound.client import Outbound
from jumpa.media.access import Claims, mint

CONTENT_TYPE = "application/webhook+json"
_LIFETIME = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one attempt; without a status the receiver has not answered."""

    status: int | None
    failure: str = ""

    @property
    def is_taken(self) -> bool:
        """Whether the receiver has it."""
        return self.status is not None and HTTPStatus(200) <= self.status < HTTPStatus(300)


@dataclass(frozen=True, slots=True)
class Sender:
    """The way to a receiver, and the key that signs."""

    outbound: Outbound
    api_key: str
    secret: str = field(repr=False)
    clock: Clock

    async def send(self, url: str, body: bytes) -> Sent:
        """Try once."""
        headers = {"Content-Type": CONTENT_TYPE, "Authorization": self.token(body)}
        try:
            answer = await self.outbound.post(url, body, headers)
        except JumpaError as error:
            return Sent(None, str(error))
        sent = Sent(answer.status)
        return sent if sent.is_taken else Sent(answer.status, "The receiver did not take it.")

    def token(self, body: bytes) -> str:
        """Return the token that proves the body (LiveKit's `sha256` claim)."""
        digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
        claims = Claims.model_validate({"sha256": digest})
        return mint(
            api_key=self.api_key,
            secret=self.secret,
            claims=claims,
            clock=self.clock,
            lifetime=_LIFETIME,
        )
