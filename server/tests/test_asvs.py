"""docs/security/asvs.md claims what a test shows, each requirement once."""

import re
from pathlib import Path

import pytest
from test_seeds import cells, exists

PAGE = Path(__file__).resolve().parents[2] / "docs" / "security" / "asvs.md"
REQUIREMENT = re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}")
ROWS = [cells(line) for line in PAGE.read_text().splitlines() if re.match(r"\| \d", line)]


class TestTable:
    def test_has_requirements_in_order_and_once_each(self) -> None:
        names = [name for name, _, _ in ROWS]
        numbers = [tuple(int(part) for part in name.split(".")) for name in names]

        assert len(ROWS) > 50
        assert [name for name in names if not REQUIREMENT.fullmatch(name)] == []
        assert numbers == sorted(set(numbers))

    @pytest.mark.parametrize("shown_by", sorted({row[2].strip("`") for row in ROWS}))
    def test_names_tests_that_exist(self, shown_by: str) -> None:
        assert shown_by.startswith("server/tests/")
        assert exists(shown_by)
