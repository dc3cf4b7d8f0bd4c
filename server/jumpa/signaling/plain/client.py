"""One plain client inside a room: every message ends in one of these methods."""

from __future__ import annotations

from dataclasses import dataclass, field

from livekit.protocol import room as room_messages
from livekit.protocol import rtc

from jumpa.media.embedded.session import LiveSession
from jumpa.signaling.livekit import requests
from jumpa.signaling.livekit.budget import Budget
from jumpa.signaling.plain import messages
from jumpa.signaling.plain.errors import AlreadyJoinedError, MessagesTooFastError
from jumpa.signaling.plain.people import RECORDING
from jumpa.signaling.plain.ports import PlainParts
from jumpa.signaling.plain.requests import Wishes


@dataclass(slots=True)
class PlainClient:
    """What one client may do in its room; `now_s` of the budget is the caller's clock."""

    parts: PlainParts
    session: LiveSession
    budget: Budget
    wishes: Wishes = field(default_factory=Wishes)

    async def follow(self, said: messages.Said, now_s: float) -> None:
        """Do what a message says; raises JumpaError, and MessagesTooFastError to end it."""
        if isinstance(said, messages.JoinRoom):
            raise AlreadyJoinedError
        if isinstance(said, messages.LeaveRoom):
            self.session.leave()
        elif isinstance(said, messages.Chat):
            claims = self.session.claims_now()
            await self.parts.entry.write(claims, said.message, said.reply_to)
        elif isinstance(said, messages.Recording):
            await self._record(enabled=said.enabled)
        else:
            for request in list(self.wishes.requests(self.session.participant, said)):
                if not self.budget.spend(request, 0, now_s):
                    raise MessagesTooFastError
                requests.handle(self.session, request, self.parts.clock)

    async def _record(self, *, enabled: bool) -> None:
        request = room_messages.UpdateParticipantRequest(
            room=self.session.room.name,
            identity=self.session.participant.identity,
            attributes={RECORDING: "on" if enabled else ""},
        )
        await self.parts.engine.update_participant(request)


def paid(budget: Budget, size_bytes: int, now_s: float) -> bool:
    """Take the cost of a frame; False when its sender has sent too much."""
    return budget.spend(rtc.SignalRequest(), size_bytes, now_s)
