"""Keeps the rows of one organisation from another, twice: in the ORM and in PostgreSQL.

SQLite has no row-level security, so the same predicate is added to every ORM statement on both
databases; on PostgreSQL the policies stand behind it.
"""

from functools import lru_cache
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, event, false
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import (
    LoaderCriteriaOption,
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
_ACTOR = "actor"

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
    actor = _actor(state.session)
    if actor.sees_all or state.is_insert:
        return
    if not state.is_orm_statement:
        raise ForeignRowError("A statement without models would see every organisation.")
    state.statement = state.statement.options(_within(actor.organisation_id))


# Making it takes as long as the statement that it narrows.
@lru_cache(maxsize=1_000)
def _within(organisation_id: UUID | None) -> LoaderCriteriaOption:
    def visible(table: type[OrganisationTable]) -> ColumnElement[bool]:
        if organisation_id is None:
            return false()
        return Unindexed(table.organisation_id) == organisation_id

    return with_loader_criteria(OrganisationTable, visible, include_aliases=True)


@event.listens_for(ScopedSession, "before_flush")
def _claim(session: Session, _context: UOWTransaction, _instances: object) -> None:
    actor = _actor(session)
    for row in (*session.new, *session.dirty):
        if isinstance(row, OrganisationTable):
            _claim_row(row, actor)


def _claim_row(row: OrganisationTable, actor: Actor) -> None:
    owner: UUID | None = row.organisation_id
    if owner is None and actor.organisation_id is not None:
        row.organisation_id = actor.organisation_id
    elif not actor.sees_all and owner != actor.organisation_id:
        raise ForeignRowError(f"A {type(row).__name__} belongs to another organisation.")


def _actor(session: Session) -> Actor:
    actor: Actor = session.info.get(_ACTOR, NOBODY)
    return actor
