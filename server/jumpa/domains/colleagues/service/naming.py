"""The organisation itself: its name, and how many people it has."""

from jumpa.domains.audit.service import Deed
from jumpa.domains.auth.service.parts import AuthParts
from jumpa.domains.organisations import service as organisations
from jumpa.domains.organisations.errors import OrganisationNotFoundError
from jumpa.domains.organisations.models import Organisation
from jumpa.domains.users.service import people
from jumpa.domains.users.service.people import Counted
from jumpa.kit.context import Context


async def read(ctx: Context) -> tuple[Organisation, Counted]:
    """Return the organisation of whoever asks; raises OrganisationNotFoundError."""
    own = ctx.actor.organisation_id
    if own is None:
        raise OrganisationNotFoundError
    return await organisations.get(ctx, own), await people.count(ctx)


async def take(ctx: Context) -> Organisation:
    """Return the same to change it; others who would do so wait."""
    return await organisations.get_own(ctx)


async def rename(ctx: Context, parts: AuthParts, organisation: Organisation, name: str) -> Counted:
    """Give the organisation another name."""
    if name != organisation.name:
        organisations.rename(organisation, name)
        deed = Deed("organisation.renamed", organisation.organisation_id, facts={"name": name})
        await parts.audit.record(ctx, deed)
    return await people.count(ctx)
