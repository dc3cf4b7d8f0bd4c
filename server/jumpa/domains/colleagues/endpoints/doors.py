"""What these endpoints are joined to by the composition root."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Query, Request

from jumpa.domains.auth.service.parts import AuthParts
from jumpa.domains.colleagues.service.parts import ColleagueParts
from jumpa.kit.context import UnitOfWork
from jumpa.kit.http.rates import Rates
from jumpa.kit.paging import LONGEST
from jumpa.kit.quotas import Quota
from jumpa.kit.signing import fingerprint


@dataclass(frozen=True, slots=True)
class ColleagueDoors:
    """The tools of the domain, and how often its doors open."""

    parts: ColleagueParts
    rates: Rates
    searches: Quota
    invitations: Quota
    letters: Quota
    looks: Quota
    acceptances: Quota

    @property
    def auth(self) -> AuthParts:
        """The tools of accounts."""
        return self.parts.auth

    @property
    def work(self) -> UnitOfWork:
        """The way into the database."""
        return self.parts.auth.work

    async def count_letter(self, request: Request, inviter: str, email: str) -> None:
        """Keep administrators from writing to everybody, and from filling one letter box."""
        await self.rates.take(request, self.invitations, inviter)
        await self.rates.take(request, self.letters, fingerprint(email))


async def _doors(request: Request) -> ColleagueDoors:
    doors: ColleagueDoors = request.app.state.colleagues
    return doors


Doors = Annotated[ColleagueDoors, Depends(_doors)]
Cursor = Annotated[str | None, Query(max_length=2000)]
Limit = Annotated[int, Query(ge=1, le=LONGEST)]
