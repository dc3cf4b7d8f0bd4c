"""docs/compatibility.md names tests that exist, in every cell that does not say why it has none."""

from pathlib import Path

import pytest
from test_seeds import ROOT, cells, has_test

WITHOUT = {"not in this client", "does not apply", "on a laptop alone"}


def rows() -> list[list[str]]:
    lines = (ROOT / "docs" / "compatibility.md").read_text().splitlines()
    table = [line for line in lines if line.startswith("| ")]
    return [cells(line) for line in table if not line.startswith("| what |")]


NAMED = sorted({cell.strip("`") for row in rows() for cell in row[1:] if cell not in WITHOUT})


def file_of(name: str) -> Path:
    return ROOT / (name if "/" in name else f"e2e/test_{name}.py")


class TestTable:
    @pytest.mark.parametrize("shown_by", NAMED)
    def test_names_tests_that_exist(self, shown_by: str) -> None:
        name, *names = shown_by.split("::")

        assert file_of(name).is_file()
        assert len(names) == 2
        assert has_test(file_of(name), names)

    def test_has_a_test_in_every_row_and_as_many_cells_as_columns(self) -> None:
        assert {len(row) for row in rows()} == {6, 4, 3}
        assert [row[0] for row in rows() if set(row[1:]) <= WITHOUT] == []
        assert len({row[0] for row in rows()}) == len(rows())
