"""docs/security/asvs.md claims what a test shows, each requirement once; a whole run proves it."""

import re

import pytest
from proof import ASVS, ROOT, is_whole, named, unshown
from test_seeds import cells, exists

REQUIREMENT = re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}")
ROWS = [cells(line) for line in ASVS.read_text().splitlines() if re.match(r"\| \d", line)]


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

    def test_names_no_other_thing(self) -> None:
        assert named(ASVS.read_text()) == sorted({row[2].strip("`") for row in ROWS})


class TestUnshown:
    NAMES = ("server/tests/a.py", "server/tests/a.py::TestA", "server/tests/a.py::TestA::test_b")

    @pytest.mark.parametrize(
        ("passed", "left"),
        [
            ([], NAMES),
            (["server/tests/a.py::TestA::test_b"], ()),
            (["server/tests/a.py::TestA::test_b[sqlite-x::y]"], ()),
            (["server/tests/a.py::TestA::test_bc"], NAMES[2:]),
            (["server/tests/a.py::test_b"], NAMES[1:]),
            (["server/tests/b.py::TestA::test_b"], NAMES),
        ],
    )
    def test_is_what_nothing_showed(self, passed: list[str], left: tuple[str, ...]) -> None:
        assert unshown(self.NAMES, passed) == list(left)


class TestWhole:
    @pytest.mark.parametrize(
        ("words", "options", "whole"),
        [
            (["server/tests"], {}, True),
            (["server/tests/", "bench/tests"], {"keyword": "", "deselect": None}, True),
            ([f"{ROOT}/server/tests"], {"numprocesses": 2}, True),
            (["server/tests/auth"], {}, False),
            (["server/tests/test_asvs.py"], {}, False),
            (["bench/tests"], {}, False),
            (["server/tests"], {"keyword": "one"}, False),
            (["server/tests"], {"markexpr": "media"}, False),
            (["server/tests"], {"deselect": ["server/tests/a.py"]}, False),
            (["server/tests"], {"ignore": ["server/tests/a"]}, False),
            (["server/tests"], {"collectonly": True}, False),
            (["server/tests"], {"lf": True}, False),
        ],
    )
    def test_is_a_run_of_everything(
        self, words: list[str], options: dict[str, object], whole: bool
    ) -> None:
        assert is_whole(words, options) is whole
