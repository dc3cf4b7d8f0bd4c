"""Access tokens: signed, short, and naming a session that can be ended (RFC 9068).

Source of the checks: RFC 8725 (JSON Web Token Best Current Practices).
"""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from uuid import UUID

import jwt

from jumpa.kit.actor import AccessTokenExpiredError, AccessTokenInvalidError
from jumpa.kit.clock import Clock

_ALGORITHM = "HS256"
_TYPE = "at+jwt"
_ISSUER = "jumpa"
_AUDIENCE = "jumpa-api"
_LONGEST = 2048
_HEADER = {"alg": _ALGORITHM, "typ": _TYPE}
_CLAIMS = {"iss", "aud", "sub", "sid", "iat", "nbf", "exp"}


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whom a token names."""

    user_id: UUID
    session_id: UUID


@dataclass(frozen=True, slots=True)
class AccessTokens:
    """Mints and verifies under one key, which signs nothing else."""

    key: bytes = field(repr=False)
    clock: Clock
    lifetime: timedelta

    def mint(self, bearer: Bearer) -> str:
        """Return a token for a session."""
        now = int(self.clock().timestamp())
        claims = {
            "iss": _ISSUER,
            "aud": _AUDIENCE,
            "sub": str(bearer.user_id),
            "sid": str(bearer.session_id),
            "iat": now,
            "nbf": now,
            "exp": now + int(self.lifetime.total_seconds()),
        }
        return jwt.encode(claims, self.key, _ALGORITHM, {"typ": _TYPE})

    def verify(self, token: str) -> Bearer:
        """Return whom it names; AccessTokenExpiredError or AccessTokenInvalidError."""
        if len(token) > _LONGEST:
            raise AccessTokenInvalidError
        read = _read(self.key, token)
        now = self.clock().timestamp()
        if now >= read.ends:
            raise AccessTokenExpiredError
        if now < read.begins:
            raise AccessTokenInvalidError
        return read.bearer


@dataclass(frozen=True, slots=True)
class _Read:
    bearer: Bearer
    begins: int
    ends: int


# The same token comes with every request of its hour, and reading it takes as long as a statement.
# What was refused is not kept.
@lru_cache(maxsize=10_000)
def _read(key: bytes, token: str) -> _Read:
    try:
        # Exactly the header that we write: no `kid`, `jwk`, `crit` or other type.
        if jwt.get_unverified_header(token) != _HEADER:
            raise AccessTokenInvalidError
        claims = jwt.decode(
            token,
            key,
            algorithms=[_ALGORITHM],
            audience=_AUDIENCE,
            issuer=_ISSUER,
            # The times are judged at each use, by the clock that is given.
            options={
                "require": sorted(_CLAIMS),
                "verify_exp": False,
                "verify_nbf": False,
                "verify_iat": False,
            },
        )
        begins, ends = claims["nbf"], claims["exp"]
        if type(begins) is not int or type(ends) is not int or set(claims) != _CLAIMS:
            raise AccessTokenInvalidError
        return _Read(Bearer(UUID(str(claims["sub"])), UUID(str(claims["sid"]))), begins, ends)
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise AccessTokenInvalidError from error
