"""How often somebody may do something: counted here, or in Redis for several servers.

Both count by the generic cell rate algorithm (ITU-T I.371): one number for each key.
"""

import logging
import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from jumpa.kit.rate import TooManyRequestsError

logger = logging.getLogger(__name__)

_KEYS = 100_000
_AWAY_S = 5


@dataclass(frozen=True, slots=True)
class Quota:
    """So many in a window; a full window may come at once."""

    name: str
    count: int
    window_s: int = 60


@dataclass(frozen=True, slots=True)
class Standing:
    """What is left of a quota: `retry_after_s` is 0 for whoever was let through."""

    quota: Quota
    remaining: int
    reset_s: int
    retry_after_s: int = 0

    def check(self) -> None:
        """Raise TooManyRequestsError for whoever was not let through."""
        if self.retry_after_s:
            raise TooManyRequestsError(retry_after_s=self.retry_after_s)


class Counters(Protocol):
    """Where it is counted."""

    async def take(self, key: str, quota: Quota) -> Standing:
        """Count one more, unless it is too many."""


@dataclass(slots=True)
class MemoryCounters:
    """Counts in this process; `now_s` is a clock that only goes forward."""

    now_s: Callable[[], float]
    _full_at_s: OrderedDict[str, float] = field(default_factory=OrderedDict)

    async def take(self, key: str, quota: Quota) -> Standing:
        """Count one more, unless it is too many."""
        now_s = self.now_s()
        name = f"{quota.name} {key}"
        used_s = max(0.0, self._full_at_s.get(name, now_s) - now_s)
        after_s = used_s + quota.window_s / quota.count
        is_allowed = after_s <= quota.window_s + _ROUNDING_S
        if is_allowed:
            self._full_at_s[name] = now_s + after_s
            self._full_at_s.move_to_end(name)
            if len(self._full_at_s) > _KEYS:
                self._full_at_s.popitem(last=False)
        return standing(quota, after_s if is_allowed else used_s, is_allowed=is_allowed)


class Script(Protocol):
    """A script that Redis keeps."""

    async def __call__(self, keys: list[str], args: list[float]) -> tuple[int, bytes]:
        """Run it."""


class ScriptHost(Protocol):
    """What is used of a Redis client; the client is an optional dependency."""

    def register_script(self, script: str) -> Script:
        """Return the script, ready to run."""


class RedisCounters:
    """Counts in Redis or Valkey; while that is away, here, so that the door never stands open."""

    _SCRIPT = """
local now = redis.call('TIME')
local now_s = tonumber(now[1]) + tonumber(now[2]) / 1000000
local window, step = tonumber(ARGV[1]), tonumber(ARGV[2])
local used = math.max(0, tonumber(redis.call('GET', KEYS[1]) or now_s) - now_s)
local after = used + step
if after > window + 0.000001 then return {0, tostring(used)} end
redis.call('SET', KEYS[1], string.format('%.6f', now_s + after), 'PX', math.ceil(after * 1000))
return {1, tostring(after)}
"""

    def __init__(
        self, redis: ScriptHost, fallback: MemoryCounters, away: tuple[type[Exception], ...]
    ) -> None:
        self._away = away
        self._away_until_s = -math.inf
        self._script = redis.register_script(self._SCRIPT)
        self._fallback = fallback

    async def take(self, key: str, quota: Quota) -> Standing:
        """Count one more, unless it is too many."""
        if self._fallback.now_s() < self._away_until_s:
            return await self._fallback.take(key, quota)
        arguments = [quota.window_s, quota.window_s / quota.count]
        try:
            allowed, used_s = await self._script([f"jumpa:{quota.name}:{key}"], arguments)
        except self._away as error:
            logger.warning("Redis does not count, this server does: %s", error)
            # Waiting for it again and again would slow every request down.
            self._away_until_s = self._fallback.now_s() + _AWAY_S
            return await self._fallback.take(key, quota)
        return standing(quota, float(used_s), is_allowed=bool(allowed))


_ROUNDING_S = 1e-6


def standing(quota: Quota, used_s: float, *, is_allowed: bool) -> Standing:
    """Return where somebody stands who has used so much of the window."""
    step_s = quota.window_s / quota.count
    retry_s = 0 if is_allowed else max(1, math.ceil(used_s + step_s - quota.window_s - _ROUNDING_S))
    remaining = int((quota.window_s - used_s + _ROUNDING_S) / step_s) if is_allowed else 0
    return Standing(quota, remaining, math.ceil(used_s - _ROUNDING_S), retry_s)
