"""What these endpoints are joined to by the composition root."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from jumpa.domains.auth.errors import OidcOffError
from jumpa.domains.auth.service.parts import AuthParts
from jumpa.domains.auth.service.provider import Provider
from jumpa.kit.http.rates import Rates
from jumpa.kit.quotas import Quota
from jumpa.kit.rate import site
from jumpa.kit.signing import fingerprint


@dataclass(frozen=True, slots=True)
class AuthDoors:
    """The tools of the domain, and how often its doors open."""

    auth: AuthParts
    rates: Rates
    logins: Quota
    account_logins: Quota
    spread_logins: Quota
    registrations: Quota
    letters: Quota
    refreshes: Quota
    oidc: Provider | None

    @property
    def provider(self) -> Provider:
        """The organisation's provider; raises OidcOffError."""
        if self.oidc is None:
            raise OidcOffError
        return self.oidc

    async def count_login(self, request: Request, email: str) -> None:
        """Slow down guessing: from one address, at one account, and at it from everywhere."""
        account = fingerprint(email)
        address = site(request.client.host if request.client else "")
        await self.rates.take_by_address(request, self.logins)
        await self.rates.take(request, self.account_logins, f"{account} {address}")
        await self.rates.take(request, self.spread_logins, account)

    async def count_letter(self, request: Request, email: str) -> None:
        """Keep strangers from filling somebody's letter box."""
        await self.rates.take_by_address(request, self.registrations)
        await self.rates.take(request, self.letters, fingerprint(email))


async def _doors(request: Request) -> AuthDoors:
    doors: AuthDoors = request.app.state.auth
    return doors


Doors = Annotated[AuthDoors, Depends(_doors)]
