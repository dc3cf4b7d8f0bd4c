"""The one cookie: a refresh token that scripts cannot read and other sites cannot send."""

from starlette.requests import Request
from starlette.responses import Response

_NAME = "jumpa_refresh"
# Browsers take this prefix only with Secure, for this host alone (RFC 6265bis).
_SECURE_NAME = f"__Host-{_NAME}"


def read_cookie(request: Request) -> str | None:
    """Return the token that the browser keeps."""
    return request.cookies.get(_name(request))


def set_cookie(request: Request, response: Response, token: str, lifetime_s: int) -> None:
    """Let the browser keep a token."""
    response.set_cookie(
        _name(request),
        token,
        max_age=lifetime_s,
        path="/",
        secure=_is_secure(request),
        httponly=True,
        samesite="strict",
    )


def remove_cookie(request: Request, response: Response) -> None:
    """Let the browser forget it."""
    response.delete_cookie(
        _name(request), path="/", secure=_is_secure(request), httponly=True, samesite="strict"
    )


def _name(request: Request) -> str:
    return _SECURE_NAME if _is_secure(request) else _NAME


def _is_secure(request: Request) -> bool:
    return request.url.scheme == "https"
