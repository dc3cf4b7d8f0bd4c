"""Statements that are made once find what the ORM would find, and for the same people."""

import gc
import re
import threading
import weakref
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from factories import NOW
from sqlalchemy import Integer, bindparam, func, inspect, select

import jumpa
from jumpa.domains.organisations.models import HOME, Organisation
from jumpa.domains.rooms.models import Room, RoomSetting
from jumpa.kit.actor import NOBODY, SERVER, Actor
from jumpa.kit.context import UnitOfWork, WrittenByReaderError
from jumpa.kit.db import scope
from jumpa.kit.db.reading import Query, Rows
from jumpa.kit.db.scope import narrowed
from jumpa.kit.db.sqlite import LONG

PACKAGE = Path(jumpa.__file__).parent
OTHER = UUID("00000000-0000-7000-8000-00000000000f")
OURS, THEIRS = Actor(organisation_id=HOME), Actor(organisation_id=OTHER)

ALL = Query(select(Room).order_by(Room.code))
BY_CODE = Query(select(Room).where(Room.code == bindparam("code")))
AMONG = Query(
    select(Room.code)
    .where(Room.code.in_(bindparam("codes", expanding=True)), Room.status.in_(("active", "ended")))
    .order_by(Room.code)
)
SINCE = Query(select(Room.code).where(Room.created_at >= bindparam("since")).order_by(Room.code))
LATEST = Query(select(Room.code).order_by(Room.code.desc()).limit(bindparam("most", type_=Integer)))
PAIRS = Rows(
    select(Room, RoomSetting.setting_value, RoomSetting)
    .join(RoomSetting, RoomSetting.room_id == Room.id)
    .where(RoomSetting.setting_key == bindparam("key"))
)


def room(code: str, organisation_id: UUID) -> Room:
    return Room(
        id=uuid4(),
        code=code,
        title=f"About {code}",
        host_secret_hash="",
        created_at=NOW,
        organisation_id=organisation_id,
    )


@pytest.fixture(autouse=True)
async def _rooms(work: UnitOfWork) -> None:
    async with work.write(SERVER) as ctx:
        ctx.session.add(Organisation(organisation_id=OTHER, name="Other", created_at=NOW))
        await ctx.session.flush()
        tea = room("tea", HOME)
        ctx.session.add_all([tea, room("milk", HOME), room("theirs", OTHER)])
        await ctx.session.flush()
        setting = RoomSetting(id=uuid4(), organisation_id=HOME, room_id=tea.id, setting_key="hot")
        setting.setting_value, setting.created_at, setting.updated_at = "true", NOW, NOW
        ctx.session.add(setting)


class TestRead:
    async def test_finds_what_the_orm_finds(self, work: UnitOfWork) -> None:
        async with work.read(OURS) as ctx:
            found = await BY_CODE.first(ctx.session, code="tea")
            same = await ctx.session.scalar(select(Room).where(Room.code == "tea"))

        assert found is not None
        assert same is not None
        names = [column.key for column in inspect(Room).column_attrs]
        assert {n: getattr(found, n) for n in names} == {n: getattr(same, n) for n in names}
        assert (found.created_at, found.ended_at) == (NOW, None)

    async def test_finds_nothing_or_everything(self, work: UnitOfWork) -> None:
        async with work.read(OURS) as ctx:
            assert await BY_CODE.first(ctx.session, code="coffee") is None
            assert [found.code for found in await ALL.all(ctx.session)] == ["milk", "tea"]

    async def test_takes_lists_moments_and_counts(self, work: UnitOfWork) -> None:
        async with work.read(OURS) as ctx:
            session = ctx.session

            assert await AMONG.all(session, codes=["tea", "theirs", "milk"]) == ["milk", "tea"]
            assert await AMONG.all(session, codes=["tea"]) == ["tea"]
            assert await AMONG.all(session, codes=[]) == []
            assert await SINCE.all(session, since=NOW) == ["milk", "tea"]
            assert await SINCE.all(session, since=NOW + timedelta(seconds=1)) == []
            assert await LATEST.all(session, most=1) == ["tea"]

    async def test_gives_rows_of_models_and_columns(self, work: UnitOfWork) -> None:
        async with work.read(OURS) as ctx:
            ((found, value, setting),) = await PAIRS.all(ctx.session, key="hot")

        assert (found.code, value, setting.room_id) == ("tea", "true", found.id)

    async def test_takes_no_value_for_a_statement(self, work: UnitOfWork) -> None:
        async with work.read(OURS) as ctx:
            assert await BY_CODE.first(ctx.session, code="' OR 1=1 --") is None


class TestSight:
    @pytest.mark.parametrize(
        ("actor", "seen"),
        [
            (OURS, ["milk", "tea"]),
            (THEIRS, ["theirs"]),
            (NOBODY, []),
            (SERVER, ["milk", "tea", "theirs"]),
        ],
    )
    async def test_is_that_of_who_asks(
        self, work: UnitOfWork, actor: Actor, seen: list[str]
    ) -> None:
        for unit in (work.read, work.write, work.read):
            async with unit(actor) as ctx:
                assert [found.code for found in await ALL.all(ctx.session)] == seen

    async def test_narrows_once_a_door_has_found_the_organisation(self, work: UnitOfWork) -> None:
        for unit in (work.read, work.write):
            async with unit(SERVER) as ctx:
                await ctx.enter(OTHER)

                assert await AMONG.all(ctx.session, codes=["tea", "theirs"]) == ["theirs"]

    async def test_cannot_be_given_as_a_value(self, work: UnitOfWork) -> None:
        given = {scope.ORGANISATION: OTHER}

        for unit in (work.read, work.write):
            async with unit(OURS) as ctx:
                assert [r.code for r in await ALL.all(ctx.session, **given)] == ["milk", "tea"]


class TestObjects:
    async def test_are_watched_where_somebody_may_write(self, work: UnitOfWork) -> None:
        async with work.write(OURS) as ctx:
            found = await BY_CODE.first(ctx.session, code="tea")
            assert found is not None
            found.title = "Changed"

        async with work.read(OURS) as ctx:
            kept = await BY_CODE.first(ctx.session, code="tea")
        assert kept is not None
        assert kept.title == "Changed"

    async def test_are_the_same_however_often_they_are_found(self, work: UnitOfWork) -> None:
        async with work.write(OURS) as ctx:
            found = await BY_CODE.first(ctx.session, code="tea")
            assert found is not None
            found.title = "Changed"

            again = [one for one in await ALL.all(ctx.session) if one.code == "tea"]
            loaded = await ctx.session.scalar(select(Room).where(Room.code == "tea"))

            assert again == [found]
            assert loaded is found
            assert found.title == "Changed"

    async def test_are_read_again_once_they_are_out_of_date(self, work: UnitOfWork) -> None:
        async with work.write(OURS) as ctx:
            found = await BY_CODE.first(ctx.session, code="tea")
            assert found is not None
            ctx.session.expire(found)

            again = await BY_CODE.first(ctx.session, code="tea")

            assert again is found
            assert found.title == "About tea"

    async def test_can_be_deleted(self, work: UnitOfWork) -> None:
        async with work.write(OURS) as ctx:
            milk = await BY_CODE.first(ctx.session, code="milk")
            await ctx.session.delete(milk)

            assert await BY_CODE.first(ctx.session, code="milk") is None

        async with work.read(OURS) as ctx:
            assert [found.code for found in await ALL.all(ctx.session)] == ["tea"]

    async def test_show_what_was_written_a_moment_ago(self, work: UnitOfWork) -> None:
        async with work.write(OURS) as ctx:
            ctx.session.add(room("new", HOME))

            assert await AMONG.all(ctx.session, codes=["new"]) == ["new"]

    async def test_are_not_changed_by_who_only_reads(self, work: UnitOfWork) -> None:
        with pytest.raises(WrittenByReaderError):
            async with work.read(OURS) as ctx:
                ctx.session.add(room("new", HOME))

        async with work.read(OURS) as ctx:
            assert await AMONG.all(ctx.session, codes=["new"]) == []


class TestNarrowed:
    def test_is_made_once_for_each_statement(self) -> None:
        statement = select(Room)

        assert narrowed(statement) is narrowed(statement)
        assert narrowed(statement) is not narrowed(select(Room))

    def test_keeps_no_statement_alive(self) -> None:
        statement = select(Room)
        narrowed(statement)
        kept = weakref.ref(statement)

        del statement
        gc.collect()

        assert kept() is None


class TestColumns:
    def test_know_their_type_before_the_table_that_they_name_is_there(self) -> None:
        # Whoever is imported first makes queries while others' tables are still unknown.
        source = "".join(path.read_text() for path in PACKAGE.rglob("models.py"))
        assert source.count("ForeignKey(") > 20
        assert re.findall(r"mapped_column\(\s*ForeignKey", source) == []


class TestLong:
    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    @pytest.mark.parametrize("is_long", [True, False])
    async def test_is_asked_elsewhere(self, work: UnitOfWork, *, is_long: bool) -> None:
        here = Query(select(func.here(Room.code)).execution_options(**{LONG: is_long}))

        async with work.read(SERVER) as ctx:
            raw = await (await ctx.session.connection()).get_raw_connection()
            assert raw.driver_connection is not None
            await raw.driver_connection.create_function("here", 1, lambda _: threading.get_ident())

            ran = await here.first(ctx.session)

        assert (ran != threading.get_ident()) is is_long
