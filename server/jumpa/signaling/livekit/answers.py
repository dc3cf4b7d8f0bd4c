"""HTTP answers as LiveKit's clients read them: status, plain text and CORS."""

from starlette.responses import PlainTextResponse, Response

from jumpa.kit.errors import JumpaError, Kind

CORS = {"Access-Control-Allow-Origin": "*"}
PREFLIGHT = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "*, Authorization",
    "Access-Control-Max-Age": "86400",
}
_STATUS = {
    Kind.INVALID: 400,
    Kind.UNAUTHENTICATED: 401,
    Kind.FORBIDDEN: 401,
    Kind.NOT_FOUND: 404,
    Kind.GONE: 404,
    Kind.CONFLICT: 409,
    Kind.OUTDATED: 409,
    Kind.EXHAUSTED: 503,
    Kind.UNAVAILABLE: 503,
}


# What clients look for in the body, to tell the reason from a server without this path.
_MARKERS = {401: "unauthorized", 404: "requested room does not exist"}


def refusal(error: JumpaError) -> Response:
    """Return why a join is refused (LiveKit's JavaScript and Go clients read status and text)."""
    status = _STATUS[error.kind]
    marker = _MARKERS.get(status)
    text = f"{marker}: {error}" if marker else str(error)
    return PlainTextResponse(text, status, headers=CORS)


def not_found() -> Response:
    """Return the empty 404 from which every client learns to use the older path."""
    return Response(status_code=404, headers=CORS)


def preflight() -> Response:
    """Return the answer to OPTIONS."""
    return Response(status_code=204, headers=PREFLIGHT)
