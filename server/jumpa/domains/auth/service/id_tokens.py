"""What a provider says about a person: believed only when everything fits (OpenID Connect Core).

Source of the checks: OpenID Connect Core 1.0, 3.1.3.7; RFC 8725.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from jumpa.domains.auth.errors import OidcRefusedError

# Signatures that only the provider can make; a shared secret or none at all is not among them.
ALGORITHMS = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)
_REQUIRED = ("iss", "sub", "aud", "exp", "iat", "nonce")
_LEEWAY_S = 60
_LONGEST = 16_384
_SUBJECT_CHARACTERS = 255
_RSA_BITS = 2048


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token must say to be the answer to this very question."""

    issuer: str
    client_id: str
    nonce: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Identity:
    """A person of a provider; `email` is empty unless the provider says that it is proven."""

    issuer: str
    subject: str
    email: str
    names: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Head:
    """Which key a token names."""

    algorithm: str
    key_id: str | None


def read_head(token: str) -> Head:
    """Return the unproven head of a token; raises OidcRefusedError."""
    if len(token) > _LONGEST:
        raise OidcRefusedError
    try:
        head = jwt.get_unverified_header(token)
    except jwt.PyJWTError as error:
        raise OidcRefusedError from error
    algorithm, key_id = head.get("alg"), head.get("kid")
    if algorithm not in ALGORITHMS or "crit" in head:
        raise OidcRefusedError
    return Head(str(algorithm), key_id if isinstance(key_id, str) else None)


def choose_key(keys: list[Any], head: Head) -> jwt.PyJWK | None:
    """Return the key that a token names, or the only one that fits when it names none."""
    fitting = [key for key in keys if isinstance(key, dict) and _may_sign(key, head)]
    if head.key_id is None and len(fitting) > 1:
        return None
    return _parsed(fitting[0], head.algorithm) if fitting else None


def verify(token: str, key: jwt.PyJWK, expected: Expected, now: datetime) -> dict[str, Any]:
    """Return the claims of a token that answers the question; raises OidcRefusedError."""
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=[key.algorithm_name],
            audience=expected.client_id,
            issuer=expected.issuer,
            # The times are ours to judge, by the clock that we are given.
            options={
                "require": list(_REQUIRED),
                "verify_exp": False,
                "verify_nbf": False,
                "verify_iat": False,
            },
        )
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise OidcRefusedError from error
    if not (_is_for(claims, expected) and _is_timely(claims, now.timestamp())):
        raise OidcRefusedError
    return claims


def identity_of(claims: Mapping[str, Any]) -> Identity:
    """Return the person whom verified claims tell of; raises OidcRefusedError."""
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= _SUBJECT_CHARACTERS:
        raise OidcRefusedError
    email = claims.get("email")
    # Exactly true: a text that says so was written by somebody who did not read the standard.
    is_proven = claims.get("email_verified") is True and isinstance(email, str)
    names = tuple(_text(claims, name) for name in ("given_name", "family_name", "name"))
    first, last = names[0] or names[2].partition(" ")[0], names[1] or names[2].partition(" ")[2]
    return Identity(str(claims["iss"]), subject, str(email) if is_proven else "", (first, last))


def _is_for(claims: dict[str, Any], expected: Expected) -> bool:
    audience = claims["aud"]
    party = claims.get("azp")
    is_shared = isinstance(audience, list) and audience != [expected.client_id]
    is_party = party == expected.client_id if is_shared or party is not None else True
    # Not PyJWT's own check alone: it takes a list of issuers as well.
    return is_party and claims["iss"] == expected.issuer and claims["nonce"] == expected.nonce


def _is_timely(claims: dict[str, Any], now_s: float) -> bool:
    begins = claims.get("nbf", claims["iat"])
    times = (claims["exp"], claims["iat"], begins)
    if any(isinstance(time, bool) or not isinstance(time, int | float) for time in times):
        return False
    ends_s, made_s, begins_s = map(float, times)
    is_begun = made_s <= now_s + _LEEWAY_S and begins_s <= now_s + _LEEWAY_S
    return is_begun and now_s - _LEEWAY_S < ends_s


def _may_sign(key: dict[str, Any], head: Head) -> bool:
    is_named = head.key_id is None or key.get("kid") == head.key_id
    is_for_signing = key.get("use", "sig") == "sig"
    return is_named and is_for_signing and key.get("alg", head.algorithm) == head.algorithm


def _parsed(key: dict[str, Any], algorithm: str) -> jwt.PyJWK | None:
    try:
        parsed = jwt.PyJWK(key, algorithm)
    except (jwt.PyJWTError, ValueError, TypeError, KeyError):
        return None
    is_short = isinstance(parsed.key, RSAPublicKey) and parsed.key.key_size < _RSA_BITS
    return None if is_short else parsed


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    readable = value if isinstance(value, str) else ""
    shown = "".join(c for c in readable if unicodedata.category(c)[0] != "C")
    return " ".join(unicodedata.normalize("NFC", shown).split())[:100].strip()
