"""What a run may keep, and whether it did."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import linear_regression, mean

from bench.churn.sampling import Sample

MIB = 2**20
# Growth of each process: for a thousand people who came, and in an hour, of its size or at least so
# much, since a few pages are already two percent of a small process.
GROWTH_BYTES = MIB
GROWTH_SHARE = 0.02
GROWTH_FLOOR_BYTES = MIB
# Of what comes back once everybody has gone.
SPREAD = 2
LOG_BYTES = 64 * MIB
FAILED_SHARE = 0.001
HEADER = ("what", "before", "highest", "after", "limit", "")


@dataclass(frozen=True, slots=True)
class Growth:
    """How one process grew while people came and went."""

    bytes_per_thousand: float
    bytes_per_hour: float
    size_bytes: float

    @property
    def is_within(self) -> bool:
        """Whether it may be called steady."""
        most = max(self.size_bytes * GROWTH_SHARE, GROWTH_FLOOR_BYTES)
        return self.bytes_per_thousand < GROWTH_BYTES and self.bytes_per_hour < most


@dataclass(frozen=True, slots=True)
class Course:
    """Samples before, while and after people came and went, and how their visits went."""

    before: Sample
    during: Sequence[Sample]
    after: Sample
    visits: int
    failures: Sequence[str]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table."""

    cells: tuple[str, str, str, str, str]
    is_within: bool

    def row(self) -> tuple[str, ...]:
        """Return it as text."""
        return (*self.cells, "" if self.is_within else "**passed**")


def growth(samples: Sequence[Sample], sizes: Sequence[int]) -> Growth:
    """Return the slopes of straight lines through all samples (least squares)."""
    by_join = linear_regression([one.joins for one in samples], sizes).slope
    by_second = linear_regression([one.at_s for one in samples], sizes).slope
    return Growth(by_join * 1000, by_second * 3600, mean(sizes))


def is_back(before: Sample, now: Sample) -> bool:
    """Whether everything that is counted is as it was."""
    return all(_is_near(before.counts[name], count) for name, count in now.counts.items())


def lines(course: Course) -> list[Line]:
    """Return what is to be said of a run."""
    whole = (course.before, *course.during, course.after)
    server = [one.server_bytes - one.cache_bytes for one in whole]
    return [
        _size("memory, SQLite's cache", [one.cache_bytes for one in whole]),
        *_memory("memory, server but for that", course.during, server),
        *_memory("memory, media process", course.during, [one.sfu_bytes for one in whole]),
        *(_count(name, course) for name in course.before.counts),
        _log(course),
        _failures(course),
    ]


def _memory(name: str, during: Sequence[Sample], sizes: Sequence[int]) -> list[Line]:
    found = growth(during, sizes[1:-1])
    said = f"{found.bytes_per_thousand / MIB:+.2f} MiB, {found.bytes_per_hour / MIB:+.1f} MiB"
    most = f"{GROWTH_SHARE:.0%} or {GROWTH_FLOOR_BYTES / MIB:.0f} MiB"
    limit = f"below {GROWTH_BYTES / MIB:.0f} MiB, {most}"
    grown = Line(("… more a thousand people, an hour", "", "", said, limit), found.is_within)
    return [_size(name, sizes), grown]


def _size(name: str, sizes: Sequence[int]) -> Line:
    before, after, highest = sizes[0], sizes[-1], max(sizes)
    return Line((name, _mib(before), _mib(highest), _mib(after), ""), is_within=True)


def _count(name: str, course: Course) -> Line:
    before, after = course.before.counts[name], course.after.counts[name]
    highest = max(before, after, *(one.counts[name] for one in course.during))
    cells = (name, str(before), str(highest), str(after), f"{before} ± {SPREAD}")
    return Line(cells, _is_near(before, after))


def _log(course: Course) -> Line:
    highest = max(one.log_bytes for one in (course.before, *course.during, course.after))
    cells = ("write-ahead log", _mib(course.before.log_bytes), _mib(highest))
    limit = f"at most {_mib(LOG_BYTES)}"
    return Line((*cells, _mib(course.after.log_bytes), limit), highest <= LOG_BYTES)


def _failures(course: Course) -> Line:
    people = course.during[-1].joins - course.during[0].joins
    count, most = len(course.failures), int(people * FAILED_SHARE)
    cells = ("people whose visit failed", "", "", f"{count} of {people}", f"at most {most}")
    return Line(cells, count <= most)


def _is_near(before: int, after: int) -> bool:
    return abs(after - before) <= SPREAD


def _mib(size: int) -> str:
    return f"{size / MIB:.1f} MiB"
