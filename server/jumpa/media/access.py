"""LiveKit access tokens: who somebody is and what they may do.

Source: LiveKit's JWT claims (HS256; `iss` is the API key, `sub` the identity, `video` the grants).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import jwt
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictStr, ValidationError
from pydantic.alias_generators import to_camel

from jumpa.kit.clock import Clock
from jumpa.media.errors import AccessError

ALGORITHM = "HS256"
LEEWAY = timedelta(minutes=1)
DEFAULT_LIFETIME = timedelta(hours=6)


class VideoGrants(BaseModel):
    """LiveKit's VideoGrant; None means that the token does not say."""

    model_config = ConfigDict(
        frozen=True, extra="allow", alias_generator=to_camel, populate_by_name=True
    )

    room_join: StrictBool = False
    room: StrictStr = ""
    room_create: StrictBool = False
    room_list: StrictBool = False
    room_admin: StrictBool = False
    hidden: StrictBool = False
    recorder: StrictBool = False
    agent: StrictBool = False
    can_publish: StrictBool | None = None
    can_subscribe: StrictBool | None = None
    can_publish_data: StrictBool | None = None
    can_publish_sources: tuple[StrictStr, ...] = ()
    can_update_own_metadata: StrictBool | None = None

    @property
    def may_publish(self) -> bool:
        """Unset means allowed."""
        return self.can_publish is not False

    @property
    def may_subscribe(self) -> bool:
        """Unset means allowed."""
        return self.can_subscribe is not False

    @property
    def may_publish_data(self) -> bool:
        """Follow `can_publish` when unset."""
        return self.may_publish if self.can_publish_data is None else self.can_publish_data

    @property
    def may_update_own_metadata(self) -> bool:
        """Unset means refused."""
        return self.can_update_own_metadata is True


class Claims(BaseModel):
    """What a verified token says."""

    model_config = ConfigDict(
        frozen=True, extra="allow", alias_generator=to_camel, populate_by_name=True
    )

    api_key: StrictStr = Field(default="", exclude=True)
    identity: StrictStr = Field(default="", exclude=True)
    name: StrictStr = ""
    metadata: StrictStr = ""
    attributes: dict[StrictStr, StrictStr] = Field(default_factory=dict)
    kind: StrictStr = ""
    video: VideoGrants = VideoGrants()
    # Ours alone: whoever shows such a token was in the room before.
    refreshed: StrictBool = False


@dataclass(frozen=True, slots=True)
class TokenVerifier:
    """Verifies tokens that one of the API keys signed; keys map to their secrets."""

    keys: Mapping[str, str] = field(repr=False)
    clock: Clock

    def verify(self, token: str) -> Claims:
        """Return the claims, or raise AccessError with the reason."""
        api_key = self._issuer(token)
        try:
            payload = jwt.decode(
                token,
                self.keys[api_key],
                algorithms=[ALGORITHM],
                options={
                    "verify_exp": False,
                    "verify_nbf": False,
                    "verify_iat": False,
                    "verify_aud": False,
                    "verify_sub": False,
                    "verify_jti": False,
                },
            )
        except jwt.InvalidAlgorithmError as error:
            raise AccessError(f"the token must be signed with {ALGORITHM}") from error
        except jwt.InvalidTokenError as error:
            raise AccessError("the token's signature does not fit its API key") from error
        self._check_times(payload)
        return _claims(api_key, payload)

    def refresh(self, claims: Claims, lifetime: timedelta) -> str:
        """Return a token with the same claims and a new life, signed by the same key."""
        return mint(
            api_key=claims.api_key,
            secret=self.keys[claims.api_key],
            claims=claims.model_copy(update={"refreshed": True}),
            clock=self.clock,
            lifetime=lifetime,
        )

    def _issuer(self, token: str) -> str:
        try:
            payload = jwt.decode(token, options={"verify_signature": False})
        except jwt.InvalidTokenError as error:
            raise AccessError("the token is not a JSON web token") from error
        issuer = payload.get("iss")
        if not isinstance(issuer, str) or issuer not in self.keys:
            raise AccessError("the token names an API key that this server does not have")
        return issuer

    def _check_times(self, payload: Mapping[str, Any]) -> None:
        now = self.clock().timestamp()
        expires = _timestamp(payload, "exp")
        if expires is None:
            raise AccessError("the token has no expiry (exp)")
        if now > expires + LEEWAY.total_seconds():
            raise AccessError("the token has expired")
        begins = _timestamp(payload, "nbf")
        if begins is not None and now < begins - LEEWAY.total_seconds():
            raise AccessError("the token is not valid yet")


def mint(
    *,
    api_key: str,
    secret: str,
    claims: Claims,
    clock: Clock,
    lifetime: timedelta = DEFAULT_LIFETIME,
) -> str:
    """Return a signed token for the claims; `claims.api_key` is not looked at."""
    now = clock()
    payload = claims.model_dump(by_alias=True, exclude_none=True, exclude_defaults=True)
    payload |= {
        "iss": api_key,
        "sub": claims.identity,
        "nbf": int(now.timestamp()),
        "exp": int((now + lifetime).timestamp()),
    }
    return jwt.encode(payload, secret, algorithm=ALGORITHM)


def _timestamp(payload: Mapping[str, Any], claim: str) -> float | None:
    value = payload.get(claim)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise AccessError(f"the token's {claim} is not a number")
    return value


_REGISTERED = frozenset({"iss", "sub", "nbf", "exp", "iat", "jti", "aud"})
# A token must not say which key signed it: that is known from the signature alone.
_OURS = frozenset({"api_key", "apiKey", "identity"})


def _claims(api_key: str, payload: Mapping[str, Any]) -> Claims:
    said = {
        name: _without_nulls(value)
        for name, value in payload.items()
        if value is not None and name not in _REGISTERED | _OURS
    }
    identity = payload.get("sub") or payload.get("jti") or ""
    try:
        return Claims(api_key=api_key, identity=identity, **said)
    except ValidationError as error:
        places = sorted({".".join(str(part) for part in e["loc"]) for e in error.errors()})
        raise AccessError(f"the token's claims are malformed: {', '.join(places)}") from error


def _without_nulls(value: object) -> object:
    if not isinstance(value, dict):
        return value
    return {name: inner for name, inner in value.items() if inner is not None}
