"""Where a LiveKit token stands in a request."""

from starlette.requests import HTTPConnection

from jumpa.media.access import Claims, TokenVerifier
from jumpa.media.errors import AccessError

_SCHEME = "bearer "


def claims_of(connection: HTTPConnection, verifier: TokenVerifier) -> Claims:
    """Return the claims of the Authorization header or of `access_token`; raises AccessError."""
    header = connection.headers.get("authorization", "")
    if header:
        if not header.lower().startswith(_SCHEME):
            raise AccessError("the Authorization header must be a bearer token")
        return verifier.verify(header[len(_SCHEME) :].strip())
    token = connection.query_params.get("access_token", "")
    if not token:
        raise AccessError("the request has no token")
    return verifier.verify(token)
