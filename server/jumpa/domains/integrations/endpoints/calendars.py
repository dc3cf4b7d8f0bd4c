"""Connecting calendars: browsers go to the service and come back."""

import logging
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from jumpa.domains.auth.service import journeys
from jumpa.domains.auth.service.journeys import Return
from jumpa.domains.integrations.endpoints.doors import Doors
from jumpa.domains.integrations.errors import CalendarNotConnectedError, CalendarOffError
from jumpa.domains.integrations.schemas import (
    CalendarConnecting,
    CalendarRead,
    CalendarReturn,
    IntegrationsRead,
    SlackLinkRead,
    SlackRead,
)
from jumpa.domains.integrations.service import connecting, slack
from jumpa.domains.integrations.service.parts import SERVICES, ServiceName
from jumpa.kit.errors import JumpaError
from jumpa.kit.http.callers import SIGNED_IN, Person, Stranger
from jumpa.kit.http.cookies import Cookie
from jumpa.kit.http.problems import declared

logger = logging.getLogger(__name__)

router = APIRouter(prefix="/integrations")
# Lax, because it comes back with a link from the service's page.
_BROWSER = Cookie("jumpa_calendar", "lax")
_LIFETIME_S = int(journeys.LIFETIME.total_seconds())
_PAGE = "/settings"
_LEADS: dict[int | str, dict[str, Any]] = {
    303: {
        "description": "The settings; when it ended, with the code of the problem",
        "headers": {"Location": {"required": True, "schema": {"type": "string"}}},
    }
}


@router.get("", responses=declared(*SIGNED_IN))
async def list_integrations(doors: Doors, actor: Person) -> IntegrationsRead:
    """Return the services that this server offers, and which of them you connected."""
    parts = doors.parts
    async with parts.work.read(actor) as ctx:
        rows = {row.service: row for row in await connecting.list_own(ctx)}
        linked = await slack.list_own(ctx)
    calendars = [
        CalendarRead.of(rows[name])
        if name in rows
        else CalendarRead(service=name, status="not_connected")
        for name in SERVICES
        if name in parts.services
    ]
    links = [SlackLinkRead.of(row) for row in linked]
    known = SlackRead(is_offered=bool(parts.slack_secret), links=links)
    return IntegrationsRead(calendars=calendars, slack=known)


@router.post("/calendars/{service}/connect", responses=declared(*SIGNED_IN, CalendarOffError))
async def connect_calendar(
    request: Request, doors: Doors, actor: Person, service: ServiceName, response: Response
) -> CalendarConnecting:
    """Begin to connect your calendar; the browser goes to the address that is answered."""
    await doors.rates.take(request, doors.connections, str(actor.user_id))
    begun = await connecting.begin(doors.parts, actor, service)
    _BROWSER.put(request, response, begun.browser, _LIFETIME_S)
    return CalendarConnecting(url=begun.url)


@router.get(
    "/calendars/{service}/callback",
    status_code=303,
    response_class=Response,
    responses=declared(CalendarOffError) | _LEADS,
)
async def end_connecting_calendar(
    request: Request,
    doors: Doors,
    actor: Stranger,
    service: ServiceName,
    told: Annotated[CalendarReturn, Query()],
) -> Response:
    """Come back from the service; browsers are sent here by it."""
    _ = doors.parts.service(service)
    await doors.rates.take_by_address(request, doors.connections)
    browser = _BROWSER.read(request) or ""
    came = Return(told.state, browser, code=told.code, error=told.error)
    failure = ""
    try:
        journey = await connecting.arrive(doors.parts, actor, service, came)
        await connecting.complete(doors.parts, actor, service, journey, came)
    except JumpaError as error:
        # People are told a code; whoever set the service up needs to know more.
        logger.warning(
            "a calendar was not connected",
            extra={"service": service, "code": error.code, "detail": error.detail},
        )
        failure = f"?{urlencode({'failure': error.code})}"
    response = Response(status_code=303, headers={"Location": f"{_PAGE}{failure}"})
    _BROWSER.remove(request, response)
    return response


@router.delete(
    "/calendars/{service}",
    status_code=204,
    responses=declared(*SIGNED_IN, CalendarNotConnectedError),
)
async def disconnect_calendar(doors: Doors, actor: Person, service: ServiceName) -> Response:
    """Forget your calendar and give its tokens back; what stands in it stays there."""
    async with doors.parts.work.write(actor) as ctx:
        await connecting.disconnect(ctx, doors.parts, service)
    return Response(status_code=204)
