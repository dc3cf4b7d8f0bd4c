"""What of this server is switched on, and by which setting."""

from fastapi import APIRouter

from jumpa.domains.administration.endpoints.doors import Parts, ServerAdministrator
from jumpa.domains.administration.errors import ServerAdministratorNeededError
from jumpa.domains.administration.schemas import OverviewRead
from jumpa.kit.http.callers import ADMINISTRATING
from jumpa.kit.http.problems import declared

router = APIRouter()


@router.get("/settings", responses=declared(*ADMINISTRATING, ServerAdministratorNeededError))
async def get_server_settings(parts: Parts, _actor: ServerAdministrator) -> OverviewRead:
    """Say what is on and what is off; for administrators of the organisation that runs this."""
    return parts.overview
