"""What import contracts cannot say."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import grimp
import pytest
from fastapi.dependencies.models import Dependant
from starlette._utils import is_async_callable

import jumpa
from jumpa.api.table import endpoints
from jumpa.kit.errors import JumpaError, Kind

PACKAGE = Path(jumpa.__file__).parent
CLOSED = {"endpoints", "repository", "subscribers", "tasks"}
COMPOSERS = ("jumpa.api", "jumpa.app", "jumpa.cli")


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("jumpa", cache_dir=None)


class TestDomains:
    def test_are_entered_only_through_their_open_files(self, graph: grimp.ImportGraph) -> None:
        leaks = [
            f"{importer} -> {imported}"
            for imported in graph.modules
            if imported.startswith("jumpa.domains.") and imported.split(".")[-1] in CLOSED
            for importer in graph.find_modules_that_directly_import(imported)
            if not importer.startswith((imported.rpartition(".")[0] + ".", *COMPOSERS))
        ]

        assert "jumpa.domains.rooms.repository" in graph.modules
        assert leaks == []


class TestEndpoints:
    def test_go_to_no_thread_for_what_they_depend_on(self) -> None:
        def calls(dependant: Dependant) -> Iterator[Callable[..., object]]:
            for one in dependant.dependencies:
                if one.call is not None:
                    yield one.call
                yield from calls(one)

        found = {call for route in endpoints() for call in calls(route.dependant)}

        assert len(found) > 5
        assert [c for c in found if not is_async_callable(c)] == []


class TestSource:
    @pytest.mark.parametrize(
        ("pattern", "home"),
        [
            # A driver that passes a commit on does not decide it.
            (r"(?<!super\(\))(?<!raw)\.commit\(\)", "kit/context.py"),
            (r"datetime\.now\(|\.utcnow\(", "kit/clock.py"),
            (
                r"\bos\.environ\b|\bgetenv\b",
                "config/__init__.py cli/commands.py media/embedded/program.py",
            ),
        ],
    )
    def test_keeps_commits_clocks_and_environment_in_one_place(
        self, pattern: str, home: str
    ) -> None:
        elsewhere = [
            str(path.relative_to(PACKAGE))
            for path in PACKAGE.rglob("*.py")
            if re.search(pattern, path.read_text())
            and str(path.relative_to(PACKAGE)) not in home.split()
        ]

        assert elsewhere == []


def every_error(parent: type[JumpaError] = JumpaError) -> list[type[JumpaError]]:
    return [found for child in parent.__subclasses__() for found in (child, *every_error(child))]


class TestErrors:
    def test_have_codes_of_their_own(self) -> None:
        errors = [error for error in every_error() if error.__module__.startswith("jumpa.")]
        codes = [error.code for error in errors]

        assert len(codes) > 10
        assert sorted(set(codes)) == sorted(codes)

    def test_cannot_be_made_without_kind_code_and_message(self) -> None:
        with pytest.raises(TypeError, match="needs a docstring, a kind and a code"):
            type("BareError", (JumpaError,), {"__doc__": "No kind."})
        with pytest.raises(TypeError, match="needs a docstring, a kind and a code"):
            type("MuteError", (JumpaError,), {"kind": Kind.INVALID, "code": "mute"})
