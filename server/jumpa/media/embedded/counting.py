"""What a room says of itself in numbers."""

from collections.abc import Collection
from typing import NamedTuple

from jumpa.media.embedded.participants import LiveParticipant


class Counts(NamedTuple):
    """How many are seen, how many of them publish, and whether somebody records, seen or not."""

    participants: int = 0
    publishers: int = 0
    is_recorded: bool = False


def counts_of(participants: Collection[LiveParticipant]) -> Counts:
    """Return the numbers of a room of these participants."""
    visible = [one for one in participants if not one.is_hidden]
    publishers = sum(any(track.negotiated for track in one.tracks.values()) for one in visible)
    is_recorded = any(one.claims.video.recorder for one in participants)
    return Counts(len(visible), publishers, is_recorded)
