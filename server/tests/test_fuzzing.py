"""The running server against what its own description allows, and what it does not."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
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
# What would end the session that everything is asked with.
LEFT_OUT = "auth/sessions|auth/logout|users/password"
AYU = ("--email", "ayu@example.com", "--first-name", "Ayu", "--last-name", "Lestari")


def environment(database: str) -> dict[str, str]:
    """Return variables under which nobody asks too often."""
    often = {
        "JUMPA_" + name.upper().replace(".", "__"): "1000000000"
        for name, _ in leaves()
        if name.startswith(("rates.", "rooms.")) and name.endswith(("_minute", "_account"))
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
            stdout=-3,
        )
    try:
        path = folder / "data" / "serve.json"
        ends = time.monotonic() + 60
        while not path.exists():
            assert time.monotonic() < ends, (folder / "log").read_text()
            assert server.poll() is None, (folder / "log").read_text()
        yield json.loads(path.read_text())["http"]
    finally:
        server.terminate()
        server.wait(30)


def sign_in(folder: Path, variables: dict[str, str], url: str, *more: str) -> str:
    (folder / "password").write_text(PASSWORD)
    words = ("user", "create", *AYU, "--password-file", "password", *more)
    subprocess.run([sys.executable, "-m", "jumpa", *words], cwd=folder, env=variables, check=True)
    body = {"email": "ayu@example.com", "password": PASSWORD}
    answer = httpx2.post(f"{url}{API}/auth/login", json=body)
    token: str = answer.json()["access_token"]
    return token


@pytest.mark.timeout(400)
@pytest.mark.parametrize(("kind", "role"), [("sqlite", "member"), ("postgresql", "administrator")])
def test_answers_as_it_is_described(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str, role: str
) -> None:
    database = ""
    if kind == "postgresql":
        cluster: Cluster = request.getfixturevalue("cluster")
        database = cluster.create("fuzzed").render_as_string(hide_password=False)
    variables = environment(database)
    with serving(tmp_path, variables) as url:
        more = ("--admin",) if role == "administrator" else ()
        header = f"Authorization: Bearer {sign_in(tmp_path, variables, url, *more)}"
        done = subprocess.run(
            [
                Path(sys.executable).with_name("schemathesis"),
                *(
                    "run",
                    f"{url}{API}/openapi.json",
                    "--url",
                    url,
                    "-H",
                    header,
                    "--checks",
                    CHECKS,
                ),
                *("--phases", "examples,coverage,fuzzing", "--max-examples", "3", "--seed", "1"),
                *("--exclude-path-regex", LEFT_OUT, "--no-color"),
            ],
            cwd=tmp_path,
            env={**os.environ, "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            check=False,
        )

    assert done.returncode == 0, done.stdout[-8000:]
    log = (tmp_path / "log").read_text()
    assert '"level": "error"' not in log
    assert "Traceback" not in log
