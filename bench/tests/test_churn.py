from collections.abc import Sequence
from dataclasses import replace

import pytest
from bench.churn.sampling import Sample
from bench.churn.verdict import MIB, Course, growth, is_back, lines

COUNTS = {"asyncio tasks": 20, "files open": 40}
BASE = Sample(300, 1000, 110 * MIB, 10 * MIB, 50 * MIB, COUNTS, MIB)


def steady(count: int = 50) -> list[Sample]:
    """Samples of every five seconds in which ten people came and nothing grew."""
    return [
        replace(BASE, at_s=300 + 5 * number, joins=1000 + 10 * number) for number in range(count)
    ]


def course(during: Sequence[Sample], after: Sample = BASE, failures: Sequence[str] = ()) -> Course:
    return Course(BASE, during, after, 100, failures)


def passed(run: Course) -> list[str]:
    """Names of the lines whose limit was passed."""
    return [line.cells[0] for line in lines(run) if not line.is_within]


class TestGrowth:
    def test_is_told_by_people_and_by_time(self) -> None:
        samples = steady()
        sizes = [100 * MIB + number * MIB // 100 for number in range(50)]

        found = growth(samples, sizes)

        assert found.bytes_per_thousand == pytest.approx(MIB, rel=0.01)
        assert found.bytes_per_hour == pytest.approx(7.2 * MIB, rel=0.01)
        assert not found.is_within

    def test_of_a_few_pages_is_none(self) -> None:
        sizes = [14 * MIB + number * 1000 for number in range(50)]

        found = growth(steady(), sizes)

        assert found.bytes_per_hour > 0.02 * found.size_bytes
        assert found.is_within

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

        assert passed(course(grown)) == ["… more a thousand people, an hour"]

    def test_leave_out_what_sqlite_keeps(self) -> None:
        cached = [
            replace(sample, server_bytes=(110 + number) * MIB, cache_bytes=(10 + number) * MIB)
            for number, sample in enumerate(steady())
        ]

        assert passed(course(cached)) == []

    def test_tell_what_is_still_there(self) -> None:
        left = replace(BASE, counts=BASE.counts | {"asyncio tasks": 31})

        assert passed(course(steady(), left)) == ["asyncio tasks"]

    def test_tell_of_a_log_without_bounds(self) -> None:
        during = [replace(sample, log_bytes=65 * MIB) for sample in steady()]

        assert passed(course(during)) == ["write-ahead log"]

    def test_tell_of_people_whose_visit_failed(self) -> None:
        many = steady(201)

        assert not passed(course(many, failures=["not let in"] * 2))
        assert passed(course(many, failures=["not let in"] * 3)) == ["people whose visit failed"]
