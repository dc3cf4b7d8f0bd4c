"""Messages that can be answered, changed, taken back and found."""

import sqlalchemy as sa
from alembic import op

from jumpa.migrations.columns import create, index, moment, reference, text, unique

revision = "20261121_chat"
down_revision: str | None = "20261121_places"

# Rows have numbers of their own: SQLite may give hidden ones anew when a file is compacted.
_ROWS = """CREATE TABLE message_search_rows (
  id INTEGER PRIMARY KEY, message_id CHAR(32) NOT NULL UNIQUE)"""
_WORDS = """CREATE VIRTUAL TABLE message_search
  USING fts5(room, message, tokenize = 'unicode61 remove_diacritics 0')"""
_FILL_ROWS = "INSERT INTO message_search_rows (message_id) SELECT id FROM room_messages"
_FILL_WORDS = """INSERT INTO message_search (rowid, room, message)
  SELECT r.id, m.room_id, m.message
  FROM message_search_rows r JOIN room_messages m ON m.id = r.message_id"""
_ADD = """CREATE TRIGGER message_search_added AFTER INSERT ON room_messages BEGIN
  INSERT INTO message_search_rows (message_id) VALUES (new.id);
  INSERT INTO message_search (rowid, room, message)
  VALUES (last_insert_rowid(), new.room_id, new.message); END"""
_CHANGE = """CREATE TRIGGER message_search_changed AFTER UPDATE OF message ON room_messages BEGIN
  UPDATE message_search SET message = new.message
  WHERE rowid = (SELECT id FROM message_search_rows WHERE message_id = new.id); END"""
_REMOVE = """CREATE TRIGGER message_search_removed AFTER DELETE ON room_messages BEGIN
  DELETE FROM message_search
  WHERE rowid = (SELECT id FROM message_search_rows WHERE message_id = old.id);
  DELETE FROM message_search_rows WHERE message_id = old.id; END"""
_SQLITE = (_ROWS, _WORDS, _FILL_ROWS, _FILL_WORDS, _ADD, _CHANGE, _REMOVE)
_INDEX = """CREATE INDEX ix_room_messages_search ON room_messages
  USING gin (to_tsvector('simple'::regconfig, message))"""
_TRIGGERS = ("message_search_added", "message_search_changed", "message_search_removed")
_ADDED = (
    "identity",
    "name",
    "stream_id",
    "reply_to_id",
    "version",
    "edited_at",
    "deleted_at",
)


def upgrade() -> None:
    """Widen messages, and index their words."""
    with op.batch_alter_table("room_messages") as messages:
        messages.add_column(sa.Column("identity", sa.String(64), nullable=False, server_default=""))
        messages.add_column(sa.Column("name", sa.String(100), nullable=False, server_default=""))
        messages.add_column(text("stream_id", 64, nullable=True))
        messages.add_column(sa.Column("reply_to_id", sa.Uuid(), nullable=True))
        messages.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        messages.add_column(moment("edited_at", nullable=True))
        messages.add_column(moment("deleted_at", nullable=True))
        messages.create_unique_constraint(
            op.f("uq_room_messages_room_id_stream_id"), ["room_id", "stream_id"]
        )
        messages.create_foreign_key(
            op.f("fk_room_messages_reply_to_id"),
            "room_messages",
            ["reply_to_id"],
            ["id"],
            ondelete="SET NULL",
        )
    index("room_messages", "reply_to_id")
    create(
        "message_reactions",
        sa.Column("message_id", sa.Uuid(), nullable=False),
        text("identity", 64),
        text("emoji", 32),
        moment("created_at"),
        unique("message_reactions", "message_id", "identity", "emoji"),
        reference("message_reactions", "message_id", "room_messages"),
    )
    for statement in _search():
        op.execute(statement)


def downgrade() -> None:
    """Narrow messages; reactions and answers are forgotten."""
    if op.get_bind().dialect.name == "postgresql":
        op.drop_index("ix_room_messages_search", "room_messages")
    else:
        for trigger in _TRIGGERS:
            op.execute(f"DROP TRIGGER {trigger}")
        op.execute("DROP TABLE message_search")
        op.execute("DROP TABLE message_search_rows")
    op.drop_table("message_reactions")
    op.drop_index(op.f("ix_room_messages_reply_to_id"), "room_messages")
    with op.batch_alter_table("room_messages") as messages:
        messages.drop_constraint(op.f("fk_room_messages_reply_to_id"), type_="foreignkey")
        messages.drop_constraint(op.f("uq_room_messages_room_id_stream_id"), type_="unique")
        for column in reversed(_ADDED):
            messages.drop_column(column)


def _search() -> tuple[str, ...]:
    return (_INDEX,) if op.get_bind().dialect.name == "postgresql" else _SQLITE
