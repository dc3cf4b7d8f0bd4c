"""Many participants in one message, and not too many: a large room is told in parts."""

from collections.abc import Iterable, Iterator

from livekit.protocol import models, rtc

# Towards this many bytes participants are put together, as livekit-server does.
_BATCH_BYTES = 128 * 1024


def updates(infos: Iterable[models.ParticipantInfo]) -> Iterator[rtc.SignalResponse]:
    """Return messages that tell of these participants, each of whom is in one of them."""
    batch: list[models.ParticipantInfo] = []
    total = 0
    for info in infos:
        size = info.ByteSize()
        if batch and total + size > _BATCH_BYTES:
            yield _message(batch)
            batch, total = [], 0
        batch.append(info)
        total += size
    if batch:
        yield _message(batch)


def _message(batch: list[models.ParticipantInfo]) -> rtc.SignalResponse:
    return rtc.SignalResponse(update=rtc.ParticipantUpdate(participants=batch))
