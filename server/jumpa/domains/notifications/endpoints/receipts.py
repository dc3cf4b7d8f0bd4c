"""/webhooks/whatsapp: what the service for text messages tells of those it took, signed."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from jumpa.domains.notifications.endpoints.doors import NotificationDoors
from jumpa.domains.notifications.service import texting
from jumpa.kit.actor import SERVER
from jumpa.kit.errors import JumpaError
from jumpa.kit.http import problems
from jumpa.kit.text_messages.message import (
    ReceiptForgedError,
    ReceiptMalformedError,
    TextMessages,
)

PATH = "/webhooks/whatsapp"
_MOST_BYTES = 1024 * 1024


def routes(service: TextMessages | None, doors: Callable[[], NotificationDoors]) -> list[BaseRoute]:
    """Return the route, or none while no messages are sent to telephones."""
    if service is None:
        return []

    async def receive(request: Request) -> Response:
        try:
            if request.method == "POST":
                await _hear(service, doors(), request)
                return Response(status_code=200)
            return PlainTextResponse(_challenge(service, request))
        except JumpaError as error:
            return problems.of(error)

    return [Route(PATH, receive, methods=["GET", "POST"])]


def _challenge(service: TextMessages, request: Request) -> str:
    said = service.answer_challenge(dict(request.query_params))
    if said is None:
        raise ReceiptForgedError
    return said


async def _hear(service: TextMessages, doors: NotificationDoors, request: Request) -> None:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            raise ReceiptMalformedError
    told = service.read(request.headers.get("x-hub-signature-256", ""), bytes(body))
    if told:
        async with doors.parts.work.write(SERVER) as ctx:
            await texting.note(ctx, doors.phone.book, told)
