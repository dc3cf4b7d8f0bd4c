"""The comparison as a Markdown table, which reads well in a terminal too."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.figures import Figures, ratio
from bench.scenarios import FEW_TRACKS, MANY_TRACKS
from bench.settings import Settings

HEADER = ("scenario", "", "Jumpa", "livekit-server")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both servers in one scenario."""

    scenario: str
    jumpa: Figures
    livekit: Figures

    def verdict(self) -> str:
        """The ratio, or why there is none."""
        result = ratio(self.jumpa, self.livekit)
        return f"**{result:.2f}**" if isinstance(result, float) else f"no ratio: {result}"

    def rows(self) -> list[tuple[str, str, str, str]]:
        """One row per figure, the scenario's name on the first."""
        rows = [(name, text(self.jumpa), text(self.livekit)) for name, text in ROWS]
        rows.insert(1, ("ratio", self.verdict(), ""))
        return [(self.scenario if not index else "", *row) for index, row in enumerate(rows)]


def _microseconds(figures: Figures) -> str:
    cpu = figures.cpu_us_per_packet
    return "none" if cpu is None else f"{cpu:.1f} µs"


ROWS = (
    ("CPU a delivered packet", _microseconds),
    ("delivered of expected", lambda it: f"{it.delivered:,} of {it.expected:,}"),
    ("lost at first sending", lambda it: f"{it.lost:,}"),
    (
        "delay p50 / p95 / p99",
        lambda it: (
            f"{it.delay_p50_us / 1000:.2f} / {it.delay_p95_us / 1000:.2f}"
            f" / {it.delay_p99_us / 1000:.2f} ms"
        ),
    ),
    ("joins failed", lambda it: f"{it.failed_joins} of {it.joins}"),
    ("join p50 / p95", lambda it: f"{it.join_p50_ms:.0f} / {it.join_p95_ms:.0f} ms"),
    ("cores used by others", lambda it: f"{it.others_cpu_share:.2f}"),
    ("peak memory", lambda it: f"{it.peak_resident_bytes / 2**20:.0f} MiB"),
)


def markdown(comparisons: Sequence[Comparison]) -> str:
    """All comparisons under one header."""
    return aligned([HEADER, *(row for one in comparisons for row in one.rows())])


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Rows as Markdown with columns of one width; the first is the header."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def growth(comparisons: Sequence[Comparison]) -> dict[str, float]:
    """By server, what a packet costs with a hundred tracks a person, of what it costs with ten."""
    named = {one.scenario: one for one in comparisons}
    few, many = named.get(FEW_TRACKS.name), named.get(MANY_TRACKS.name)
    if few is None or many is None:
        return {}
    pairs = {"Jumpa": (few.jumpa, many.jumpa), "livekit-server": (few.livekit, many.livekit)}
    return {
        server: more.cpu_us_per_packet / less.cpu_us_per_packet
        for server, (less, more) in pairs.items()
        if less.cpu_us_per_packet and more.cpu_us_per_packet
    }


def said(grown: dict[str, float]) -> str:
    """The growth as a sentence; nothing where it was not measured."""
    if not grown:
        return ""
    shares = ", ".join(f"{server} {share:.2f}" for server, share in grown.items())
    return f"CPU a packet with 100 tracks each, of that with 10: {shares}."


def section(comparisons: Sequence[Comparison], facts: dict[str, str], settings: Settings) -> str:
    """The table with what a reader needs to judge it."""
    about = ", ".join(f"{name} {value}" for name, value in facts.items())
    return (
        f"{markdown(comparisons)}\n\n{said(growth(comparisons))}\n\n"
        f"{settings.repeats} runs of {settings.seconds:g} s each, in turn, "
        f"both servers fresh for every run; "
        f"CPU is the run with the median, delay and join the median of the runs, "
        f"packets and joins the sum, memory the highest.\n\n{about}.\n"
    )
