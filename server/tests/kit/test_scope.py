"""Rows of one organisation stay hidden from another, on both databases."""

from uuid import UUID, uuid4

import pytest
from factories import NOW
from postgresql import Cluster
from sqlalchemy import URL, delete, event, func, insert, select, text, update
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import aliased

from jumpa.domains.organisations.models import HOME, Organisation
from jumpa.domains.rooms.models import Room
from jumpa.kit.actor import NOBODY, SERVER, Actor
from jumpa.kit.context import UnitOfWork
from jumpa.kit.db.database import Database, DatabaseUnfitError, DatabaseUrlError, parse_url
from jumpa.kit.db.migrating import upgrade
from jumpa.kit.db.scope import ForeignRowError

OTHER = UUID("00000000-0000-7000-8000-00000000000f")
OURS, THEIRS = Actor(organisation_id=HOME), Actor(organisation_id=OTHER)


def room(code: str, organisation_id: UUID | None = None) -> Room:
    return Room(
        id=uuid4(),
        code=code,
        title=code,
        host_secret_hash="",
        created_at=NOW,
        organisation_id=organisation_id,
    )


@pytest.fixture(autouse=True)
async def _two_rooms(work: UnitOfWork) -> None:
    async with work.write(SERVER) as ctx:
        ctx.session.add(Organisation(organisation_id=OTHER, name="Other", created_at=NOW))
        await ctx.session.flush()
        ctx.session.add_all([room("ours", HOME), room("theirs", OTHER)])


async def codes(work: UnitOfWork, actor: Actor) -> set[str]:
    async with work.read(actor) as ctx:
        return set(await ctx.session.scalars(select(Room.code)))


class TestRead:
    async def test_shows_the_rows_of_one_organisation(self, work: UnitOfWork) -> None:
        assert await codes(work, OURS) == {"ours"}
        assert await codes(work, THEIRS) == {"theirs"}

    async def test_shows_nothing_to_nobody(self, work: UnitOfWork) -> None:
        assert await codes(work, NOBODY) == set()

    async def test_shows_everything_to_the_server_alone(self, work: UnitOfWork) -> None:
        assert await codes(work, SERVER) == {"ours", "theirs"}
        assert await codes(work, OURS) == {"ours"}

    async def test_narrows_counts_aliases_joins_and_keys(self, work: UnitOfWork) -> None:
        async with work.read(SERVER) as ctx:
            their_id = await ctx.session.scalar(select(Room.id).where(Room.code == "theirs"))
        other = aliased(Room)

        async with work.read(OURS) as ctx:
            session = ctx.session
            counted = await session.scalar(select(func.count()).select_from(Room))
            aliases = set(await session.scalars(select(other.code)))
            joined = (
                await session.execute(select(Room, other).join(other, Room.id != other.id))
            ).all()
            found = await session.get(Room, their_id)
            organisations = set(await session.scalars(select(Organisation.name)))

        assert (counted, aliases, joined, found, organisations) == (1, {"ours"}, [], None, {"Home"})

    async def test_refuses_statements_that_no_rule_would_reach(self, work: UnitOfWork) -> None:
        async with work.read(OURS) as ctx:
            with pytest.raises(ForeignRowError):
                await ctx.session.execute(text("SELECT code FROM rooms"))
            with pytest.raises(ForeignRowError):
                await ctx.session.execute(select(Room.__table__))

    async def test_narrows_once_a_door_has_found_the_organisation(self, work: UnitOfWork) -> None:
        async with work.read(SERVER) as ctx:
            await ctx.enter(OTHER)

            assert set(await ctx.session.scalars(select(Room.code))) == {"theirs"}


class TestWrite:
    async def test_gives_a_new_row_to_the_organisation_of_its_writer(
        self, work: UnitOfWork
    ) -> None:
        async with work.write(THEIRS) as ctx:
            ctx.session.add(room("new"))

        assert await codes(work, THEIRS) == {"theirs", "new"}

    async def test_refuses_a_row_for_another_organisation(self, work: UnitOfWork) -> None:
        with pytest.raises(ForeignRowError):
            async with work.write(OURS) as ctx:
                ctx.session.add(room("stray", OTHER))

        with pytest.raises(ForeignRowError):
            async with work.write(NOBODY) as ctx:
                ctx.session.add(room("stray", HOME))

    async def test_refuses_to_give_a_row_away(self, work: UnitOfWork) -> None:
        async def give_away() -> None:
            async with work.write(OURS) as ctx:
                found = (await ctx.session.scalars(select(Room))).one()
                found.organisation_id = OTHER

        with pytest.raises(ForeignRowError):
            await give_away()

    async def test_changes_and_deletes_nothing_of_others(self, work: UnitOfWork) -> None:
        async with work.write(OURS) as ctx:
            await ctx.session.execute(update(Room).values(title="taken"))
            await ctx.session.execute(delete(Room))

        async with work.read(SERVER) as ctx:
            assert [r.title for r in await ctx.session.scalars(select(Room))] == ["theirs"]


class TestPolicies:
    """PostgreSQL itself, with the rules of the ORM out of the way."""

    @pytest.fixture
    def database_url(self, request: pytest.FixtureRequest) -> URL:
        request.getfixturevalue("sweep")()
        url: URL = request.getfixturevalue("migrated_server")
        return url

    async def test_hide_rows_from_bare_statements(self, work: UnitOfWork) -> None:
        async with work.read(OURS) as ctx:
            connection = await ctx.session.connection()

            found = set(await connection.scalars(text("SELECT code FROM rooms")))

        assert found == {"ours"}

    async def test_refuse_an_insert_for_another_organisation(self, work: UnitOfWork) -> None:
        values = {"id": uuid4(), "code": "stray", "title": "", "host_secret_hash": ""}

        row = insert(Room).values(**values, created_at=NOW, organisation_id=OTHER)

        async with work.write(OURS) as ctx:
            with pytest.raises(ProgrammingError, match="row-level security"):
                await ctx.session.execute(row)

    async def test_end_with_the_transaction(self, work: UnitOfWork, database: Database) -> None:
        async with work.read(SERVER):
            pass

        async with database.engine.connect() as connection:
            assert (await connection.execute(text("SELECT code FROM rooms"))).all() == []

    async def test_let_readers_write_nothing(self, work: UnitOfWork) -> None:
        async with work.read(OURS) as ctx:
            ctx.session.add(room("new"))
            with pytest.raises(Exception, match="read-only transaction"):
                await ctx.session.flush()


class TestServer:
    @pytest.mark.parametrize("right", ["SUPERUSER", "BYPASSRLS"])
    def test_is_refused_when_its_role_would_see_everything(
        self, cluster: Cluster, right: str
    ) -> None:
        url = cluster.create("unfit")
        role = f"sees_{right.lower()}"
        cluster.run(f"DROP ROLE IF EXISTS {role}")
        cluster.run(f"CREATE ROLE {role} LOGIN {right}")

        with pytest.raises(DatabaseUnfitError, match="bypasses row-level security"):
            upgrade(url.set(username=role))


class TestParseUrl:
    @pytest.mark.parametrize("given", ["", "x", "mysql://a/b", "sqlite:///x", "http://a", "://"])
    def test_refuses_what_is_no_postgresql_url(self, given: str) -> None:
        with pytest.raises(DatabaseUrlError):
            parse_url(given)

    def test_does_not_tell_the_password(self) -> None:
        with pytest.raises(DatabaseUrlError) as caught:
            parse_url("mysql://me:secret@host/name")

        assert "secret" not in str(caught.value)


class TestSpeed:
    async def test_is_not_lost_to_the_index_of_organisations(
        self, work: UnitOfWork, database: Database
    ) -> None:
        said: list[str] = []

        @event.listens_for(database.engine.sync_engine, "before_cursor_execute")
        def hear(_c: object, _cursor: object, statement: str, *_more: object) -> None:
            said.append(statement)

        async with work.read(OURS) as ctx:
            await ctx.session.scalar(select(Room.id).where(Room.title == "Tea"))

        plus = "+" if database.engine.dialect.name == "sqlite" else ""
        assert f" AND {plus}rooms.organisation_id = " in said[-1]
