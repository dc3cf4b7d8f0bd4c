"""What the tests of commands share."""

from pathlib import Path

import pytest
from cli.kept import Run

from jumpa.cli import commands


@pytest.fixture
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, and with its SQLite."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("JUMPA_DATABASE__URL", raising=False)
    return tmp_path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line; return its status and everything that it said."""

    def run(*words: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            commands.main(words)
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out + said.err

    return run
