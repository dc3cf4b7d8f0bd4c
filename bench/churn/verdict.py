"""What a run may keep, and whether it did."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import linear_regression, mean

from bench.churn.sampling import Sample

MIB = 2**20
# Growth of each process: bytes for a thousand people who came, and share of its size in an hour.
GROWTH_BYTES = MIB
GROWTH_SHARE = 0.02
# Of what comes back once everybody has gone.
SPREAD = 2
LOG_BYTES = 64 * MIB
FAILED_SHARE = 0.001
HEADER = ("what", "before", "highest", "after", "limit", "")


@dataclass(frozen=True, slots=True)
class Growth:
    """How one process grew while people came and went."""

    bytes_per_thousand: float
    share_per_hour: float

    @property
    def is_within(self) -> bool:
        """Whether it may be called steady."""
        by_joins = self.bytes_per_thousand < GROWTH_BYTES
        return by_joins and self.share_per_hour < GROWTH_SHARE


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
    return Growth(by_join * 1000, by_second * 3600 / mean(sizes))


def is_back(before: Sample, now: Sample) -> bool:
    """Whether everything that is counted is as it was."""
    return all(_is_near(before.counts[name], count) for name, count in now.counts.items())


def lines(course: Course) -> list[Line]:
    """Return what is to be said of a run."""
    whole = (course.before, *course.during, course.after)
    return [
        *_memory("memory, server", course.during, [one.server_bytes for one in whole]),
        *_memory("memory, media process", course.during, [one.sfu_bytes for one in whole]),
        *(_count(name, course) for name in course.before.counts),
        _log(course),
        _failures(course),
    ]


def _memory(name: str, during: Sequence[Sample], sizes: Sequence[int]) -> list[Line]:
    before, after, highest = sizes[0], sizes[-1], max(sizes)
    size = Line((name, _mib(before), _mib(highest), _mib(after), ""), is_within=True)
    return [size, _growth(growth(during, sizes[1:-1]))]


def _growth(found: Growth) -> Line:
    said = f"{found.bytes_per_thousand / MIB:+.2f} MiB, {found.share_per_hour:+.1%}"
    limit = f"below {GROWTH_BYTES / MIB:.0f} MiB, {GROWTH_SHARE:.0%}"
    return Line(("… a thousand people, an hour", "", "", said, limit), found.is_within)


def _count(name: str, course: Course) -> Line:
    before, after = course.before.counts[name], course.after.counts[name]
    counts = [one.counts[name] for one in course.during if name in one.counts]
    highest = str(max([before, after, *counts])) if counts else ""
    cells = (name, str(before), highest, str(after), f"{before} ± {SPREAD}")
    return Line(cells, _is_near(before, after))


def _log(course: Course) -> Line:
    highest = max(one.log_bytes for one in (course.before, *course.during, course.after))
    cells = ("write-ahead log", _mib(course.before.log_bytes), _mib(highest))
    limit = f"at most {_mib(LOG_BYTES)}"
    return Line((*cells, _mib(course.after.log_bytes), limit), highest <= LOG_BYTES)


def _failures(course: Course) -> Line:
    count, most = len(course.failures), int(course.visits * FAILED_SHARE)
    cells = ("visits that failed", "", "", f"{count} of {course.visits}", f"at most {most}")
    return Line(cells, count <= most)


def _is_near(before: int, after: int) -> bool:
    return abs(after - before) <= SPREAD


def _mib(size: int) -> str:
    return f"{size / MIB:.1f} MiB"
