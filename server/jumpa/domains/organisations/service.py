"""What can be done with organisations."""

from collections.abc import Sequence
from uuid import UUID

from uuid_utils.compat import uuid7

from jumpa.domains.organisations.errors import OrganisationNotFoundError
from jumpa.domains.organisations.models import Organisation
from jumpa.domains.organisations.repository import OrganisationRepository
from jumpa.kit.context import Context


async def create(ctx: Context, name: str) -> Organisation:
    """Found an organisation; only the server itself does so."""
    founded = Organisation(organisation_id=uuid7(), name=name, created_at=ctx.clock())
    return await OrganisationRepository(ctx.session).add(founded)


async def get(ctx: Context, organisation_id: UUID) -> Organisation:
    """Return an organisation; raises OrganisationNotFoundError."""
    return _found(await OrganisationRepository(ctx.session).by_id(organisation_id))


async def get_own(ctx: Context) -> Organisation:
    """Return the organisation of whoever asks, to change it; others who would do so wait."""
    own = ctx.actor.organisation_id
    repository = OrganisationRepository(ctx.session)
    return _found(await repository.by_id_for_update(own) if own else None)


def rename(organisation: Organisation, name: str) -> Organisation:
    """Give an organisation another name."""
    organisation.name = name
    organisation.version += 1
    return organisation


async def list_all(ctx: Context) -> Sequence[Organisation]:
    """Return the organisations that the actor may see."""
    return await OrganisationRepository(ctx.session).list_all()


def _found(organisation: Organisation | None) -> Organisation:
    if organisation is None:
        raise OrganisationNotFoundError
    return organisation
