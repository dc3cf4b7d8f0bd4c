"""What signing in offers here, and by what somebody does it."""

from fastapi import APIRouter, Request

from jumpa.domains.auth.endpoints.doors import Doors
from jumpa.domains.auth.schemas import SecurityRead, SignInOptions
from jumpa.domains.auth.service import oidc, one_time_codes, passkeys
from jumpa.domains.users.service import people
from jumpa.kit.http.callers import SIGNED_IN, Person
from jumpa.kit.http.problems import declared

router = APIRouter(prefix="/auth", tags=["auth"])


@router.get("/options", responses=declared())
async def get_sign_in_options(request: Request, doors: Doors) -> SignInOptions:
    """Say what the pages for signing up and in offer."""
    await doors.rates.take_by_address(request, doors.refreshes)
    return SignInOptions(
        is_registration_open=doors.auth.is_open,
        password_characters=doors.auth.rule.characters,
        oidc_name=doors.oidc.client.name if doors.oidc else None,
    )


@router.get("/security", responses=declared(*SIGNED_IN))
async def get_security(doors: Doors, actor: Person) -> SecurityRead:
    """Say by what you sign in."""
    async with doors.auth.work.read(actor) as ctx:
        user = await people.read_own(ctx)
        return SecurityRead(
            has_password=user.password_hash is not None,
            has_one_time_codes=await one_time_codes.is_on(ctx, user),
            recovery_codes=await one_time_codes.count_recovery_codes(ctx, user),
            passkeys=len(await passkeys.list_(ctx)),
            is_oidc_connected=bool(doors.oidc)
            and await oidc.is_connected(ctx, doors.provider, user),
        )
