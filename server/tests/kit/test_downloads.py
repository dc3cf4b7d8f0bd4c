"""Which part of a file is asked for (RFC 9110, 14.1)."""

import pytest

from jumpa.kit.http.downloads import Part, part_of


class TestPartOf:
    @pytest.mark.parametrize(
        ("asked", "start", "end"),
        [
            ("bytes=0-2", 0, 3),
            ("bytes=4-", 4, 9),
            ("bytes=-5", 4, 9),
            ("bytes=4-99999999999", 4, 9),
            ("bytes=-99", 0, 9),
            ("bytes=8-8", 8, 9),
        ],
    )
    def test_is_one_range(self, asked: str, start: int, end: int) -> None:
        assert part_of(asked, 9) == Part(start, end, is_whole=False)

    @pytest.mark.parametrize(
        "asked",
        [
            None,
            "",
            "bytes=9-",
            "bytes=5-4",
            "bytes=-0",
            "bytes=-",
            "bytes=a-b",
            "items=0-1",
            "bytes=0-1,3-4",
            "bytes=" + "9" * 40 + "-",
            "bytes=\u0661-\u0662",
        ],
    )
    def test_is_the_whole_otherwise(self, asked: str | None) -> None:
        assert part_of(asked, 9) == Part(0, 9, is_whole=True)
