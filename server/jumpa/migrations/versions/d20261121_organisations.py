"""Organisations, and the one that every server begins with."""

import sqlalchemy as sa
from alembic import op

from jumpa.migrations.columns import moment, protect, text

revision = "20261121_organisations"
down_revision: str | None = "20261121_rooms"

HOME = "00000000-0000-7000-8000-000000000001"


def upgrade() -> None:
    """Create the table and the home organisation."""
    op.create_table(
        "organisations",
        sa.Column("id", sa.Uuid(), nullable=False),
        text("name", 200),
        moment("created_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
    )
    protect("organisations", "id")
    table = sa.table(
        "organisations",
        sa.column("id", sa.Uuid(as_uuid=False)),
        sa.column("name", sa.String()),
        sa.column("created_at", sa.DateTime(timezone=True)),
    )
    op.execute(table.insert().values(id=HOME, name="Home", created_at=sa.func.current_timestamp()))


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("organisations")
