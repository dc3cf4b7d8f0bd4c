"""Revisions and models say the same, and organisations stay apart."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy
from alembic import command
from postgresql import Cluster
from sqlalchemy import URL, text

import jumpa
from jumpa.kit.actor import SERVER
from jumpa.kit.db.database import ACTOR, connect, sqlite_url
from jumpa.kit.db.migrating import migrations, revision, upgrade
from jumpa.kit.db.tables import OrganisationTable, metadata

PACKAGE = Path(jumpa.__file__).parent
VERSIONS = PACKAGE / "migrations" / "versions"
ROOM = (
    "INSERT INTO rooms (id, code, title, host_secret_hash, created_at, ended_at) VALUES"
    " ('00000000000070008000000000000002', 'abc-defg-hjk', 'Tea', '', '2026-01-01 00:00:00', NULL),"
    " ('00000000000070008000000000000003', 'abc-defg-hjm', '', '', '2026-01-01 00:00:00',"
    " '2026-01-02 00:00:00')"
)


@pytest.fixture(params=["sqlite", "postgresql"])
def nothing(request: pytest.FixtureRequest, tmp_path: Path) -> URL:
    """A database without a table."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path / "jumpa.db")
    cluster: Cluster = request.getfixturevalue("cluster")
    return cluster.create("nothing")


def server_sees_all(url: URL) -> sqlalchemy.Engine:
    return connect(url).execution_options(**{ACTOR: SERVER})


class TestUpgrade:
    def test_leads_to_what_the_models_say(self, nothing: URL) -> None:
        upgrade(nothing)

        engine = server_sees_all(nothing)
        with engine.begin() as connection:
            command.check(migrations(connection))
        engine.dispose()

    def test_keeps_rooms_and_changes_nothing_the_second_time(self, nothing: URL) -> None:
        engine = server_sees_all(nothing)
        with engine.begin() as connection:
            command.upgrade(migrations(connection), "20261121_rooms")
            connection.execute(text(ROOM))

        for _ in range(2):
            upgrade(nothing)

        rooms = "SELECT code, status, title FROM rooms ORDER BY code"
        with engine.begin() as connection:
            found = [tuple(row) for row in connection.execute(text(rooms))]
        engine.dispose()
        assert found == [("abc-defg-hjk", "active", "Tea"), ("abc-defg-hjm", "ended", "")]

    def test_is_done_once_when_servers_start_together(self, nothing: URL) -> None:
        program = (
            "import sys; from sqlalchemy import make_url;"
            "from jumpa.kit.db.migrating import upgrade; upgrade(make_url(sys.argv[1]), 120)"
        )
        url = nothing.render_as_string(hide_password=False)

        words = [sys.executable, "-c", program, url]
        servers = [subprocess.Popen(words, stderr=subprocess.PIPE) for _ in range(3)]
        ends = [(server.communicate()[1].decode(), server.returncode) for server in servers]

        assert [status for _, status in ends] == [0, 0, 0], ends
        found, newest = revision(nothing)
        assert found == newest

    def test_leaves_a_newer_schema_alone(self, nothing: URL) -> None:
        upgrade(nothing)
        engine = server_sees_all(nothing)
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '2099_later'"))

        upgrade(nothing)

        engine.dispose()
        assert revision(nothing)[0] == "2099_later"


class TestKilled:
    @pytest.mark.parametrize("table", ["users", "passkeys", "meeting_history"])
    def test_leaves_nothing_half_done(self, nothing: URL, table: str) -> None:
        program = (
            "import os, sys; from alembic import op; from sqlalchemy import make_url;"
            "from jumpa.kit.db.migrating import upgrade; create = op.create_table;"
            "op.create_table = lambda name, *parts: "
            "os.kill(os.getpid(), 9) if name == sys.argv[2] else create(name, *parts);"
            "upgrade(make_url(sys.argv[1]), 120)"
        )
        url = nothing.render_as_string(hide_password=False)

        killed = subprocess.run([sys.executable, "-c", program, url, table], check=False)

        assert killed.returncode == -9
        assert revision(nothing)[0] is None
        upgrade(nothing)
        found, newest = revision(nothing)
        assert found == newest


class TestDowngrade:
    def test_leads_back_to_nothing(self, nothing: URL) -> None:
        upgrade(nothing)
        engine = server_sees_all(nothing)

        with engine.begin() as connection:
            command.downgrade(migrations(connection), "base")

        with engine.begin() as connection:
            left = set(sqlalchemy.inspect(connection).get_table_names())
        engine.dispose()
        assert left == {"alembic_version"}


class TestRevisions:
    @pytest.mark.parametrize("path", sorted(VERSIONS.glob("d*.py")), ids=lambda path: path.stem)
    def test_take_nothing_away_while_older_servers_may_run(self, path: Path) -> None:
        forward = path.read_text().partition("def downgrade")[0]

        assert not re.search(r"drop_|rename|DROP ", forward) or "contract" in path.stem


class TestEnvironment:
    def test_knows_the_models_of_every_domain(self) -> None:
        domains = {path.parent.name for path in PACKAGE.glob("domains/*/models.py")}
        source = (PACKAGE / "migrations" / "env.py").read_text()

        known = re.findall(r"^from jumpa\.domains\.(\w+) import models", source, re.MULTILINE)

        assert len(domains) > 9
        assert set(known) == domains


class TestPolicies:
    def test_stand_on_every_table(self, migrated_server: URL) -> None:
        engine = connect(migrated_server)
        forced = "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
        policies = "SELECT tablename, qual, with_check FROM pg_policies"
        with engine.begin() as connection:
            tables = set(sqlalchemy.inspect(connection).get_table_names())
            protected = set(connection.scalars(text(forced)))
            rules = {row.tablename: row for row in connection.execute(text(policies))}
        engine.dispose()

        assert tables - {"alembic_version"} == set(metadata.tables)
        assert protected == set(rules) == tables - {"alembic_version"}
        for table, rule in rules.items():
            column = "id" if table == "organisations" else "organisation_id"
            assert f"({column} = " in rule.qual, table
            assert rule.qual == rule.with_check

    def test_stand_behind_every_model(self) -> None:
        models = [mapper.class_ for mapper in OrganisationTable.registry.mappers]

        assert {model.__tablename__ for model in models} == set(metadata.tables)
        assert [model for model in models if not issubclass(model, OrganisationTable)] == []
