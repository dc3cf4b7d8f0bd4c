"""What one run of jumpa-load found, and what may be compared."""

from dataclasses import dataclass
from statistics import median
from typing import Any

# Servers that delivered different amounts did different work: no ratio then.
DELIVERED_TOLERANCE = 0.02


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one server in one scenario; delays in µs, CPU in µs a delivered packet.

    `others_cpu_share` is what neither server nor generator used, in cores.
    """

    joins: int
    failed_joins: int
    join_p50_ms: float
    join_p95_ms: float
    expected: int
    delivered: int
    lower_layer: int
    lost: int
    delay_p50_us: float
    delay_p95_us: float
    delay_p99_us: float
    cpu_s: float
    cpu_us_per_packet: float | None
    peak_resident_bytes: int
    others_cpu_share: float

    @property
    def missing_share(self) -> float:
        """What listeners should have got and did not, of 1."""
        return 1 - self.delivered / self.expected if self.expected else 0.0


def figures_of(report: dict[str, Any]) -> Figures:
    """The figures in the JSON that jumpa-load prints."""
    joins, packets, delay = report["joins"], report["packets"], report["delay_us"]
    server = report["server"]
    return Figures(
        joins=joins["attempted"],
        failed_joins=joins["failed"],
        join_p50_ms=joins["join_ms"]["p50"] or 0.0,
        join_p95_ms=joins["join_ms"]["p95"] or 0.0,
        expected=packets["expected"],
        delivered=packets["delivered"],
        lower_layer=packets["lower_layer"],
        lost=packets["lost"],
        delay_p50_us=delay["p50"] or 0.0,
        delay_p95_us=delay["p95"] or 0.0,
        delay_p99_us=delay["p99"] or 0.0,
        cpu_s=server["cpu_s"] or 0.0,
        cpu_us_per_packet=server["cpu_us_per_packet"],
        peak_resident_bytes=server["peak_resident_bytes"] or 0,
        others_cpu_share=report["generator"]["others_cpu_s"] / report["window_s"],
    )


def typical(runs: list[Figures]) -> Figures:
    """The run with the median CPU; failures, losses and the worst of all runs stay visible."""
    by_cpu = sorted(runs, key=lambda run: run.cpu_us_per_packet or 0.0)
    middle = by_cpu[len(by_cpu) // 2]
    return Figures(
        joins=sum(run.joins for run in runs),
        failed_joins=sum(run.failed_joins for run in runs),
        join_p50_ms=median(run.join_p50_ms for run in runs),
        join_p95_ms=median(run.join_p95_ms for run in runs),
        expected=sum(run.expected for run in runs),
        delivered=sum(run.delivered for run in runs),
        lower_layer=sum(run.lower_layer for run in runs),
        lost=sum(run.lost for run in runs),
        delay_p50_us=median(run.delay_p50_us for run in runs),
        delay_p95_us=median(run.delay_p95_us for run in runs),
        delay_p99_us=median(run.delay_p99_us for run in runs),
        cpu_s=middle.cpu_s,
        cpu_us_per_packet=middle.cpu_us_per_packet,
        peak_resident_bytes=max(run.peak_resident_bytes for run in runs),
        others_cpu_share=middle.others_cpu_share,
    )


def ratio(ours: Figures, theirs: Figures) -> float | str:
    """Our CPU a packet over theirs, or the reason why that cannot be said."""
    if ours.cpu_us_per_packet is None or not theirs.cpu_us_per_packet:
        return "nothing was delivered"
    for name, figures in (("Jumpa", ours), ("livekit-server", theirs)):
        if figures.failed_joins:
            return f"{figures.failed_joins} joins failed at {name}"
        if figures.lower_layer > figures.delivered * DELIVERED_TOLERANCE:
            return f"{name} sent a lower layer"
    difference = abs(ours.delivered - theirs.delivered) / max(ours.delivered, theirs.delivered)
    if difference > DELIVERED_TOLERANCE:
        return (
            f"delivered counts differ by {difference:.1%}: "
            f"Jumpa {ours.delivered}, livekit-server {theirs.delivered}"
        )
    return ours.cpu_us_per_packet / theirs.cpu_us_per_packet
