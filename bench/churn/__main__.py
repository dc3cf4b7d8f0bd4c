"""Lets people come and go, and asks what is left of them: `python -m bench.churn`."""

import argparse
import asyncio
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from bench import machine, publishing, servers
from bench.api.client import Client
from bench.churn import observed, verdict
from bench.churn.crowd import LOAD, Crowd
from bench.churn.meeting import Meeting
from bench.churn.sampling import Sample, Sampler, media_process
from bench.churn.verdict import Course
from bench.errors import BenchError
from bench.table import aligned

WARM_UP_SHARE = 1 / 6
EVERY_S = 5
KEPT_EVERY = 12
BACK_S = 60
# Connections that are kept open for the next request are closed by then.
QUIET_S = 15
AT_ONCE: tuple[type[Meeting | Crowd], ...] = (Meeting, Meeting, Crowd)
UNLIMITED = {
    "JUMPA_RATES__REQUESTS_PER_MINUTE": "1000000000",
    "JUMPA_ROOMS__JOINS_PER_MINUTE": "1000000000",
    "JUMPA_ROOMS__CREATIONS_PER_MINUTE": "1000000000",
}


@dataclass(slots=True)
class Tally:
    """What visitors did so far."""

    joins: int = 0
    visits: int = 0
    failures: list[str] = field(default_factory=list)

    def joined(self, count: int) -> None:
        """Count people who came."""
        self.joins += count


def main() -> int:
    """Run it; 0 when everything stayed within its limits."""
    parser = argparse.ArgumentParser(prog="python -m bench.churn", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30, help="how long, a sixth to warm up")
    parser.add_argument("--publish", action="store_true", help="write it into bench/README.md")
    settings = parser.parse_args()
    if not LOAD.exists():
        print(f"{LOAD} is missing. Run `cargo build --release --package jumpa-load`.")
        return 1
    # Losing connections is what its clients are here for.
    logging.getLogger("livekit").setLevel(logging.CRITICAL)
    servers.OUT.mkdir(parents=True, exist_ok=True)
    try:
        facts = machine.facts()
        course = measure(settings.minutes * 60)
    except (BenchError, subprocess.SubprocessError) as error:
        print(error)
        return 1
    found = verdict.lines(course)
    about = ", ".join(f"{name} {value}" for name, value in facts.items())
    table = aligned([verdict.HEADER, *(line.row() for line in found)])
    people = course.during[-1].joins - course.during[0].joins
    text = (
        f"{table}\n\n{settings.minutes:g} minutes, the first sixth to warm up; {people:,} people"
        f" came after that, in {course.visits:,} meetings.\n\n{about}.\n"
    )
    print(text)
    if settings.publish:
        kept = asdict(replace(course, during=course.during[::KEPT_EVERY]))
        publishing.publish("churn", text, {"machine": facts, **kept}, facts["date"])
    return int(not all(line.is_within for line in found))


def measure(seconds: float) -> Course:
    """A fresh server, and people who come and go."""
    with tempfile.TemporaryDirectory(dir=servers.OUT) as name:
        folder = Path(name)
        place = folder / "counts.json"
        os.environ.update(UNLIMITED, **{observed.PLACE: str(place)})
        program = (sys.executable, "-m", observed.__name__)
        with servers.jumpa(folder, *program) as server:
            address = urlsplit(server.url)
            client = Client(address.hostname or "", address.port or 0)
            pid = server.pid
            sampler = Sampler(client, pid, media_process(pid), folder / "data", place)
            course = asyncio.run(watch(client, server.url, sampler, seconds))
        if course.failures:
            lines = (folder / "jumpa.log").read_text().splitlines()
            print(
                *[line for line in lines if "participant" in line and " failed: " in line], sep="\n"
            )
    return course


async def watch(client: Client, url: str, sampler: Sampler, seconds: float) -> Course:
    """Warm up, look, let people come and go, and look again once they have gone."""
    tally = Tally()
    await churn(client, url, sampler, tally, seconds * WARM_UP_SHARE)
    before = await settled(
        sampler, tally, lambda now: not now.counts["participants, media process"]
    )
    kinds = sampler.kinds
    tally.visits, tally.failures = 0, []
    during = await churn(client, url, sampler, tally, seconds * (1 - WARM_UP_SHARE))
    after = await settled(sampler, tally, lambda now: verdict.is_back(before, now))
    grown = {kind: count - kinds.get(kind, 0) for kind, count in sampler.kinds.items()}
    print("objects more:", {kind: more for kind, more in grown.items() if more > 0})
    await client.close()
    return Course(before, during, after, tally.visits, tally.failures)


async def churn(
    client: Client, url: str, sampler: Sampler, tally: Tally, seconds: float
) -> list[Sample]:
    """Let people come and go for so long; what the server looked like meanwhile."""
    ends_s = time.monotonic() + seconds

    async def visits(kind: type[Meeting | Crowd]) -> None:
        while time.monotonic() < ends_s:
            tally.visits += 1
            try:
                await kind(client, url, tally.visits, tally.joined).hold()
            except (BenchError, ConnectionError, TimeoutError) as error:
                reasons = str(error).splitlines() or [type(error).__name__]
                tally.failures += [f"{kind.__name__}: {reason}" for reason in reasons]
                print(*reasons, sep="\n", flush=True)

    samples = [await sampler.look(tally.joins)]
    async with asyncio.TaskGroup() as group:
        for kind in AT_ONCE:
            group.create_task(visits(kind))
        while time.monotonic() < ends_s:
            await asyncio.sleep(EVERY_S)
            samples.append(await sampler.look(tally.joins))
            print(said(samples[-1]), flush=True)
    return samples


async def settled(sampler: Sampler, tally: Tally, is_quiet: Callable[[Sample], bool]) -> Sample:
    """What the server looks like once it is quiet, or after a minute all the same."""
    ends_s = time.monotonic() + BACK_S
    while True:
        now = await sampler.look_closely(tally.joins)
        if time.monotonic() > ends_s or is_quiet(now):
            return now
        await asyncio.sleep(1)


def said(sample: Sample) -> str:
    """One line while it goes on."""
    sizes = f"{sample.server_bytes / 2**20:.1f} + {sample.sfu_bytes / 2**20:.1f} MiB"
    counts = " ".join(map(str, sample.counts.values()))
    return f"{sample.at_s:6.0f} s, {sample.joins:6} people, {sizes}, {counts}"


if __name__ == "__main__":
    sys.exit(main())
