"""Who comes into a crowd and publishes nothing is told of later, or never when gone by then.

LiveKit's rule: people who look in for a moment do not cost everybody two messages.
"""

from dataclasses import dataclass, field

from jumpa.media.embedded.participants import LiveParticipant


@dataclass(slots=True)
class Quiet:
    """Participants of whom the others do not know yet, and all who have ever been told of."""

    waiting: dict[str, LiveParticipant] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)

    def keeps_back(self, participant: LiveParticipant, *, is_crowded: bool) -> bool:
        """Whether a change of somebody is not to be told now."""
        sid = participant.sid
        if participant.has_left:
            return self.forget(sid)
        publishes = any(track.negotiated for track in participant.tracks.values())
        if sid in self.told or publishes or not (is_crowded or sid in self.waiting):
            self.waiting.pop(sid, None)
            self.told.add(sid)
            return False
        self.waiting[sid] = participant
        return True

    def forget(self, sid: str) -> bool:
        """Forget somebody who goes out of sight; True where nobody has been told of them."""
        self.told.discard(sid)
        return self.waiting.pop(sid, None) is not None

    def release(self) -> list[LiveParticipant]:
        """Return those whose time has come; they are told of from now on."""
        released = list(self.waiting.values())
        self.told.update(self.waiting)
        self.waiting.clear()
        return released
