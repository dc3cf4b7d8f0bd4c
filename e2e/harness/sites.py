"""Little sites of others, beside the server that is tested."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from harness.servers import LOOPBACK


@asynccontextmanager
async def serving(*routes: web.RouteDef) -> AsyncIterator[int]:
    """Answer these requests on loopback until the block ends; the port."""
    application = web.Application()
    application.add_routes(routes)
    runner = web.AppRunner(application)
    await runner.setup()
    try:
        await web.TCPSite(runner, LOOPBACK, 0).start()
        port: int = runner.addresses[0][1]
        yield port
    finally:
        await runner.cleanup()
