"""The built web app: hashed files for ever, the page itself never from a cache."""

from http import HTTPStatus
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope
from typing_extensions import override

from jumpa.kit.http.headers import is_under

_FOR_EVER = "public, max-age=31536000, immutable"
_MISSING = "The web app is not built; run make build.\n"


class HashedFiles(StaticFiles):
    """Files whose names change with their content."""

    @override
    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = _FOR_EVER
        return response


def routes(folder: Path, *, not_pages: tuple[str, ...]) -> list[BaseRoute]:
    """Return the routes of the web app; paths below `not_pages` are never the page."""
    page = folder / "index.html"
    top_files = {path.name: path for path in folder.glob("*") if path.is_file()}

    async def serve(request: Request) -> Response:
        path = request.path_params["path"]
        if is_under(f"/{path}", (*not_pages, "/assets")):
            raise HTTPException(HTTPStatus.NOT_FOUND, "There is nothing at this address.")
        if not page.is_file():
            return PlainTextResponse(_MISSING, HTTPStatus.SERVICE_UNAVAILABLE)
        return FileResponse(top_files.get(path, page), headers={"Cache-Control": "no-cache"})

    assets = GZipMiddleware(HashedFiles(directory=folder / "assets", check_dir=False))
    return [
        Mount("/assets", assets),
        Route("/{path:path}", serve, methods=["GET", "HEAD"]),
    ]
