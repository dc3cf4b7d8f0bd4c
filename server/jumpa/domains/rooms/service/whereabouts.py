"""Where people's contacts are: here, away, or in a meeting; never in which one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from jumpa.domains.auth.service import sessions
from jumpa.domains.rooms.repository import StayRepository
from jumpa.domains.users.service import contacts
from jumpa.kit.context import Context

State = Literal["online", "offline", "in_meeting"]


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored about whoever may be seen; `stays` are rooms' codes and participants' sids.

    A server that was killed leaves stays open, so the live rooms have the last word.
    """

    seen: frozenset[UUID]
    online: frozenset[UUID]
    stays: Mapping[UUID, tuple[tuple[str, str], ...]]

    def states(self, live: Collection[tuple[str, str]]) -> dict[UUID, State]:
        """Return where everybody is, by what is live now."""
        return {user_id: self._state(user_id, live) for user_id in sorted(self.seen)}

    def _state(self, user_id: UUID, live: Collection[tuple[str, str]]) -> State:
        if any(stay in live for stay in self.stays.get(user_id, ())):
            return "in_meeting"
        return "online" if user_id in self.online else "offline"


async def look(ctx: Context, among: Collection[UUID] | None) -> Stored:
    """Return what is stored about contacts of whoever asks, all or some of them."""
    seen = await contacts.list_seen(ctx, among)
    stays: dict[UUID, list[tuple[str, str]]] = {}
    for user_id, code, sid in await StayRepository(ctx.session).list_open(seen):
        stays.setdefault(user_id, []).append((code, sid))
    return Stored(
        frozenset(seen),
        frozenset(await sessions.list_online(ctx, seen)),
        {user_id: tuple(found) for user_id, found in stays.items()},
    )
