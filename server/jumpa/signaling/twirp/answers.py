"""Twirp's errors: a JSON body with a code, and the HTTP status that belongs to it."""

from starlette.responses import JSONResponse, Response

from jumpa.kit.errors import JumpaError, Kind

_CODES = {
    Kind.INVALID: ("invalid_argument", 400),
    Kind.UNAUTHENTICATED: ("unauthenticated", 401),
    Kind.FORBIDDEN: ("permission_denied", 403),
    Kind.NOT_FOUND: ("not_found", 404),
    Kind.GONE: ("not_found", 404),
    Kind.CONFLICT: ("already_exists", 409),
    Kind.OUTDATED: ("failed_precondition", 412),
    Kind.EXHAUSTED: ("resource_exhausted", 429),
    Kind.UNAVAILABLE: ("unavailable", 503),
}


def failure(error: JumpaError) -> Response:
    """Return the Twirp error for one of ours."""
    code, status = _CODES[error.kind]
    return _answer(code, str(error), status)


def bad_route(message: str) -> Response:
    """Return what Twirp says to a method, path or content type that it does not know."""
    return _answer("bad_route", message, 404)


def unimplemented(message: str) -> Response:
    """Return what Twirp says to a method that is known and not offered."""
    return _answer("unimplemented", message, 501)


def malformed(message: str) -> Response:
    """Return what Twirp says to a body that it cannot read."""
    return _answer("malformed", message, 400)


def _answer(code: str, message: str, status: int) -> Response:
    return JSONResponse({"code": code, "msg": message}, status)
