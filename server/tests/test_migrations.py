"""Revisions and models say the same."""

import sqlite3
from pathlib import Path

import sqlalchemy
from alembic import command

from jumpa.kit.db import migrations, upgrade


class TestUpgrade:
    def test_leads_to_what_the_models_say(self, tmp_path: Path) -> None:
        path = tmp_path / "jumpa.db"
        upgrade(path)

        engine = sqlalchemy.create_engine(f"sqlite:///{path}")
        with engine.begin() as connection:
            command.check(migrations(connection))
        engine.dispose()

    def test_changes_nothing_the_second_time(self, tmp_path: Path) -> None:
        path = tmp_path / "jumpa.db"
        upgrade(path)
        with sqlite3.connect(path) as connection:
            connection.execute(
                "INSERT INTO rooms VALUES ('00', 'abc-defg-hjk', '', '', '2026-01-01', NULL)"
            )
        connection.close()

        upgrade(path)

        with sqlite3.connect(path) as connection:
            assert connection.execute("SELECT count(*) FROM rooms").fetchone() == (1,)
        connection.close()


class TestDowngrade:
    def test_leads_back_to_nothing(self, tmp_path: Path) -> None:
        path = tmp_path / "jumpa.db"
        upgrade(path)
        engine = sqlalchemy.create_engine(f"sqlite:///{path}")

        with engine.begin() as connection:
            command.downgrade(migrations(connection), "base")

        with engine.begin() as connection:
            left = set(sqlalchemy.inspect(connection).get_table_names())
        engine.dispose()
        assert left == {"alembic_version"}
