"""The lock holds what pyproject.toml asks for: `make setup` installs from the lock alone."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^ ;\\]+)", re.MULTILINE)


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def asked_for() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]


@pytest.mark.parametrize("line", asked_for())
def test_the_lock_satisfies(line: str) -> None:
    requirement = Requirement(line)
    lock = (ROOT / "requirements.lock").read_text()

    pins = {normalised(name): version for name, version in PINNED.findall(lock)}

    assert pins[normalised(requirement.name)] in requirement.specifier
