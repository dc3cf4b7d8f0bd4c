"""Where and when people want to be told."""

from uuid import UUID

from jumpa.domains.notifications.models import NotificationChoice
from jumpa.domains.notifications.repository import ChoiceRepository
from jumpa.domains.notifications.schemas import NotificationChoices
from jumpa.domains.users.models import User
from jumpa.kit.context import Context


async def get(ctx: Context, user_id: UUID) -> tuple[NotificationChoices, int]:
    """Return what a person chose and its version, which is 0 for who chose nothing."""
    row = await ChoiceRepository(ctx.session, user_id).find()
    if row is None:
        return NotificationChoices(), 0
    return NotificationChoices.model_validate_json(row.choices), row.version


async def replace(ctx: Context, user: User, choices: NotificationChoices) -> int:
    """Keep what a person chose; return its version. Others who would change it wait."""
    repository = ChoiceRepository(ctx.session, user.id)
    row = await repository.find()
    if row is None:
        row = NotificationChoice(user_id=user.id, organisation_id=user.organisation_id, version=0)
        row.choices, row.updated_at = "", ctx.clock()
        await repository.add(row)
    row.choices, row.updated_at = choices.model_dump_json(), ctx.clock()
    row.version += 1
    return row.version
