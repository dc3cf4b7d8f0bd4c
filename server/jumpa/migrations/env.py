"""Runs the revisions on the connection that Alembic is handed."""

from alembic import context

from jumpa.domains.rooms import models as rooms

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=rooms.Room.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
