"""The letters that wait become jobs; what they waited in goes."""

import sqlalchemy as sa
from alembic import op

from jumpa.migrations.columns import create, index, moment, see_everything

revision = "20261122_jobs_contract"
down_revision: str | None = "20261122_jobs"

_LETTERS_TO_JOBS = """INSERT INTO jobs (id, organisation_id, kind, payload, state, attempts, due_at,
  created_at, failure)
  SELECT id, organisation_id, 'letter', sealed, 'waiting', attempts, due_at, created_at, ''
  FROM queued_letters"""
_JOBS_TO_LETTERS = """INSERT INTO queued_letters (id, organisation_id, sealed, attempts, due_at,
  created_at)
  SELECT id, organisation_id, payload, attempts, due_at, created_at
  FROM jobs WHERE kind = 'letter' AND state = 'waiting'"""


def upgrade() -> None:
    """Move what waits."""
    with see_everything():
        op.execute(_LETTERS_TO_JOBS)
    op.drop_table("queued_letters")


def downgrade() -> None:
    """Give the letters their table back."""
    create(
        "queued_letters",
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        moment("due_at"),
        moment("created_at"),
    )
    index("queued_letters", "due_at")
    with see_everything():
        op.execute(_JOBS_TO_LETTERS)
