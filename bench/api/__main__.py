"""Measures the API with much stored: `python -m bench.api`."""

import argparse
import asyncio
import os
import shutil
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

from bench import machine, publishing, servers
from bench.api.client import Client
from bench.api.fill import filled
from bench.api.load import Answer, Load
from bench.api.report import Delays, delays, table
from bench.api.requests import People
from bench.api.world import World
from bench.errors import BenchError
from jumpa.kit import storage
from jumpa.kit.access_tokens import AccessTokens
from jumpa.kit.clock import system_clock
from jumpa.kit.signing import derive

FOLDER = servers.OUT / "api"
# Everybody asks from one address here.
UNLIMITED = {
    "JUMPA_RATES__REQUESTS_PER_MINUTE": "1000000000",
    "JUMPA_ROOMS__JOINS_PER_MINUTE": "1000000000",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run goes."""

    rate: float
    seconds: float
    warm_up: float
    publish: bool


@dataclass(frozen=True, slots=True)
class Run:
    """What came out; CPU in cores."""

    delays: list[Delays]
    server_cpu: float
    messages: int


def main() -> int:
    """Run it; 0 when every request was answered as it should be."""
    settings = read_settings()
    whole = World()
    try:
        facts = machine.facts()
        run = measure(filled(FOLDER, whole), whole, settings)
    except BenchError as error:
        print(error)
        return 1
    text = section(run, whole, facts, settings)
    print(text)
    if settings.publish:
        result = {"machine": facts, "settings": asdict(settings), **asdict(run)}
        publishing.publish("api", text, result, facts["date"])
    return int(any(one.failed for one in run.delays))


def read_settings() -> Settings:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.api", description=__doc__)
    parser.add_argument("--rate", type=float, default=200, help="requests a second")
    parser.add_argument("--seconds", type=float, default=60, help="measured time")
    parser.add_argument("--warm-up", type=float, default=5, help="seconds before that")
    parser.add_argument(
        "--publish", action="store_true", help="write bench/results/ and bench/README.md"
    )
    return Settings(**vars(parser.parse_args()))


def measure(database: Path, whole: World, settings: Settings) -> Run:
    """A fresh server on a copy of the database, under the load."""
    with tempfile.TemporaryDirectory(dir=servers.OUT) as name:
        folder = Path(name)
        data = storage.open_folder(folder / "data")
        shutil.copyfile(database, data / "jumpa.db")
        with closing(sqlite3.connect(data / "jumpa.db")) as connection, connection:
            # As in the middle of a day: everybody was there a moment ago.
            now = system_clock().strftime("%Y-%m-%d %H:%M:%S.%f")
            connection.execute("UPDATE user_sessions SET last_used_at = ?", (now,))
        # Else the disk takes the copy in while the server is measured.
        os.sync()
        os.environ.update(UNLIMITED)
        with servers.jumpa(folder) as server:
            before_s, began_s = cpu_s(server.pid), time.monotonic()
            answers = asyncio.run(drive(server.url, storage.read_secret(data), whole, settings))
            cores = (cpu_s(server.pid) - before_s) / (time.monotonic() - began_s)
        with closing(sqlite3.connect(data / "jumpa.db")) as connection:
            messages = connection.execute("SELECT count(*) FROM room_messages").fetchone()[0]
    return Run(delays(answers), cores, messages)


async def drive(url: str, secret: bytes, whole: World, settings: Settings) -> list[Answer]:
    """Ask in the name of everybody."""
    tokens = AccessTokens(derive(secret, "access tokens"), system_clock, timedelta(hours=1))
    people = People(whole, tokens, Random(1))  # noqa: S311  # the same row at each run
    address = urlsplit(url)
    client = Client(address.hostname or "", address.port or 0)
    load = Load(client, people.requests(), settings.rate, settings.warm_up)
    await load.run(settings.seconds)
    await client.close()
    return load.answers


def cpu_s(pid: int) -> float:
    """Return the CPU time of one process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def section(run: Run, whole: World, facts: dict[str, str], settings: Settings) -> str:
    """The table with what a reader needs to judge it."""
    about = ", ".join(f"{name} {value}" for name, value in facts.items())
    return (
        f"{table(run.delays)}\n\n"
        f"{settings.rate:g} requests a second for {settings.seconds:g} s on SQLite with"
        f" {whole.users:,} people, {whole.rooms:,} rooms and {run.messages:,} messages at the end;"
        f" the server used {run.server_cpu:.2f} cores.\n\n{about}.\n"
    )


if __name__ == "__main__":
    sys.exit(main())
