"""docs/seeds.md names tests, pages and commands that exist, each thing once, and counts them."""

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ID = re.compile(r"S[0-4]-\d{3}")
COMMANDS = ("make ", "tools/")


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def table(header: str) -> list[list[str]]:
    lines = iter((ROOT / "docs" / "seeds.md").read_text().splitlines())
    next(line for line in lines if line.startswith(header))
    next(lines)
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        rows.append(cells(line))
    return rows


DONE = [(row[0], row[-1].strip("`")) for row in table("| id |")]


def has_test(path: Path, names: list[str]) -> bool:
    """Whether a file defines these, each inside the one before; no for other languages."""
    text = path.read_text()
    patterns = {
        ".py": [rf"^class {names[0]}\b", *(rf"^    (?:async )?def {name}\(" for name in names[1:])],
        ".rs": [rf"#\[test\]\s+fn {name}\(" for name in names],
    }
    wanted = patterns.get(path.suffix, [r"(?!)"])
    for pattern in wanted:
        found = re.search(pattern, text, re.MULTILINE)
        if found is None:
            return False
        # A method counts only before the next class begins.
        text = (
            text[found.end() :]
            if path.suffix == ".rs"
            else text[found.end() :].split("\nclass ")[0]
        )
    return True


def exists(shown_by: str) -> bool:
    if shown_by.startswith(COMMANDS):
        return is_command(shown_by)
    name, *names = shown_by.split("::")
    path = ROOT / name
    if not names:
        return path.exists()
    return path.is_file() and has_test(path, names)


def is_command(command: str) -> bool:
    program, *arguments = command.split()
    if program == "make":
        return f"\n{arguments[0]}:" in (ROOT / "Makefile").read_text()
    if program == "tools/npm":
        return f'"{arguments[1]}":' in (ROOT / "web" / "package.json").read_text()
    return (ROOT / program).is_file()


class TestTable:
    def test_has_well_formed_ids_once_each(self) -> None:
        ids = [seed for seed, _ in DONE]

        assert len(ids) > 50
        assert [seed for seed in ids if not ID.fullmatch(seed)] == []
        assert [seed for seed, times in Counter(ids).items() if times > 1] == []

    @pytest.mark.parametrize("shown_by", sorted({shown_by for _, shown_by in DONE}))
    def test_names_what_exists(self, shown_by: str) -> None:
        assert exists(shown_by)

    def test_is_counted(self) -> None:
        done = Counter(seed[:2] for seed, _ in DONE)
        done["all"] = len(DONE)

        for name, named, counted, left in table("| document |"):
            assert int(counted) == done[name]
            assert int(left) == int(named) - int(counted)


class TestExists:
    @pytest.mark.parametrize(
        "shown_by",
        [
            "server/tests/no_such_file.py",
            "server/tests/test_seeds.py::NoClass",
            "server/tests/test_seeds.py::TestTable::test_no_such",
            "server/tests/test_seeds.py::TestTable::test_notices_what_does_not_exist",
            "sfu/core/tests/data.rs::nobody",
            "web/src/lib/storage.test.ts::keep",
            "make nothing",
            "tools/npm run nothing",
            "tools/nothing",
        ],
    )
    def test_notices_what_does_not_exist(self, shown_by: str) -> None:
        assert not exists(shown_by)
