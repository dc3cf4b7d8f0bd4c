"""The organisation itself."""

from fastapi import APIRouter, Response

from jumpa.domains.colleagues.endpoints.doors import Doors
from jumpa.domains.colleagues.schemas import OrganisationRead, OrganisationUpdate
from jumpa.domains.colleagues.service import naming
from jumpa.domains.organisations.errors import OrganisationNotFoundError
from jumpa.kit.http.callers import ADMINISTRATING, Administrator
from jumpa.kit.http.conditions import ChangedMeanwhileError, IfMatch, check_version, etag
from jumpa.kit.http.problems import declared

router = APIRouter(prefix="/organisation", tags=["organisation"])


@router.get("", responses=declared(*ADMINISTRATING, OrganisationNotFoundError))
async def get_organisation(
    doors: Doors, actor: Administrator, response: Response
) -> OrganisationRead:
    """Return your organisation; its ETag is what a change may name. For administrators."""
    async with doors.work.read(actor) as ctx:
        organisation, counted = await naming.read(ctx)
    response.headers["ETag"] = etag(organisation.version)
    return OrganisationRead.of(organisation, counted)


@router.put(
    "",
    responses=declared(*ADMINISTRATING, OrganisationNotFoundError, ChangedMeanwhileError),
)
async def update_organisation(
    doors: Doors,
    actor: Administrator,
    body: OrganisationUpdate,
    response: Response,
    if_match: IfMatch = None,
) -> OrganisationRead:
    """Give your organisation another name; for administrators."""
    async with doors.work.write(actor) as ctx:
        organisation = await naming.take(ctx)
        check_version(if_match, organisation.version)
        counted = await naming.rename(ctx, doors.auth, organisation, body.name)
    response.headers["ETag"] = etag(organisation.version)
    return OrganisationRead.of(organisation, counted)
