"""How much one client may say: what it sends beyond that would be paid for by everybody else."""

from livekit.protocol import rtc

_COST_BYTES = 1024
_COST_OF_NEGOTIATION_BYTES = 16 * 1024
_NEGOTIATION = frozenset({"offer", "answer", "add_track"})


class Budget:
    """A bucket of bytes that refills with time; a frame costs its size and the work it makes."""

    def __init__(self, burst_bytes: int, bytes_per_s: int, now_s: float) -> None:
        self._burst_bytes = burst_bytes
        self._bytes_per_s = bytes_per_s
        self._left_bytes = float(burst_bytes)
        self._at_s = now_s

    def spend(self, request: rtc.SignalRequest, size_bytes: int, now_s: float) -> bool:
        """Take the cost of a request; False when there is not enough left."""
        refilled = self._left_bytes + (now_s - self._at_s) * self._bytes_per_s
        self._left_bytes = min(self._burst_bytes, refilled)
        self._at_s = now_s
        is_negotiation = request.WhichOneof("message") in _NEGOTIATION
        self._left_bytes -= size_bytes
        self._left_bytes -= _COST_OF_NEGOTIATION_BYTES if is_negotiation else _COST_BYTES
        return self._left_bytes >= 0
