"""What can be done with organisations."""

from collections.abc import Sequence

from uuid_utils.compat import uuid7

from jumpa.domains.organisations.models import Organisation
from jumpa.domains.organisations.repository import OrganisationRepository
from jumpa.kit.context import Context


async def create(ctx: Context, name: str) -> Organisation:
    """Found an organisation; only the server itself does so."""
    founded = Organisation(organisation_id=uuid7(), name=name, created_at=ctx.clock())
    return await OrganisationRepository(ctx.session).add(founded)


async def list_all(ctx: Context) -> Sequence[Organisation]:
    """Return the organisations that the actor may see."""
    return await OrganisationRepository(ctx.session).list_all()
