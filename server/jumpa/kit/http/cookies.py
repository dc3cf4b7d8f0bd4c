"""Cookies that scripts cannot read and that belong to this host alone."""

from dataclasses import dataclass
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

# Browsers take this prefix only with Secure, for this host alone (RFC 6265bis).
_PREFIX = "__Host-"


@dataclass(frozen=True, slots=True)
class Cookie:
    """One cookie; strict ones never come from a page of another site, lax ones with its links."""

    name: str
    same_site: Literal["strict", "lax"]

    def read(self, request: Request) -> str | None:
        """Return what the browser keeps."""
        return request.cookies.get(self._name(request))

    def put(self, request: Request, response: Response, value: str, lifetime_s: int) -> None:
        """Let the browser keep a value."""
        response.set_cookie(
            self._name(request),
            value,
            max_age=lifetime_s,
            path="/",
            secure=_is_secure(request),
            httponly=True,
            samesite=self.same_site,
        )

    def remove(self, request: Request, response: Response) -> None:
        """Let the browser forget it."""
        response.delete_cookie(
            self._name(request),
            path="/",
            secure=_is_secure(request),
            httponly=True,
            samesite=self.same_site,
        )

    def _name(self, request: Request) -> str:
        return f"{_PREFIX}{self.name}" if _is_secure(request) else self.name


def _is_secure(request: Request) -> bool:
    return request.url.scheme == "https"
