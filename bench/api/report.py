"""What a run found, as figures and as a table."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from bench.api.load import Answer

ALL = "all"
_HEADER = ("request", "count", "failed", "p50", "p95", "p99", "longest")


@dataclass(frozen=True, slots=True)
class Delays:
    """Of one kind of request, in ms."""

    kind: str
    count: int
    failed: int
    p50: float
    p95: float
    p99: float
    longest: float


def delays(answers: Sequence[Answer]) -> list[Delays]:
    """Return the figures of each kind, and of all together first."""
    kinds = sorted({answer.kind for answer in answers})
    return [
        _of(ALL, answers),
        *(_of(kind, [answer for answer in answers if answer.kind == kind]) for kind in kinds),
    ]


def table(found: Sequence[Delays]) -> str:
    """Return it as Markdown, which reads well in a terminal too."""
    rows = [_HEADER, *(_row(one) for one in found)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADER))]
    lines = [
        "| " + " | ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def percentile(ordered: Sequence[float], share: float) -> float:
    """Return the smallest value that `share` of them do not exceed (nearest rank)."""
    return ordered[max(0, math.ceil(len(ordered) * share) - 1)]


def _of(kind: str, answers: Sequence[Answer]) -> Delays:
    ordered = sorted(answer.seconds * 1000 for answer in answers)
    failed = sum(answer.status >= HTTPStatus.BAD_REQUEST for answer in answers)
    p50, p95, p99 = (percentile(ordered, share) for share in (0.5, 0.95, 0.99))
    return Delays(kind, len(ordered), failed, p50, p95, p99, ordered[-1])


def _row(one: Delays) -> tuple[str, ...]:
    times = (f"{value:.1f} ms" for value in (one.p50, one.p95, one.p99, one.longest))
    return (one.kind, f"{one.count:,}", f"{one.failed:,}", *times)
