from collections.abc import Sequence
from dataclasses import replace

import pytest
from bench.churn.sampling import Sample
from bench.churn.verdict import MIB, Course, growth, is_back, lines

BASE = Sample(300, 1000, 100 * MIB, 50 * MIB, {"asyncio tasks": 20, "files open": 40}, MIB)


def steady(count: int = 50) -> list[Sample]:
    """Samples of every five seconds in which ten people came and nothing grew."""
    return [
        replace(BASE, at_s=300 + 5 * number, joins=1000 + 10 * number) for number in range(count)
    ]


def course(
    during: Sequence[Sample], after: Sample = BASE, failures: Sequence[str] = (), visits: int = 100
) -> Course:
    return Course(BASE, during, after, visits, failures)


def passed(run: Course) -> list[str]:
    """Names of the lines whose limit was passed."""
    return [line.cells[0] for line in lines(run) if not line.is_within]


class TestGrowth:
    def test_is_told_by_people_and_by_time(self) -> None:
        samples = steady()
        sizes = [100 * MIB + number * MIB // 100 for number in range(50)]

        found = growth(samples, sizes)

        assert found.bytes_per_thousand == pytest.approx(MIB, rel=0.01)
        assert found.share_per_hour == pytest.approx(0.072, rel=0.01)
        assert not found.is_within

    def test_of_what_goes_up_and_down_is_none(self) -> None:
        sizes = [(100 + number % 2) * MIB for number in range(50)]

        assert growth(steady(), sizes).is_within


class TestBack:
    def test_leaves_two_to_chance(self) -> None:
        more = replace(BASE, counts={"asyncio tasks": 22, "files open": 38})

        assert is_back(BASE, more)
        assert not is_back(BASE, replace(BASE, counts={"asyncio tasks": 23, "files open": 40}))


class TestLines:
    def test_of_a_steady_run_are_all_within(self) -> None:
        assert passed(course(steady())) == []

    def test_tell_what_grew(self) -> None:
        grown = [
            replace(sample, sfu_bytes=(50 + number) * MIB) for number, sample in enumerate(steady())
        ]

        assert passed(course(grown)) == ["… a thousand people, an hour"]

    def test_tell_what_is_still_there(self) -> None:
        left = replace(BASE, counts=BASE.counts | {"asyncio tasks": 31})

        assert passed(course(steady(), left)) == ["asyncio tasks"]

    def test_tell_of_a_log_without_bounds(self) -> None:
        during = [replace(sample, log_bytes=65 * MIB) for sample in steady()]

        assert passed(course(during)) == ["write-ahead log"]

    def test_tell_of_visits_that_failed(self) -> None:
        assert passed(course(steady(), failures=["somebody was not let in"], visits=999))
        assert not passed(course(steady(), failures=["somebody was not let in"], visits=1000))
