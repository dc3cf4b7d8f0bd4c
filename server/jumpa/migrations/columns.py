"""Short words for revisions; what they mean never changes, or old revisions would."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic import op

_EVERYTHING = "jumpa.everything"


def moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """Return a column of a moment in UTC."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def text(name: str, length: int, *, nullable: bool = False) -> sa.Column[Any]:
    """Return a column of a text with a longest length."""
    return sa.Column(name, sa.String(length), nullable=nullable)


def create(name: str, *parts: sa.schema.SchemaItem, key: tuple[str, ...] = ("id",)) -> None:
    """Create a table whose rows belong to an organisation."""
    ids = [sa.Column("id", sa.Uuid(), nullable=False)] if key == ("id",) else []
    op.create_table(
        name,
        *ids,
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        *parts,
        reference(name, "organisation_id", "organisations"),
        sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{name}")),
    )
    index(name, "organisation_id")
    protect(name)


def reference(
    table: str, column: str, other: str, on_delete: str = "CASCADE"
) -> sa.ForeignKeyConstraint:
    """Return a foreign key to another table's id."""
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=on_delete)


def unique(table: str, *columns: str) -> sa.UniqueConstraint:
    """Return a unique constraint."""
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    """Return a check."""
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def index(table: str, *columns: str) -> None:
    """Create an index."""
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def protect(table: str, column: str = "organisation_id") -> None:
    """Let PostgreSQL hide the rows of other organisations, from the table's owner too."""
    if op.get_bind().dialect.name != "postgresql":
        return
    rule = (
        "current_setting('jumpa.everything', true) = 'on' OR"
        f" {column} = nullif(current_setting('jumpa.organisation', true), '')::uuid"
    )
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY organisation ON {table} USING ({rule}) WITH CHECK ({rule})")


@contextmanager
def see_everything() -> Iterator[None]:
    """Move rows of every organisation, which PostgreSQL would hide even from the tables' owner."""
    bind = op.get_bind()
    if bind.dialect.name != "postgresql":
        yield
        return
    # Whoever migrates may see everything already, and goes on after it.
    before: str | None = bind.scalar(sa.select(sa.func.current_setting(_EVERYTHING, sa.true())))
    _see(bind, "on")
    yield
    _see(bind, before or "")


def _see(bind: sa.Connection, value: str) -> None:
    bind.execute(sa.select(sa.func.set_config(_EVERYTHING, value, sa.true())))
