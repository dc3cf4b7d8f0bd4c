"""Compares Jumpa with livekit-server: `python -m bench`."""

import argparse
import itertools
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench import machine, publishing, servers
from bench.errors import BenchError
from bench.figures import figures_of, ratio, typical
from bench.scenarios import SCENARIOS, Scenario
from bench.settings import Settings
from bench.table import Comparison, growth, markdown, said, section

LOAD = servers.ROOT / "target" / "release" / "jumpa-load"
START: dict[str, Callable[[Path], AbstractContextManager[servers.Running]]] = {
    "jumpa": servers.jumpa,
    "livekit": servers.livekit,
}

Report = dict[str, Any]


def main() -> int:
    """Run the comparison; 0 when it ran to its end."""
    settings = read_settings()
    if not LOAD.exists():
        print(f"{LOAD} is missing. Run `cargo build --release --package jumpa-load`.")
        return 1
    servers.OUT.mkdir(parents=True, exist_ok=True)
    try:
        servers.livekit_program()
        facts = machine.facts()
        reports = runs(chosen(settings), settings)
    except (BenchError, subprocess.SubprocessError) as error:
        print(error)
        return 1
    comparisons = compare(reports)
    print(markdown(comparisons), said(growth(comparisons)), sep="\n\n")
    if settings.publish:
        publish(comparisons, reports, facts, settings)
    return 0


def read_settings() -> Settings:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=20, help="measured window of a run")
    parser.add_argument("--repeats", type=int, default=3, help="runs per server and scenario")
    parser.add_argument("--only", default="", help="scenarios whose name contains this")
    parser.add_argument(
        "--publish",
        action="store_true",
        help="write bench/results/ and the table in bench/README.md",
    )
    return Settings(**vars(parser.parse_args()))


def chosen(settings: Settings) -> list[Scenario]:
    """Scenarios that were asked for."""
    found = [scenario for scenario in SCENARIOS if settings.only in scenario.name]
    if not found:
        names = ", ".join(scenario.name for scenario in SCENARIOS)
        raise BenchError(f"No scenario is called like that. There are: {names}.")
    return found


def runs(scenarios: list[Scenario], settings: Settings) -> list[Report]:
    """All scenarios on each server in turn, the other one first at every second repeat."""
    reports = []
    for repeat in range(settings.repeats):
        names = list(START) if repeat % 2 == 0 else list(reversed(START))
        for scenario, name in itertools.product(scenarios, names):
            report = run(name, scenario, settings)
            print(summary(report), flush=True)
            reports.append(report)
    return reports


def run(name: str, scenario: Scenario, settings: Settings) -> Report:
    """One fresh server under one load."""
    with (
        tempfile.TemporaryDirectory(dir=servers.OUT) as folder,
        START[name](Path(folder)) as server,
    ):
        command = [str(LOAD), "--url", server.url, "--server-pid", str(server.pid)]
        command += ["--api-key", f"{servers.KEY}={servers.SECRET}", "--label", name]
        command += ["--seconds", str(settings.seconds), *scenario.arguments()]
        timeout_s = settings.seconds + 60
        done = subprocess.run(
            command, stdout=subprocess.PIPE, text=True, check=True, timeout=timeout_s
        )
    report: Report = json.loads(done.stdout)
    report["scenario"]["name"] = scenario.name
    return report


def summary(report: Report) -> str:
    """One line while the comparison goes on."""
    figures = figures_of(report)
    cpu = figures.cpu_us_per_packet
    return (
        f"{report['scenario']['name']:14} {report['label']:8} "
        f"{'no' if cpu is None else f'{cpu:.1f}'} µs a packet, "
        f"{figures.delivered} of {figures.expected}, lost {figures.lost}, "
        f"joins failed {figures.failed_joins}, p99 {figures.delay_p99_us / 1000:.2f} ms, "
        f"others used {figures.others_cpu_share:.2f} cores"
    )


def compare(reports: list[Report]) -> list[Comparison]:
    """The runs of each scenario side by side."""
    names = list(dict.fromkeys(report["scenario"]["name"] for report in reports))

    def of(scenario: str, server: str) -> list[Report]:
        return [
            report
            for report in reports
            if report["scenario"]["name"] == scenario and report["label"] == server
        ]

    return [
        Comparison(
            name,
            typical([figures_of(report) for report in of(name, "jumpa")]),
            typical([figures_of(report) for report in of(name, "livekit")]),
        )
        for name in names
    ]


def publish(
    comparisons: list[Comparison], reports: list[Report], facts: dict[str, str], settings: Settings
) -> None:
    """Keep everything as JSON and put the table into the README."""
    result = {
        "machine": facts,
        "settings": asdict(settings),
        "ratios": {one.scenario: ratio(one.jumpa, one.livekit) for one in comparisons},
        "more tracks": growth(comparisons),
        "runs": reports,
    }
    text = section(comparisons, facts, settings)
    publishing.publish("media", text, result, facts["date"])


if __name__ == "__main__":
    sys.exit(main())
