"""The table of HTTP routes, and what they look like to other programs."""

import re
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.routing import Route
from starlette.types import Receive, Scope, Send
from typing_extensions import override

import jumpa
from jumpa.api import reference_page
from jumpa.api.table import PREFIX, endpoints
from jumpa.kit.http import problems

__all__ = ["PREFIX", "Api"]


class Api(FastAPI):
    """The HTTP API with a page of documentation of our own: the usual ones come from a CDN."""

    def __init__(self) -> None:
        super().__init__(
            title="Jumpa",
            version=jumpa.__version__,
            summary="People and rooms of a Jumpa server.",
            openapi_url=f"{PREFIX}/openapi.json",
            docs_url=None,
            redoc_url=None,
            redirect_slashes=False,
        )
        problems.install(self)
        self.router.routes.extend(endpoints())
        self.router.routes.extend(reference_page.routes(PREFIX))
        # Last of the API: whatever it does not know must not reach the web app's pages.
        self.router.routes.append(Route(f"{PREFIX}/{{rest:path}}", Unknown(self)))

    @override
    def openapi(self) -> dict[str, Any]:
        schema = super().openapi()
        examples: dict[str, Any] = schema["components"].setdefault("examples", {})
        for path in schema["paths"].values():
            for operation in path.values():
                _tell_problems(operation["responses"], examples)
        return schema


class Unknown:
    """ASGI app: says which methods a known path takes, or that there is no such path."""

    def __init__(self, api: Api) -> None:
        self._api = api

    async def __call__(self, scope: Scope, _receive: Receive, _send: Send) -> None:
        """Refuse."""
        known = {
            re.compile(re.sub(r"\{[^}]*\}", "[^/]+", path)): methods
            for path, methods in self._api.openapi()["paths"].items()
        }
        allowed = sorted(
            method.upper()
            for path, methods in known.items()
            if path.fullmatch(scope["path"])
            for method in methods
        )
        if allowed:
            raise HTTPException(
                HTTPStatus.METHOD_NOT_ALLOWED, headers={"Allow": ", ".join(allowed)}
            )
        raise HTTPException(HTTPStatus.NOT_FOUND)


def _tell_problems(responses: dict[str, Any], examples: dict[str, Any]) -> None:
    for status, response in responses.items():
        content = response.get("content", {})
        if int(status) < HTTPStatus.BAD_REQUEST or "application/json" not in content:
            continue
        problem = content[problems.MEDIA_TYPE] = content.pop("application/json")
        for code, example in problem["examples"].items():
            examples[code] = example
            problem["examples"][code] = {"$ref": f"#/components/examples/{code}"}
