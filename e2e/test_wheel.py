"""The wheel of `make build` serves from an empty environment: no Node, Rust or network."""

import subprocess
from pathlib import Path
from urllib.request import urlopen

from harness import servers
from harness.servers import ROOT

BIN = ROOT / ".venv" / "bin"
PIP_DOWNLOAD = (str(BIN / "python"), "-m", "pip", "download", "--quiet", "--only-binary=:all:")


def fetch(folder: Path) -> Path:
    """The wheel of this project and those that it needs, in one folder."""
    [wheel] = (ROOT / "dist").glob("jumpa-*.whl")
    wheels = folder / "wheels"
    subprocess.run(
        [*PIP_DOWNLOAD, "--dest", str(wheels), str(wheel)],
        check=True,
    )
    return wheels


def install(folder: Path, wheels: Path) -> Path:
    """A new environment with nothing on the PATH and no index; its `jumpa`."""
    environment = folder / "environment"
    bare = {"PATH": "", "HOME": str(folder)}
    python = str(environment / "bin" / "python")
    for command in (
        ("venv", "--offline", "--python", str(BIN / "python"), str(environment)),
        ("pip", "install", "--no-index", "--find-links", str(wheels), "--python", python, "jumpa"),
    ):
        subprocess.run([str(BIN / "uv"), *command], env=bare, check=True)
    return environment / "bin" / "jumpa"


class TestWheel:
    async def test_serves_the_web_app_and_answers_ready(self, tmp_path: Path) -> None:
        program = install(tmp_path, fetch(tmp_path))

        server = await servers.start(
            tmp_path / "wheel-data", program=str(program), environment={"PATH": ""}
        )

        with urlopen(f"{server.http}/ready") as ready, urlopen(server.http) as page:
            assert ready.status == 200
            assert b"<script" in page.read()
        assert await server.stop() == 0
