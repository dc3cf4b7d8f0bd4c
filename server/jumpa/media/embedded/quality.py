"""LiveKit's connection quality: of loss, delay and layers; it falls fast and rises slowly."""

from dataclasses import dataclass

from livekit.protocol import models, rtc

from jumpa.media.embedded import sfu_pb2

_Quality = models.ConnectionQuality
# Scores above which a connection is called so; LiveKit's thresholds.
_NAMES = ((80, _Quality.EXCELLENT), (40, _Quality.GOOD), (20, _Quality.POOR))
_BEST, _PAUSED, _WORST, _LOST = 100.0, 40.0, 30.0, 0.0
_FALLING, _RISING = 0.8, 0.4
# What a hundredth of loss costs: between LiveKit's values for Opus with FEC and for video.
_LOSS_WEIGHT = 8
# What each layer costs by which a picture falls short of what is asked for, received or sent.
_LAYER_COST = 35
# Delay in ms by the E-model (ITU-T G.107, simplified): cheap up to a point, dear beyond it.
_CHEAP_MS, _FREE_MS = 160, 120
_CHEAP_COST, _DEAR_COST = 1 / 40, 1 / 10
_LEAST_MOS, _MOS_RANGE = 1.0, 3.5


@dataclass(slots=True)
class ConnectionScore:
    """0 to 100; None until the path has been measured."""

    score: float | None = None

    def take(self, measured: sfu_pb2.PathMeasured) -> bool:
        """Take a measurement in; whether the connection is called by another name now."""
        before = self.quality
        if measured.is_silent:
            # Nothing has come for so long that there is nothing to smooth.
            self.score = _LOST
            return self.quality != before
        ways = (_score(way, measured.round_trip_ms) for way in (measured.up, measured.down))
        found = min(*ways, _layer_score(measured))
        if self.score is None or self.score == _LOST:
            self.score = found
        else:
            weight = _FALLING if found < self.score else _RISING
            self.score += weight * (found - self.score)
        return self.quality != before

    @property
    def quality(self) -> models.ConnectionQuality | None:
        """What the score is called."""
        if self.score is None:
            return None
        names = (name for least, name in _NAMES if self.score > least)
        return next(names, _Quality.LOST)

    def info(self, participant_sid: str) -> rtc.ConnectionQualityInfo:
        """Return what clients are told; the score there is a mean opinion score, 1 to 4.5."""
        mos = _LEAST_MOS + _MOS_RANGE * (self.score or 0) / _BEST
        return rtc.ConnectionQualityInfo(
            participant_sid=participant_sid, quality=self.quality, score=round(mos, 1)
        )


def _score(way: sfu_pb2.Direction, round_trip_ms: int) -> float:
    loss = 100 * way.lost / way.packets if way.packets else 0
    delay_ms = round_trip_ms / 2 + 2 * way.jitter_ms
    if delay_ms <= _CHEAP_MS:
        delay_cost = delay_ms * _CHEAP_COST
    else:
        delay_cost = (delay_ms - _FREE_MS) * _DEAR_COST
    return max(_WORST, _BEST - delay_cost - loss * _LOSS_WEIGHT)


def _layer_score(measured: sfu_pb2.PathMeasured) -> float:
    best = _PAUSED if measured.has_paused else _BEST
    short = max(measured.layers_short, measured.layers_missing)
    return max(_WORST, min(best, _BEST - short * _LAYER_COST))
