"""Each rule of the Python lints catches a planted violation, and clean code passes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent

LONG_FUNCTION = '"""Long."""\n\n\ndef long() -> None:\n    """Do much."""\n' + "".join(
    f"    value_{n} = {n}\n" for n in range(40)
)
RUFF = {
    "PLR0915": LONG_FUNCTION,
    "PLR0913": '"""M."""\n\n\ndef many(a: int, b: int, c: int, d: int, e: int, f: int, g: int)'
    ' -> None:\n    """Take too much."""\n',
    "T201": '"""M."""\n\nprint("hello")\n',
    "ANN201": '"""M."""\n\n\ndef f():\n    """Say nothing of what it returns."""\n    return 1\n',
    "D100": "VALUE = 1\n",
    "DTZ005": '"""M."""\n\nfrom datetime import datetime\n\nNOW = datetime.now()\n',
    "TID251": '"""M."""\n\nimport httpx\n\nCLIENT = httpx.Client()\n',
    "ERA001": '"""M."""\n\n# value = compute(1)\n',
    "S105": '"""M."""\n\npassword = "hunter2"\n',
    "BLE001": '"""M."""\n\ntry:\n    VALUE = 1\nexcept Exception:\n    VALUE = 2\n',
}
CONTRACTS = {
    "floors": ("kit/upward.py", "from jumpa import app\n"),
    "floors-undeclared": ("helpers.py", '"""Belongs nowhere."""\n'),
    "domain": ("domains/rooms/repository.py", "from jumpa.domains.rooms import service\n"),
    "domain-undeclared": ("domains/rooms/helpers.py", '"""Belongs nowhere."""\n'),
    "domains": ("domains/polls/__init__.py", '"""Undeclared."""\n'),
    "framework": ("domains/rooms/service/rooms.py", "import fastapi\n"),
    "sql": ("domains/rooms/service/rooms.py", "import sqlalchemy\n"),
    "outbound": ("domains/auth/service/login.py", "import httpcore2\n"),
    "sfu": ("app.py", "from jumpa.media.embedded import link\n"),
    "engine": ("domains/rooms/service/rooms.py", "from jumpa.media.embedded import engine\n"),
    "cycles": ("kit/errors.py", "from jumpa import media\n"),
}
FILES = {
    "a.py": "x = 1\n" * 501,
    "b.rs": "fn f() {}\n" * 601,
    "c.ts": "export {};\n" * 251,
    "README.md": "line\n" * 81,
    "docs/decisions/0001-x.md": "line\n" * 61,
    "d.py": "import os  # noqa\n",
    "e.py": "import os  # noqa: F401\n",
    "f.rs": "#[allow(dead_code)]\nfn f() {}\n",
    "g.ts": "// @ts-ignore\n",
    "h.py": "# TO" + "DO: later\n",
}


def run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(cwd / "server")}
    return subprocess.run(
        command, cwd=cwd, env=environment, check=False, capture_output=True, text=True
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the Python side that a test may spoil."""
    shutil.copytree(
        ROOT / "server" / "jumpa",
        tmp_path / "server" / "jumpa",
        ignore=shutil.ignore_patterns("_bin", "static", "__pycache__"),
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


class TestRuff:
    @pytest.mark.parametrize("rule", RUFF)
    def test_catches(self, rule: str, copy: Path) -> None:
        (copy / "server" / "jumpa" / "planted.py").write_text(RUFF[rule])

        result = run(str(BIN / "ruff"), "check", "server/jumpa/planted.py", cwd=copy)

        assert rule in result.stdout

    def test_passes_the_product(self, copy: Path) -> None:
        assert run(str(BIN / "ruff"), "check", "server", cwd=copy).returncode == 0


class TestMypy:
    def test_catches_a_wrong_type_and_a_bare_ignore(self, copy: Path) -> None:
        planted = '"""M."""\n\nNUMBER: int = "one"\nOTHER: int = "two"  # type: ignore\n'
        (copy / "server" / "jumpa" / "planted.py").write_text(planted)

        result = run(str(BIN / "mypy"), "server/jumpa/planted.py", cwd=copy)

        assert "[assignment]" in result.stdout
        assert "[ignore-without-code]" in result.stdout


class TestContracts:
    def test_hold_in_the_product(self, copy: Path) -> None:
        result = run(str(BIN / "lint-imports"), "--no-cache", cwd=copy)

        assert result.returncode == 0, result.stdout

    @pytest.mark.parametrize("contract", CONTRACTS)
    def test_catch(self, contract: str, copy: Path) -> None:
        where, planted = CONTRACTS[contract]
        target = copy / "server" / "jumpa" / where
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text((target.read_text() if target.exists() else "") + "\n" + planted)

        name = contract.partition("-")[0]
        result = run(str(BIN / "lint-imports"), "--no-cache", "--contract", name, cwd=copy)

        assert result.returncode == 1, result.stdout


class TestFileLimits:
    @pytest.mark.parametrize("name", FILES)
    def test_catch(self, name: str, tmp_path: Path) -> None:
        run("git", "init", "--quiet", cwd=tmp_path)
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(FILES[name])

        result = run(
            sys.executable, str(ROOT / "tools" / "check-files"), str(tmp_path), cwd=tmp_path
        )

        assert result.returncode == 1
        assert name in result.stdout
