"""Statements that are made once know the types of their values, whatever is imported first."""

import subprocess
import sys

import pytest

LOOK = """
import gc, jumpa.app.running
from sqlalchemy.types import NullType
from jumpa.kit.db.reading import Rows
made = [one for one in gc.get_objects() if isinstance(one, Rows)]
untyped = [
    bind.key
    for one in made
    for bind in one._statement.compile().binds.values()
    if isinstance(bind.type, NullType)
]
print(len(made), sorted(set(untyped)))
"""


class TestStatements:
    @pytest.mark.timeout(120)
    def test_know_the_types_of_their_values(self) -> None:
        told = subprocess.run(
            [sys.executable, "-c", LOOK], capture_output=True, text=True, check=True
        ).stdout
        count, _, untyped = told.strip().partition(" ")

        assert int(count) > 10
        assert untyped == "[]"
