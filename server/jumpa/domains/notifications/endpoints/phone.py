"""The doors to one's telephone."""

from fastapi import APIRouter, Request, Response

from jumpa.domains.audit.service import Deed
from jumpa.domains.notifications.endpoints.doors import Doors, NotificationDoors
from jumpa.domains.notifications.errors import (
    PhoneCodeSpentError,
    PhoneCodeWrongError,
    PhoneNumberNotFoundError,
    PhoneNumberUnusableError,
    TextMessagesOffError,
)
from jumpa.domains.notifications.schemas import PhoneAdd, PhoneProve, PhoneRead
from jumpa.domains.notifications.service import phones
from jumpa.domains.users.service import people
from jumpa.kit.context import Context
from jumpa.kit.http.callers import SIGNED_IN, Person
from jumpa.kit.http.problems import declared

router = APIRouter(prefix="/notifications/phone")


@router.get("", responses=declared(*SIGNED_IN))
async def get_phone(doors: Doors, actor: Person) -> PhoneRead:
    """Return your telephone, without most of its number."""
    async with doors.parts.work.read(actor) as ctx:
        return await phones.read(ctx, is_available=doors.phone.is_on)


@router.put(
    "",
    responses=declared(*SIGNED_IN, TextMessagesOffError, PhoneNumberUnusableError),
)
async def set_phone(request: Request, doors: Doors, actor: Person, body: PhoneAdd) -> PhoneRead:
    """Name your telephone, in the place of any before; a code that proves it is sent there."""
    phone = doors.phone
    if not phone.is_on:
        raise TextMessagesOffError
    number = phone.book.normal(body.number)
    await doors.rates.take(request, phone.codes, str(actor.user_id))
    # What is sent costs money, and disturbs whoever has the number.
    await doors.rates.take(request, phone.codes, phone.book.digest(number))
    await doors.rates.take(request, phone.all_codes, "all")
    async with doors.parts.work.write(actor) as ctx:
        await phones.add(ctx, phone.book, number)
        await _note(ctx, doors, "phone.named")
        return await phones.read(ctx, is_available=True)


@router.post(
    "/proof",
    responses=declared(
        *SIGNED_IN, PhoneNumberNotFoundError, PhoneCodeWrongError, PhoneCodeSpentError
    ),
)
async def prove_phone(doors: Doors, actor: Person, body: PhoneProve) -> PhoneRead:
    """Prove your telephone by the code that came there within ten minutes, in five attempts."""
    async with doors.parts.work.write(actor) as ctx:
        await phones.prove(ctx, doors.phone.book, body.code)
        await _note(ctx, doors, "phone.proven")
        return await phones.read(ctx, is_available=doors.phone.is_on)


@router.delete("", status_code=204, responses=declared(*SIGNED_IN, PhoneNumberNotFoundError))
async def remove_phone(doors: Doors, actor: Person) -> Response:
    """Let your telephone get no more messages."""
    async with doors.parts.work.write(actor) as ctx:
        await phones.remove(ctx)
        await _note(ctx, doors, "phone.removed")
    return Response(status_code=204)


async def _note(ctx: Context, doors: NotificationDoors, action: str) -> None:
    user = await people.read_own(ctx)
    await doors.audit.record(ctx, Deed(action, user.organisation_id, user.id))
