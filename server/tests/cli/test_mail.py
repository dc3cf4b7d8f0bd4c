"""Letters are looked at from the command line."""

import pytest
from cli.kept import Run


class TestPreview:
    @pytest.mark.parametrize(("language", "says"), [("en", "begins soon"), ("id", "segera mulai")])
    def test_shows_a_letter_in_each_language(self, run: Run, language: str, says: str) -> None:
        status, said = run("mail", "preview", "meeting_reminder", "--language", language)

        assert status == 0
        assert f"Subject: Weekly tea {says}" in said
        assert "https://meet.example/r/example" in said

    def test_shows_the_part_with_markup(self, run: Run) -> None:
        status, said = run("mail", "preview", "test", "--html")

        assert status == 0
        assert said.startswith("<!doctype html>")

    def test_needs_a_letter_that_there_is(self, run: Run) -> None:
        assert run("mail", "preview", "poem")[0] != 0
