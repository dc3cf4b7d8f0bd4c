"""SELECTs that are made once, and that go past SQLAlchemy's own way to an answer.

To make a statement, to find it among the compiled ones and to load its rows takes SQLAlchemy ten
times as long as SQLite needs to answer. On SQLite a query is compiled once, with the same
conditions on organisations, and given to the driver. Its objects belong to the session of whoever
may write, and to no session where nothing can be changed. PostgreSQL is asked through the session.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from operator import itemgetter
from typing import Any, Generic, TypeVar, TypeVarTuple, cast

import sqlalchemy
from sqlalchemy import ColumnElement, Select
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import Mapper, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from jumpa.kit.db.scope import ORGANISATION, actor_of, narrowed
from jumpa.kit.db.sqlite import LONG, SqliteConnection
from jumpa.kit.db.tables import Table

_SQLITE, _WRITES = "jumpa_sqlite", "jumpa_writes"

Found = TypeVar("Found")
Parts = TypeVarTuple("Parts")
Process = Callable[[Any], Any]
AnySelect = Select[*tuple[Any, ...]]
Values = Mapping[str, object]

# Named, so that values need no order.
_DIALECT = sqlite.dialect(paramstyle="named")


def share(session: AsyncSession, connection: AsyncConnection, *, read_only: bool) -> None:
    """Let queries of a session use its connection themselves, if that is one to SQLite."""
    proxied = cast("Connection", connection.sync_connection).connection
    own: object = proxied.dbapi_connection
    session.info[_SQLITE] = own if isinstance(own, SqliteConnection) else None
    session.info[_WRITES] = not read_only


class Rows(Generic[*Parts]):
    """A SELECT whose rows have several parts; its values (`bindparam`) come with each asking."""

    def __init__(self, statement: Select[*Parts]) -> None:
        self._statement = cast("AnySelect", statement)
        self._plain: dict[bool, _Plain] = {}

    async def all(self, session: AsyncSession, **values: object) -> list[tuple[*Parts]]:
        """Return every row."""
        own: SqliteConnection | None = session.info.get(_SQLITE)
        if own is None:
            found: Iterable[Any] = await session.execute(self._statement, values)
        elif session.info[_WRITES]:
            if session.new or session.dirty or session.deleted:
                await session.flush()
            rows = await self._read(session, own, values)
            found = [tuple([_watched(session, part) for part in row]) for row in rows]
        else:
            found = await self._read(session, own, values)
        return cast("list[tuple[*Parts]]", list(found))

    async def _read(
        self, session: AsyncSession, reader: SqliteConnection, values: dict[str, object]
    ) -> Iterable[tuple[Any, ...]]:
        actor = actor_of(session.sync_session)
        plain = self._plain.get(actor.sees_all)
        if plain is None:
            whole = self._statement
            plain = _Plain.of(whole if actor.sees_all else narrowed(whole))
            self._plain[actor.sees_all] = plain
        values[ORGANISATION] = actor.organisation_id
        text, given = plain.asked(values)
        finished = await reader.run(text, given, is_long=plain.is_long)
        return map(plain.row, finished.rows)


class Query(Generic[Found]):
    """A SELECT whose rows are one thing each; its values (`bindparam`) come with each asking."""

    def __init__(self, statement: Select[Found]) -> None:
        self._rows = Rows(statement)

    async def all(self, session: AsyncSession, **values: object) -> list[Found]:
        """Return everything that is found."""
        return [one for (one,) in await self._rows.all(session, **values)]

    async def first(self, session: AsyncSession, **values: object) -> Found | None:
        """Return what is found first, or None."""
        return next(iter(await self.all(session, **values)), None)


@dataclass(frozen=True, slots=True)
class _Plain:
    """A statement for the driver, and how values go in and rows come out."""

    compiled: SQLCompiler
    fixed: Values
    ways_in: Mapping[str, Process]
    row: Callable[[tuple[Any, ...]], tuple[Any, ...]]
    is_long: bool

    @classmethod
    def of(cls, statement: AnySelect) -> "_Plain":
        parts = [_Part.of(one["expr"]) for one in statement.column_descriptions]
        columns = [column for part in parts for column in part.columns]
        listed = statement.with_only_columns(*columns, maintain_column_froms=True)
        compiled = listed.compile(dialect=_DIALECT)
        binds = {name: bind for bind, name in compiled.bind_names.items()}
        ways = {name: _impl(bind.type).bind_processor(_DIALECT) for name, bind in binds.items()}
        return cls(
            compiled=compiled,
            fixed={name: bind.value for name, bind in binds.items() if not bind.required},
            ways_in={name: way for name, way in ways.items() if way is not None},
            row=_row(parts),
            is_long=bool(statement.get_execution_options().get(LONG)),
        )

    def asked(self, values: Values) -> tuple[str, Values]:
        """Return the statement with these values; lists in it take as many places as they need."""
        given = {**self.fixed, **values}
        if not self.compiled.post_compile_params:
            return self.compiled.string, _done(self.ways_in, given)
        whole = self.compiled.construct_expanded_state(given)
        ways = {**self.ways_in, **whole.processors}
        return whole.statement, _done(ways, dict(whole.parameters))


@dataclass(frozen=True, slots=True)
class _Part:
    """A column, or the columns of one model; `make` gets their values."""

    columns: tuple[ColumnElement[Any], ...]
    make: Callable[[list[Any]], object]

    @classmethod
    def of(cls, asked: object) -> "_Part":
        found = _mapper_of(asked)
        if found is None:
            return cls((cast("ColumnElement[Any]", asked),), itemgetter(0))
        names = [column.key for column in found.column_attrs]
        blank = found.class_manager.new_instance

        def make(values: list[Any]) -> object:
            one = blank()
            one.__dict__.update(zip(names, values, strict=True))
            return one

        return cls(tuple(getattr(asked, name) for name in names), make)


def _mapper_of(asked: object) -> Mapper[Any] | None:
    found: object = sqlalchemy.inspect(asked)
    return found if isinstance(found, Mapper) else None


def _watched(session: AsyncSession, part: object) -> object:
    """Return a part of a row as the session's own; what it knows already stays as it is there."""
    if not isinstance(part, Table):
        return part
    known: object = session.identity_map.get(identity_key(instance=part))
    if known is None:
        make_transient_to_detached(part)
        session.add(part)
        return part
    for name in tuple(sqlalchemy.inspect(known).expired_attributes):
        set_committed_value(known, name, getattr(part, name))
    return known


def _row(parts: list[_Part]) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
    columns = [column for part in parts for column in part.columns]
    found = (_impl(column.type).result_processor(_DIALECT, None) for column in columns)
    ways = [(place, way) for place, way in enumerate(found) if way is not None]
    ends = list(accumulate(len(part.columns) for part in parts))
    slices = [
        (part.make, slice(end - len(part.columns), end))
        for part, end in zip(parts, ends, strict=True)
    ]

    def row(values: tuple[Any, ...]) -> tuple[Any, ...]:
        done = list(values)
        for place, way in ways:
            done[place] = way(done[place])
        return tuple([make(done[own]) for make, own in slices])

    return row


def _impl(type_: TypeEngine[Any]) -> TypeEngine[Any]:
    return type_.dialect_impl(_DIALECT)


def _done(ways: Mapping[str, Process], given: dict[str, Any]) -> Values:
    for name in ways.keys() & given.keys():
        given[name] = ways[name](given[name])
    return given
