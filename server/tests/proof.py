"""What pages claim by naming a test was shown only when that test ran and passed."""

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ASVS = ROOT / "docs" / "security" / "asvs.md"
_SUITE = "server/tests"
_NARROWING = ("keyword", "markexpr", "deselect", "lf", "collectonly", "ignore", "ignore_glob")
_NAMED = re.compile(r"`(server/tests/[^`]+)`\s*\|\s*$", re.MULTILINE)


def named(page: str) -> list[str]:
    """Return the tests that the rows of a page name."""
    return sorted(set(_NAMED.findall(page)))


def unshown(names: Iterable[str], passed: Collection[str]) -> list[str]:
    """Return the names of which no test passed."""
    shown = set()
    for test in passed:
        plain = test.partition("[")[0]
        shown |= {plain, plain.partition("::")[0], plain.rpartition("::")[0]}
    return [name for name in names if name not in shown]


def is_whole(words: Iterable[str], options: Mapping[str, object]) -> bool:
    """Whether every test is asked for, so that what did not pass did not run."""
    chosen = {Path(word).as_posix().removeprefix(f"{ROOT}/") for word in words}
    return _SUITE in chosen and not any(options.get(name) for name in _NARROWING)


class Proof:
    """Plugin: ends a whole run as failed when a page names a test that did not pass."""

    def __init__(self) -> None:
        self._passed: set[str] = set()
        self._unshown: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Hear of each test, also of those that other processes ran."""
        if report.when == "call" and report.passed:
            self._passed.add(report.nodeid)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Compare."""
        is_worker = hasattr(session.config, "workerinput")
        if (
            is_worker
            or session.shouldstop
            or not is_whole(session.config.args, vars(session.config.option))
        ):
            return
        self._unshown = unshown(named(ASVS.read_text()), self._passed)
        if self._unshown:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say which."""
        for name in self._unshown:
            terminalreporter.write_line(f"{ASVS.name} names {name}, which did not pass", red=True)
