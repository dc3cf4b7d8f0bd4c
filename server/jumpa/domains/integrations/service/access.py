"""Opens a person's calendar: with the token that is kept, or a new one when that has ended."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from jumpa.domains.integrations.errors import CalendarUnavailableError
from jumpa.domains.integrations.models import CalendarConnection
from jumpa.domains.integrations.repository import ConnectionRepository
from jumpa.domains.integrations.service.calendar import (
    AccessExpiredError,
    NothingThereError,
    TakenError,
)
from jumpa.domains.integrations.service.parts import IntegrationParts
from jumpa.domains.integrations.service.tokens import Tokens
from jumpa.kit.actor import SERVER
from jumpa.kit.keyring import KeyRing, SealBrokenError
from jumpa.kit.work.worker import GiveUpError

Result = TypeVar("Result")


def sealed(ring: KeyRing, connection_id: UUID, tokens: Tokens) -> str:
    """Return tokens as they are kept, of use for one connection alone."""
    return ring.seal(tokens.to_json(), _purpose(connection_id))


def opened(ring: KeyRing, row: CalendarConnection) -> Tokens:
    """Return the tokens of a connection; raises SealBrokenError."""
    return Tokens.from_json(ring.open(row.sealed, _purpose(row.id)))


@dataclass(slots=True)
class Access:
    """The way into one calendar while one job is done."""

    parts: IntegrationParts
    service: str
    connection_id: UUID
    connected_at: datetime
    tokens: Tokens

    @classmethod
    def of(cls, parts: IntegrationParts, row: CalendarConnection) -> "Access":
        """Return the way in; raises GiveUpError when nobody can open what is kept."""
        try:
            tokens = opened(parts.ring, row)
        except SealBrokenError as error:
            raise GiveUpError("The tokens cannot be opened: their key is missing.") from error
        return cls(parts, row.service, row.id, row.connected_at, tokens)

    async def use(self, act: Callable[[str], Awaitable[Result]]) -> Result:
        """Do something with an access token, once more with a new one when that has ended.

        Raises CalendarAccessEndedError when there is no new one.
        """
        if not self.tokens.is_fresh(self.parts.work.clock()):
            await self._renew()
        try:
            try:
                return await act(self.tokens.access)
            except AccessExpiredError:
                await self._renew()
                return await act(self.tokens.access)
        except (AccessExpiredError, NothingThereError, TakenError) as error:
            raise CalendarUnavailableError from error

    async def _renew(self) -> None:
        office = self.parts.service(self.service).office
        self.tokens = await office.renew(self.tokens, self.parts.work.clock())
        async with self.parts.work.write(SERVER) as ctx:
            row = await ConnectionRepository(ctx.session).by_id_for_update(self.connection_id)
            if row is not None and row.is_since(self.connected_at):
                row.sealed = sealed(self.parts.ring, row.id, self.tokens)


def _purpose(connection_id: UUID) -> str:
    return f"calendar {connection_id}"
