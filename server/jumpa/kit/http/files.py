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
# Browsers load scripts of other sites as modules only with their leave.
_FOR_OTHERS = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
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
    # Beside the page, and the script that pages of other sites load by its name.
    named = (*folder.glob("*"), *folder.glob("embed/*"))
    files = {path.relative_to(folder).as_posix(): path for path in named if path.is_file()}

    async def serve(request: Request) -> Response:
        path = request.path_params["path"]
        if is_under(f"/{path}", (*not_pages, "/assets")):
            raise HTTPException(HTTPStatus.NOT_FOUND, "There is nothing at this address.")
        if not page.is_file():
            return PlainTextResponse(_MISSING, HTTPStatus.SERVICE_UNAVAILABLE)
        headers = {"Cache-Control": "no-cache"}
        if path.startswith("embed/") and path in files:
            headers |= _FOR_OTHERS
        return FileResponse(files.get(path, page), headers=headers)

    assets = GZipMiddleware(HashedFiles(directory=folder / "assets", check_dir=False))
    return [
        Mount("/assets", assets),
        Route("/{path:path}", serve, methods=["GET", "HEAD"]),
    ]
