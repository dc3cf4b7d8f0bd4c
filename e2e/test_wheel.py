"""The wheel of `make build` serves from an empty environment: no Node, Rust or network."""

import subprocess
from pathlib import Path
from urllib.request import urlopen

from harness import servers
from harness.servers import ROOT

UV = ROOT / ".venv" / "bin" / "uv"


def install(folder: Path) -> Path:
    """A new environment with the wheel in it; its `jumpa`."""
    [wheel] = (ROOT / "dist").glob("jumpa-*.whl")
    environment = folder / "environment"
    bare = {"PATH": "", "HOME": str(folder), "UV_CACHE_DIR": cache()}
    subprocess.run(
        [UV, "venv", "--offline", "--python", ROOT / ".venv/bin/python", environment],
        env=bare,
        check=True,
        capture_output=True,
    )
    python = environment / "bin" / "python"
    subprocess.run(
        [UV, "pip", "install", "--offline", "--python", python, wheel],
        env=bare,
        check=True,
        capture_output=True,
    )
    return environment / "bin" / "jumpa"


def cache() -> str:
    """Where uv keeps the wheels that `make setup` fetched."""
    listing = subprocess.run([UV, "cache", "dir"], check=True, capture_output=True, text=True)
    return listing.stdout.strip()


class TestWheel:
    async def test_serves_the_web_app_and_answers_ready(self, tmp_path: Path) -> None:
        program = install(tmp_path)

        server = await servers.start(
            tmp_path / "wheel-data", program=str(program), environment={"PATH": ""}
        )

        with urlopen(f"{server.http}/ready") as ready, urlopen(server.http) as page:
            assert ready.status == 200
            assert b"<script" in page.read()
        assert await server.stop() == 0
