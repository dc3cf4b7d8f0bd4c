"""Counts how often an address does something."""

import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address
from typing import ClassVar

from jumpa.kit.addresses import unmapped
from jumpa.kit.errors import JumpaError, Kind

_SITE_PREFIX_BITS = 64


class TooManyRequestsError(JumpaError):
    """Too many requests from this address; try again in a moment."""

    kind: ClassVar = Kind.EXHAUSTED
    code: ClassVar = "too_many_requests"


@dataclass(slots=True)
class _Bucket:
    level: float
    at_s: float


@dataclass(slots=True)
class RateLimiter:
    """A leaking bucket for each address; `now_s` is a clock that only goes forward."""

    per_minute: int
    addresses: int
    now_s: Callable[[], float]
    _buckets: OrderedDict[str, _Bucket] = field(default_factory=OrderedDict)

    def count(self, address: str) -> None:
        """Count one more; raises TooManyRequestsError with `retry_after_s`."""
        self.check(address)
        self._bucket(address).level += 1

    def check(self, address: str) -> None:
        """Raise when one more would be too many; counts nothing."""
        bucket = self._bucket(address)
        excess = bucket.level + 1 - self.per_minute
        if excess > 0:
            retry_after_s = math.ceil(excess * 60 / self.per_minute)
            raise TooManyRequestsError(retry_after_s=retry_after_s, limit=self.per_minute)

    def _bucket(self, address: str) -> _Bucket:
        key = site(address)
        now_s = self.now_s()
        bucket = self._buckets.setdefault(key, _Bucket(0, now_s))
        bucket.level = max(0.0, bucket.level - (now_s - bucket.at_s) * self.per_minute / 60)
        bucket.at_s = now_s
        self._buckets.move_to_end(key)
        if len(self._buckets) > self.addresses:
            self._buckets.popitem(last=False)
        return bucket


@dataclass(frozen=True, slots=True)
class Guarded:
    """Slows down an address that guesses: each such failure counts, and too many are refused."""

    limiter: RateLimiter
    address: str
    guesses: tuple[type[Exception], ...]

    def __enter__(self) -> None:
        self.limiter.check(self.address)

    def __exit__(self, _type: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, self.guesses):
            self.limiter.count(self.address)


def site(address: str) -> str:
    """Return what one person can hardly change: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        parsed = unmapped(ip_address(address.partition("%")[0]))
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    return str(IPv6Address(int(parsed) >> _SITE_PREFIX_BITS << _SITE_PREFIX_BITS))
