"""Trying the connection before there is a meeting."""

from fastapi import APIRouter, Request

from jumpa.domains.rooms.endpoints.doors import ALSO_STRANGERS, Parts, media_url
from jumpa.domains.rooms.schemas import ConnectionTestBegun
from jumpa.domains.rooms.service import connection_tests
from jumpa.kit.http.callers import SIGNED_IN, AnyVisitor
from jumpa.kit.http.problems import declared

router = APIRouter(prefix="/connection-tests", tags=["rooms"])


@router.post("", status_code=201, responses=declared(*SIGNED_IN[1:]), openapi_extra=ALSO_STRANGERS)
async def begin_connection_test(
    request: Request, parts: Parts, visitor: AnyVisitor
) -> ConnectionTestBegun:
    """Give a token for a room in which one person can try their connection for two minutes."""
    await parts.tests.take(visitor.actor.address)
    async with parts.work.write(visitor.actor) as ctx:
        token = await connection_tests.begin(ctx, parts.issuer)
    return ConnectionTestBegun(
        url=media_url(request, parts),
        token=token,
        expires_in_s=int(connection_tests.LIFETIME.total_seconds()),
    )
