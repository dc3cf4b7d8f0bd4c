"""Keeps the rows of one organisation from another, twice: in the ORM and in PostgreSQL.

SQLite has no row-level security, so the same predicate is added to every ORM statement on both
databases; on PostgreSQL the policies stand behind it.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeVar
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import BindParameter, ColumnElement, Executable, Uuid, bindparam, event
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import (
    ORMExecuteState,
    Session,
    UOWTransaction,
    with_loader_criteria,
)
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from jumpa.kit.actor import NOBODY, Actor
from jumpa.kit.db.tables import OrganisationTable

ORGANISATION_SETTING, EVERYTHING_SETTING = "jumpa.organisation", "jumpa.everything"
ORGANISATION: Final = "jumpa_organisation"
"""Whose rows a narrowed statement finds: a value that comes with each asking."""

_ACTOR = "actor"
Given = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None
Statement = TypeVar("Statement", bound=Executable)

# Read by PostgreSQL for every row; the settings end with the transaction, so none outlives it.
POLICY = (
    f"current_setting('{EVERYTHING_SETTING}', true) = 'on' OR {{column}} ="
    f" nullif(current_setting('{ORGANISATION_SETTING}', true), '')::uuid"
)


class ForeignRowError(RuntimeError):
    """A row of another organisation was about to be written: a bug, never a wrong request."""


class Unindexed(FunctionElement[UUID]):
    """A column whose index SQLite is not to use, since one organisation may have every row.

    Without statistics SQLite takes any index for a good one and reads the whole organisation.
    """

    inherit_cache = True
    type = Uuid()


@compiles(Unindexed)
def _plain(element: Unindexed, compiler: SQLCompiler, **_options: object) -> str:
    return compiler.process(element.clauses)


@compiles(Unindexed, "sqlite")
def _signed(element: Unindexed, compiler: SQLCompiler, **_options: object) -> str:
    return f"+{compiler.process(element.clauses)}"


class ScopedSession(Session):
    """A session that sees what its actor may see; without an actor, nothing."""


def set_actor(session: Session, actor: Actor) -> None:
    """Say for whom the session reads and writes from now on."""
    session.info[_ACTOR] = actor


def settings_of(actor: Actor) -> dict[str, str]:
    """Return PostgreSQL's settings for one transaction of this actor."""
    organisation = "" if actor.organisation_id is None else str(actor.organisation_id)
    return {
        ORGANISATION_SETTING: organisation,
        EVERYTHING_SETTING: "on" if actor.sees_all else "off",
    }


@event.listens_for(ScopedSession, "do_orm_execute")
def _narrow(state: ORMExecuteState) -> None:
    actor = actor_of(state.session)
    if actor.sees_all or state.is_insert:
        return
    if not state.is_orm_statement:
        raise ForeignRowError("A statement without models would see every organisation.")
    state.statement = narrowed(state.statement)
    state.parameters = _belonging(state.parameters, actor.organisation_id)


def narrowed(statement: Statement) -> Statement:
    """Return the statement with a condition on every table that belongs to organisations."""
    # Kept with those that are made once: making it takes as long as the answer.
    found = _narrowed.get(statement)
    if found is None:
        found = _narrowed[statement] = statement.options(_WITHIN)
    return found


def _visible(table: type[OrganisationTable]) -> ColumnElement[bool]:
    return Unindexed(table.organisation_id) == _own()


def _own() -> BindParameter[UUID]:
    # For nobody the value is NULL, which equals nothing.
    return bindparam(ORGANISATION, type_=Uuid())


_WITHIN = with_loader_criteria(OrganisationTable, _visible, include_aliases=True)
_narrowed: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()


def _belonging(given: Given, organisation_id: UUID | None) -> Given:
    if isinstance(given, Sequence):
        return [{**one, ORGANISATION: organisation_id} for one in given]
    return {**(given or {}), ORGANISATION: organisation_id}


@event.listens_for(ScopedSession, "before_flush")
def _claim(session: Session, _context: UOWTransaction, _instances: object) -> None:
    actor = actor_of(session)
    for row in (*session.new, *session.dirty):
        if isinstance(row, OrganisationTable):
            _claim_row(row, actor)


def _claim_row(row: OrganisationTable, actor: Actor) -> None:
    owner: UUID | None = row.organisation_id
    if owner is None and actor.organisation_id is not None:
        row.organisation_id = actor.organisation_id
    elif not actor.sees_all and owner != actor.organisation_id:
        raise ForeignRowError(f"A {type(row).__name__} belongs to another organisation.")


def actor_of(session: Session) -> Actor:
    """Return for whom the session reads and writes."""
    actor: Actor = session.info.get(_ACTOR, NOBODY)
    return actor
