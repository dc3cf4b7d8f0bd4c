"""A browser goes to another server and comes back: once, and only the one that went."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from secrets import token_urlsafe
from uuid import UUID

from jumpa.domains.auth.errors import LinkSpentError
from jumpa.domains.auth.service import links
from jumpa.domains.auth.service.links import OneUse, Purpose
from jumpa.domains.organisations.models import HOME
from jumpa.kit.actor import Actor
from jumpa.kit.context import UnitOfWork
from jumpa.kit.keyring import KeyRing, SealBrokenError
from jumpa.kit.signing import fingerprint

LIFETIME = timedelta(minutes=10)
_BYTES = 32
_BROWSER = "browser"


@dataclass(frozen=True, slots=True)
class Begun:
    """Where the browser goes, and what it keeps so that only it can come back."""

    url: str
    browser: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Return:
    """With what a browser comes back (RFC 6749, 4.1.2; the issuer by RFC 9207)."""

    state: str = field(repr=False)
    browser: str = field(repr=False)
    code: str = field(default="", repr=False)
    issuer: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Arrived:
    """What was kept since the browser went."""

    user_id: UUID | None
    facts: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Road:
    """Where journeys of one kind are kept, and under which seal."""

    purpose: Purpose
    seal: str
    work: UnitOfWork
    ring: KeyRing = field(repr=False)

    async def leave(
        self, actor: Actor, user_id: UUID | None, state: str, facts: Mapping[str, str]
    ) -> str:
        """Keep what a browser goes with; return what it must bring back beside `state`."""
        browser = draw()
        kept = {**facts, _BROWSER: fingerprint(browser)}
        use = OneUse(self.purpose, HOME, user_id, self.ring.seal(json.dumps(kept), self.seal))
        async with self.work.write(actor.as_server()) as ctx:
            await links.issue(ctx, use, LIFETIME, state)
        return browser

    async def arrive(self, actor: Actor, came: Return) -> Arrived:
        """Return what was kept, once; raises LinkSpentError for everybody who did not go."""
        try:
            async with self.work.write(actor.as_server()) as ctx:
                row = await links.spend(ctx, self.purpose, came.state)
                facts: dict[str, str] = json.loads(self.ring.open(row.data, self.seal))
                user_id = row.user_id
        except SealBrokenError as error:
            raise LinkSpentError from error
        if not hmac.compare_digest(facts.pop(_BROWSER), fingerprint(came.browser)):
            raise LinkSpentError
        return Arrived(user_id, facts)


def draw() -> str:
    """Return a secret that nobody guesses: a state, a nonce or a verifier of PKCE."""
    return token_urlsafe(_BYTES)
