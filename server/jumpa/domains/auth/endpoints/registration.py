"""Registering, and proving an address."""

from fastapi import APIRouter, Request, Response

from jumpa.domains.auth.endpoints.doors import Doors
from jumpa.domains.auth.errors import LinkSpentError, RegistrationClosedError
from jumpa.domains.auth.schemas import LetterSent, Register, VerifyEmail
from jumpa.domains.auth.service import registration
from jumpa.domains.auth.service.registration import Registration
from jumpa.kit.http.callers import Stranger
from jumpa.kit.http.problems import declared
from jumpa.kit.passwords import PasswordWeakError

router = APIRouter(prefix="/auth", tags=["auth"])


@router.post(
    "/register",
    status_code=202,
    responses=declared(RegistrationClosedError, PasswordWeakError),
)
async def register(request: Request, doors: Doors, actor: Stranger, body: Register) -> LetterSent:
    """Ask for an account; a letter to the address says how to go on."""
    await doors.count_letter(request, body.email)
    wish = Registration(body.email, body.password, body.first_name, body.last_name)
    await registration.register(doors.auth, actor, wish)
    return LetterSent()


@router.post("/verify-email", status_code=204, responses=declared(LinkSpentError))
async def verify_email(
    request: Request, doors: Doors, actor: Stranger, body: VerifyEmail
) -> Response:
    """Prove an address by the token of the letter; the account exists from now on."""
    await doors.rates.take_by_address(request, doors.refreshes)
    await registration.verify_email(doors.auth, actor, body.token)
    return Response(status_code=204)
