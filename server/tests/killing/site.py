"""One data folder on which servers start, die and start again."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx2
from postgresql import Cluster
from sqlalchemy import URL
from typing_extensions import override

import jumpa
from jumpa.kit.failpoints import VARIABLE

SERVE = ["serve", "--bind", "127.0.0.1", "--port", "0", "--udp-port", "0"]
DEADLINE_S = 60
EMPTY: Mapping[str, str] = {}
# How a client sees that a server has died before it answered.
CUT_OFF = (httpx2.RemoteProtocolError, httpx2.ReadError, httpx2.ConnectError)


class Warm:
    """The process that servers are forked from."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("warm.py")],
            env={**os.environ, "PYTHONPATH": str(Path(jumpa.__file__).parents[1])},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, **wish: object) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(wish) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate(timeout=DEADLINE_S)


class Site:
    """What servers of one data folder leave behind, seen from outside."""

    def __init__(self, warm: Warm, folder: Path, settings: Mapping[str, str] = EMPTY) -> None:
        self._warm = warm
        self._folder = folder
        self._settings = settings

    @property
    def outbox(self) -> list[str]:
        return [path.read_text() for path in (self._folder / "data" / "outbox").glob("*.eml")]

    @contextmanager
    def serving(self) -> Iterator[httpx2.Client]:
        """Serve until the block ends."""
        pid = self._start("")
        try:
            with httpx2.Client(base_url=self._url(pid), timeout=DEADLINE_S) as client:
                yield client
        finally:
            os.kill(pid, signal.SIGTERM)
            assert self._warm.ask(wait=pid) == 0, self.log

    @contextmanager
    def dying(self, point: str) -> Iterator[httpx2.Client]:
        """Serve until the server kills itself at the point, which the block must lead it to."""
        pid = self._start(f"{point}:kill")
        status = None
        try:
            with httpx2.Client(base_url=self._url(pid), timeout=DEADLINE_S) as client:
                try:
                    yield client
                except CUT_OFF:
                    status = self._warm.ask(wait=pid)
        finally:
            if status is None:
                os.kill(pid, signal.SIGKILL)
                self._warm.ask(wait=pid)
        assert status == -signal.SIGKILL, (point, self.log)

    def dies_alone(self, point: str) -> None:
        """Serve until the server kills itself with nobody asking anything."""
        status = self._warm.ask(wait=self._start(f"{point}:kill"))
        assert status == -signal.SIGKILL, (point, self.log)

    @property
    def log(self) -> str:
        return (self._folder / "log").read_text()[-4000:]

    def rows(self, statement: str) -> list[Any]:
        """Run a statement on the database while nobody serves."""
        path = self._folder / "data" / "jumpa.db"
        with closing(sqlite3.connect(path)) as database, database:
            return database.execute(statement).fetchall()

    def make_due(self) -> None:
        """Let what a dead server had taken be done without the pause."""
        self.rows("UPDATE jobs SET due_at = '2026-01-01 00:00:00' WHERE state = 'waiting'")

    def _start(self, armed: str) -> int:
        (self._folder / "data" / "serve.json").unlink(missing_ok=True)
        kept = {k: v for k, v in os.environ.items() if k == "JUMPA_SFU_BINARY"}
        variables = {**kept, **self._settings, VARIABLE: armed}
        return self._warm.ask(folder=str(self._folder), words=SERVE, variables=variables)

    def _url(self, pid: int) -> str:
        path = self._folder / "data" / "serve.json"
        ends_s = time.monotonic() + DEADLINE_S
        while not path.exists():
            assert time.monotonic() < ends_s, self.log
            assert Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
            os.sched_yield()
        found: str = json.loads(path.read_text())["http"]
        return found


class SiteOnPostgresql(Site):
    """The same, with what is stored on a PostgreSQL."""

    def __init__(self, warm: Warm, folder: Path, cluster: Cluster, url: URL) -> None:
        named = url.render_as_string(hide_password=False)
        super().__init__(warm, folder, {"JUMPA_DATABASE__URL": named})
        self._cluster, self._database = cluster, url.database or ""

    @override
    def rows(self, statement: str) -> list[Any]:
        with self._cluster.connection(self._database) as connection:
            found = connection.exec_driver_sql(statement)
            return [tuple(row) for row in found] if found.returns_rows else []
