"""How often an address may do something."""

import pytest
from factories import Now

from jumpa.kit.rate import RateLimiter, TooManyRequestsError, site


def limiter(per_minute: int = 2, addresses: int = 100) -> tuple[RateLimiter, Now]:
    now = Now()
    return RateLimiter(per_minute, addresses, now), now


class TestCount:
    def test_refuses_more_than_the_rate(self) -> None:
        limit, _ = limiter(2)
        limit.count("a")
        limit.count("a")

        with pytest.raises(TooManyRequestsError) as caught:
            limit.count("a")

        assert caught.value.facts == {"retry_after_s": 30, "limit": 2}

    def test_allows_again_after_exactly_what_it_said(self) -> None:
        limit, now = limiter(2)
        limit.count("a")
        limit.count("a")
        now.seconds += 29.9
        with pytest.raises(TooManyRequestsError):
            limit.count("a")

        now.seconds += 0.1

        limit.count("a")

    def test_counts_each_address_by_itself(self) -> None:
        limit, _ = limiter(1)
        limit.count("192.0.2.1")

        limit.count("192.0.2.2")

    def test_does_not_count_what_it_refused(self) -> None:
        limit, now = limiter(1)
        limit.count("a")
        for _ in range(50):
            with pytest.raises(TooManyRequestsError):
                limit.count("a")

        now.seconds += 60

        limit.count("a")

    def test_remembers_only_so_many_addresses(self) -> None:
        limit, _ = limiter(1, addresses=3)
        for number in range(1000):
            limit.count(f"192.0.2.{number}")

        assert len(limit._buckets) == 3


class TestCheck:
    def test_counts_nothing(self) -> None:
        limit, _ = limiter(1)
        for _ in range(5):
            limit.check("a")

        limit.count("a")


class TestSite:
    @pytest.mark.parametrize(
        ("address", "expected"),
        [
            ("192.0.2.1", "192.0.2.1"),
            ("::ffff:192.0.2.1", "192.0.2.1"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
            ("2001:db8:1:2::9", "2001:db8:1:2::"),
            ("fe80::1%eth0", "fe80::"),
            ("", ""),
            ("unix", "unix"),
        ],
    )
    def test_is_what_one_person_can_hardly_change(self, address: str, expected: str) -> None:
        assert site(address) == expected
