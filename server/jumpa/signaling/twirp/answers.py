"""Twirp's errors: a JSON body with a code, and the HTTP status that belongs to it."""

from starlette.responses import JSONResponse, Response

from jumpa.kit.errors import JumpaError, Kind
from jumpa.media.errors import CallFailedError, CallFailure

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


# As livekit-server answers for calls; whatever else a method says of itself is internal.
_CALLS: dict[int, tuple[str, int]] = {
    CallFailure.UNSUPPORTED_METHOD: ("invalid_argument", 400),
    CallFailure.RECIPIENT_NOT_FOUND: ("not_found", 404),
    CallFailure.REQUEST_TOO_LARGE: ("malformed", 400),
    CallFailure.UNSUPPORTED_SERVER: ("unimplemented", 501),
    CallFailure.CONNECTION_TIMEOUT: ("canceled", 408),
    CallFailure.RESPONSE_TIMEOUT: ("canceled", 408),
    CallFailure.RECIPIENT_DISCONNECTED: ("unavailable", 503),
}


def failure(error: JumpaError) -> Response:
    """Return the Twirp error for one of ours."""
    if isinstance(error, CallFailedError):
        code, status = _CALLS.get(error.number, ("internal", 500))
        return _answer(code, str(error), status)
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
