"""The page on which people read the API and try it; everything on it is from this server."""

from pathlib import Path

from starlette.responses import FileResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

_FOLDER = Path(__file__).parent / "reference"


def routes(prefix: str) -> list[BaseRoute]:
    """Return the routes of the page."""
    return [
        Route(f"{prefix}/docs", lambda _: FileResponse(_FOLDER / "index.html")),
        Mount(f"{prefix}/reference", StaticFiles(directory=_FOLDER)),
    ]
