"""Remembers what the SFU last said about itself."""

from dataclasses import dataclass, field

from jumpa.media.embedded import sfu_pb2
from jumpa.media.engine import EngineStatus

_COUNTERS = tuple(
    descriptor.name
    for descriptor in sfu_pb2.WorkerStatus.DESCRIPTOR.fields
    if descriptor.name not in {"index", "tick_age_ms"}
)


@dataclass(slots=True)
class StatusBoard:
    """The last Ready and Pong."""

    _ready: sfu_pb2.Ready | None = None
    _pong: sfu_pb2.Pong | None = None
    _counters: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_COUNTERS, 0))

    def ready(self, ready: sfu_pb2.Ready) -> None:
        """Note that an SFU has started."""
        self._ready = ready
        self._pong = None

    def pong(self, pong: sfu_pb2.Pong) -> None:
        """Note what the workers reported."""
        self._pong = pong
        for name in _COUNTERS:
            self._counters[name] = sum(getattr(worker, name) for worker in pong.workers)

    def down(self) -> None:
        """Note that there is no SFU now."""
        self._ready = None
        self._pong = None

    def status(self, silent_s: float, restarts: int) -> EngineStatus:
        """Return the state for health checks and metrics; the SFU has said nothing for so long."""
        return EngineStatus(
            answering=self._pong is not None,
            tick_age_s=self._tick_age(silent_s),
            media_addresses=tuple(self._ready.addresses) if self._ready else (),
            tcp_addresses=tuple(self._ready.tcp_addresses) if self._ready else (),
            build=self._ready.build if self._ready else "",
            restarts=restarts,
            counters=dict(self._counters),
        )

    def _tick_age(self, silent_s: float) -> float | None:
        if self._pong is None or not self._pong.workers:
            return None
        oldest_ms = max(worker.tick_age_ms for worker in self._pong.workers)
        return silent_s + oldest_ms / 1000
