"""Runs the revisions on the connection that Alembic is handed."""

from alembic import context

from jumpa.domains.audit import models as _audit
from jumpa.domains.auth import models as _auth
from jumpa.domains.chat import models as _chat
from jumpa.domains.colleagues import models as _colleagues
from jumpa.domains.exports import models as _exports
from jumpa.domains.integrations import models as _integrations
from jumpa.domains.meetings import models as _meetings
from jumpa.domains.notifications import models as _notifications
from jumpa.domains.organisations import models as _organisations
from jumpa.domains.rooms import models as _rooms
from jumpa.domains.users import models as _users
from jumpa.domains.webhooks import models as _webhooks
from jumpa.kit import idempotency as _idempotency
from jumpa.kit.db.tables import metadata
from jumpa.kit.failpoints import FailPoint, reach
from jumpa.kit.work import jobs as _jobs

# Importing is what makes a table known.
KNOWN = (
    _audit,
    _auth,
    _chat,
    _colleagues,
    _exports,
    _idempotency,
    _integrations,
    _jobs,
    _meetings,
    _notifications,
    _organisations,
    _rooms,
    _users,
    _webhooks,
)

# What finds words belongs to each database (FTS5, GIN), and is nothing that models could name.
_SEARCH = ("message_search", "ix_room_messages_search")


def _is_ours(name: str | None, _kind: str, _parents: object) -> bool:
    return not (name or "").startswith(_SEARCH)


def _step(*_told: object, **_facts: object) -> None:
    reach(FailPoint.MIGRATE_STEP)


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
    include_name=_is_ours,
    on_version_apply=_step,
)
with context.begin_transaction():
    context.run_migrations()
