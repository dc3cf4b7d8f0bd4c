"""Times LiveKit's own client in Chromium on both servers: `python -m bench.clients`."""

import argparse
import asyncio
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.async_api import Browser, async_playwright

from bench import machine, publishing, servers
from bench.clients.runs import Delays, Run
from bench.errors import BenchError
from bench.table import aligned

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-features=WebRtcHideLocalIpsWithMdns,LocalNetworkAccessChecks",
    # Pages that are not in front are drawn and timed all the same.
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--disable-background-timer-throttling",
)
START: dict[str, Callable[[Path], AbstractContextManager[servers.Running]]] = {
    "Jumpa": servers.jumpa,
    "livekit-server": servers.livekit,
}
GENERATIONS = {"v0": False, "v1": True}
Column = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Settings:
    """How often, and what becomes of it."""

    repeats: int
    joins: int
    changes: int
    publish: bool
    only: str

    @property
    def columns(self) -> list[tuple[str, str]]:
        """Generation and server of each column."""
        names = [name for name in START if self.only in {"", name}]
        return [(generation, name) for generation in GENERATIONS for name in names]


def main() -> int:
    """Run the comparison; 0 when it ran to its end."""
    settings = read_settings()
    servers.OUT.mkdir(parents=True, exist_ok=True)
    try:
        if settings.only != "Jumpa":
            servers.livekit_program()
        facts = machine.facts()
        found = asyncio.run(measure(settings))
    except BenchError as error:
        print(error)
        return 1
    text = section(found, facts, settings)
    print(text)
    if settings.publish:
        kept = {" ".join(column): delays for column, delays in found.items()}
        publishing.publish("clients", text, {"machine": facts, "delays_ms": kept}, facts["date"])
    return 0


def read_settings() -> Settings:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.clients", description=__doc__)
    parser.add_argument("--repeats", type=int, default=3, help="runs per server and generation")
    parser.add_argument("--joins", type=int, default=20, help="joins in a run")
    parser.add_argument("--changes", type=int, default=3, help="resumes and layers in a run")
    parser.add_argument("--publish", action="store_true", help="write it into bench/README.md")
    parser.add_argument("--only", default="", choices=["", *START], help="one server alone")
    return Settings(**vars(parser.parse_args()))


async def measure(settings: Settings) -> dict[Column, Delays]:
    """Every server with every generation of the protocol, in turn."""
    found: dict[Column, Delays] = defaultdict(lambda: defaultdict(list))
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        raise BenchError("No Chromium found. Run tools/install-browser.")
    async with async_playwright() as playwright:
        for repeat in range(settings.repeats):
            columns = settings.columns
            for column in columns if repeat % 2 == 0 else reversed(columns):
                browser = await playwright.chromium.launch(
                    executable_path=program, headless=True, args=list(FLAGS)
                )
                delays = await one(browser, column, settings)
                await browser.close()
                for kind, values in delays.items():
                    found[column][kind] += values
                print(*column, {k: round(median(v)) for k, v in delays.items()}, flush=True)
    return found


async def one(browser: Browser, column: Column, settings: Settings) -> Delays:
    """One fresh server."""
    generation, name = column
    with (
        tempfile.TemporaryDirectory(dir=servers.OUT) as folder,
        START[name](Path(folder)) as server,
    ):
        run = Run(browser, server, GENERATIONS[generation])
        return await run.measure(settings.joins, settings.changes)


def section(found: dict[Column, Delays], facts: dict[str, str], settings: Settings) -> str:
    """The table with what a reader needs to judge it."""
    columns = settings.columns
    rows = [("median of", *(f"{generation} {name}" for generation, name in columns))]
    rows += [
        (kind, *(f"{median(found[column][kind]):.0f} ms" for column in columns))
        for kind in found[columns[0]]
    ]
    about = ", ".join(f"{name} {value}" for name, value in facts.items())
    return (
        f"{aligned(rows)}\n\n{settings.repeats} runs in turn, each with a fresh server and browser,"
        f" {settings.joins} joins and {settings.changes} changes of each kind."
        f"\n\n{about}.\n"
    )


if __name__ == "__main__":
    sys.exit(main())
