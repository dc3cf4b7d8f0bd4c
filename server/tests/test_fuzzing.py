"""The running server against what its own description allows, and what it does not, by role.

`FUZZ_EXAMPLES` and `FUZZ_SECONDS` make it look longer: `make fuzz`.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import pytest
from people import API, PASSWORD
from postgresql import Cluster

from jumpa.config import leaves

pytestmark = pytest.mark.media

CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,"
    "response_headers_conformance,response_schema_conformance,negative_data_rejection"
)
# What would end the session, the account or the room that everything is asked with.
LEFT_OUT = "auth/sessions|auth/logout|users/password|/end$|/leave$|/host$|organisation/people/"
AYU = ("--email", "ayu@example.com", "--first-name", "Ayu", "--last-name", "Lestari")
BUDI = ("--email", "budi@example.com", "--first-name", "Budi", "--last-name", "Santoso", "--admin")
EXAMPLES = os.environ.get("FUZZ_EXAMPLES", "1")
SECONDS = os.environ.get("FUZZ_SECONDS", "12")
# A body that is too large is refused before anybody looks what is in it.
CONFIGURATION = """
[parameters]
code = "{code}"
[checks.negative_data_rejection]
expected-statuses = [400, 401, 403, 404, 405, 406, 409, 413, 415, 422, 428, 429]
"""
ROLES = ("anonymous", "guest", "member", "host", "administrator")


@dataclass(frozen=True)
class Running:
    """A server with two accounts and a room."""

    folder: Path
    url: str
    code: str
    bearers: dict[str, str] = field(repr=False)

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()

    def fuzz(self, role: str, folder: Path, *phases: str) -> subprocess.CompletedProcess[str]:
        """Ask everything in the name of the role, in the room that there is."""
        (folder / "schemathesis.toml").write_text(CONFIGURATION.format(code=self.code))
        bearer = self.bearers[role]
        words = ["run", f"{self.url}{API}/openapi.json", "--url", self.url, "--checks", CHECKS]
        words += ["--phases", ",".join(phases), "--max-examples", EXAMPLES]
        words += ["--seed", "1", "--generation-deterministic", "--no-color"]
        words += ["--exclude-path-regex", LEFT_OUT, "--exclude-operation-id", "delete_room"]
        if "coverage" not in phases:
            words += ["--max-time", SECONDS]
        return subprocess.run(
            [
                Path(sys.executable).with_name("schemathesis"),
                *words,
                *(("-H", f"Authorization: Bearer {bearer}") if bearer else ()),
            ],
            cwd=folder,
            env={**os.environ, "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            check=False,
        )


def failures(shown: str) -> str:
    """Return what is shown of them; long bodies would push the reasons out."""
    lines = shown.partition("FAILURES")[2].splitlines()
    return "\n".join(line[:400] for line in lines[:150])


def environment(database: str) -> dict[str, str]:
    """Return variables under which nobody asks too often."""
    often = {
        "JUMPA_" + name.upper().replace(".", "__"): "1000000000"
        for name, _ in leaves()
        if name.startswith(("rates.", "rooms.")) and name.endswith(("_minute", "_hour", "_account"))
    }
    kept = {name: os.environ[name] for name in ("PATH", "JUMPA_SFU_BINARY") if name in os.environ}
    return {**kept, **often, **({"JUMPA_DATABASE__URL": database} if database else {})}


@contextmanager
def serving(folder: Path, variables: dict[str, str]) -> Iterator[str]:
    words = ("serve", "--bind", "127.0.0.1", "--port", "0", "--udp-port", "0")
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jumpa", *words],
            cwd=folder,
            env=variables,
            stderr=log,
            stdout=subprocess.DEVNULL,
        )
    try:
        path = folder / "data" / "serve.json"
        ends = time.monotonic() + 60
        while not path.exists():
            assert time.monotonic() < ends, (folder / "log").read_text()
            assert server.poll() is None, (folder / "log").read_text()
            os.sched_yield()
        yield json.loads(path.read_text())["http"]
    finally:
        server.terminate()
        server.wait(30)


def sign_in(folder: Path, variables: dict[str, str], url: str, person: tuple[str, ...]) -> str:
    (folder / "password").write_text(PASSWORD)
    words = ("user", "create", *person, "--password-file", "password")
    subprocess.run([sys.executable, "-m", "jumpa", *words], cwd=folder, env=variables, check=True)
    body = {"email": person[1], "password": PASSWORD}
    token: str = httpx2.post(f"{url}{API}/auth/login", json=body).json()["access_token"]
    return token


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def running(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    database = ""
    if request.param == "postgresql":
        cluster: Cluster = request.getfixturevalue("cluster")
        database = cluster.create("fuzzed").render_as_string(hide_password=False)
    folder = tmp_path_factory.mktemp("fuzzed")
    variables = environment(database)
    with serving(folder, variables) as url:
        room = httpx2.post(f"{url}{API}/rooms", json={"title": "Tea"}).json()
        joining = f"{url}{API}/rooms/{room['code']}/join"
        bearers = {
            "anonymous": "",
            "guest": httpx2.post(joining, json={"name": "Ann"}).json()["seat"],
            "host": room["host_secret"],
            "member": sign_in(folder, variables, url, AYU),
            "administrator": sign_in(folder, variables, url, BUDI),
        }
        yield Running(folder, url, room["code"], bearers)


@pytest.mark.timeout(2000)
class TestDescription:
    @pytest.mark.parametrize("role", ROLES)
    def test_is_kept_to_by_who_goes_from_one_to_the_next(
        self, running: Running, tmp_path: Path, role: str
    ) -> None:
        done = running.fuzz(role, tmp_path, "examples", "fuzzing", "stateful")

        assert done.returncode == 0, failures(done.stdout)
        assert '"level": "error"' not in running.log
        assert "Traceback" not in running.log

    def test_is_kept_to_at_every_edge(self, running: Running, tmp_path: Path) -> None:
        done = running.fuzz("member", tmp_path, "examples", "coverage")

        assert done.returncode == 0, failures(done.stdout)
        assert '"level": "error"' not in running.log
