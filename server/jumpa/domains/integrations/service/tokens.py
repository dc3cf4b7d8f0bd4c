"""Tokens of calendars: asked for with a code, renewed, and given back (RFC 6749, 7009, 7636)."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from jumpa.domains.integrations.errors import (
    CalendarAccessEndedError,
    CalendarDeclinedError,
    CalendarRefusedError,
    CalendarUnavailableError,
)
from jumpa.kit.outbound.client import Answer, HostUnavailableError, Outbound
from jumpa.kit.outbound.network import HostRefusedError

_USUAL_LIFE_S, _LONGEST_LIFE_S = 3600, 86_400
# A token that ends on the way would be refused.
_EARLY = timedelta(seconds=60)
_TOKEN_CHARACTERS = 8000
_ACCOUNT_CHARACTERS = 255


@dataclass(frozen=True, slots=True)
class Client:
    """What this server is to a service; `calendar_scope` is the one without which nothing works."""

    client_id: str
    secret: str = field(repr=False)
    authorize_url: str
    token_url: str
    revoke_url: str
    scopes: tuple[str, ...]
    calendar_scope: str
    options: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Tokens:
    """What opens a calendar until `ends_at`, and what it is renewed with."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    ends_at: datetime

    def is_fresh(self, now: datetime) -> bool:
        """Whether the access token is still good for a request."""
        return now < self.ends_at - _EARLY

    def to_json(self) -> str:
        """Return them as they are sealed."""
        kept = {"access": self.access, "refresh": self.refresh}
        return json.dumps({**kept, "ends_at": self.ends_at.isoformat()})

    @classmethod
    def from_json(cls, text: str) -> "Tokens":
        """Return what `to_json` gave."""
        kept = json.loads(text)
        return cls(kept["access"], kept["refresh"], datetime.fromisoformat(kept["ends_at"]))


@dataclass(frozen=True, slots=True)
class Grant:
    """What a code was good for; `account` is what the service calls the person."""

    tokens: Tokens
    account: str


@dataclass(frozen=True, slots=True)
class Office:
    """Where a service gives out tokens."""

    client: Client
    outbound: Outbound

    def url(self, redirect_uri: str, state: str, verifier: str) -> str:
        """Return where the browser goes to be asked."""
        digest = hashlib.sha256(verifier.encode()).digest()
        query = {
            "response_type": "code",
            "client_id": self.client.client_id,
            "redirect_uri": redirect_uri,
            "scope": " ".join(self.client.scopes),
            "state": state,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
            **self.client.options,
        }
        return f"{self.client.authorize_url}?{urlencode(query)}"

    async def exchange(self, code: str, redirect_uri: str, verifier: str, now: datetime) -> Grant:
        """Return what a code is good for; CalendarRefusedError, CalendarDeclinedError."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": verifier,
        }
        answer = await self._post(self.client.token_url, form)
        if HTTPStatus.BAD_REQUEST <= answer.status < HTTPStatus.INTERNAL_SERVER_ERROR:
            raise CalendarRefusedError(f"The code was refused: {_reason(answer)}.")
        told = _told(answer)
        if self.client.calendar_scope.rpartition("/")[2] not in _scopes(told):
            raise CalendarDeclinedError
        tokens = _tokens(told, "", now)
        if not tokens.refresh:
            raise CalendarRefusedError("The service gave nothing to renew the access with.")
        return Grant(tokens, _account(told))

    async def renew(self, tokens: Tokens, now: datetime) -> Tokens:
        """Return new tokens; CalendarAccessEndedError once the person or the service ended it."""
        form = {"grant_type": "refresh_token", "refresh_token": tokens.refresh}
        answer = await self._post(self.client.token_url, form)
        if answer.status == HTTPStatus.BAD_REQUEST and _reason(answer) == "invalid_grant":
            raise CalendarAccessEndedError
        return _tokens(_told(answer), tokens.refresh, now)

    async def revoke(self, refresh: str) -> None:
        """Give tokens back, where the service takes them; it may have forgotten them already."""
        if not self.client.revoke_url:
            return
        answer = await self._post(self.client.revoke_url, {"token": refresh})
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise CalendarUnavailableError

    async def _post(self, url: str, form: dict[str, str]) -> Answer:
        asked = {
            **form,
            "client_id": self.client.client_id,
            "client_secret": self.client.secret,
        }
        try:
            return await self.outbound.post_form(url, asked)
        except (HostUnavailableError, HostRefusedError) as error:
            raise CalendarUnavailableError from error


def _told(answer: Answer) -> dict[str, Any]:
    try:
        return answer.json()
    except HostUnavailableError as error:
        raise CalendarUnavailableError(f"It refused the tokens: {_reason(answer)}.") from error


def _reason(answer: Answer) -> str:
    """Return the code of a refusal, which holds no secret."""
    try:
        said = json.loads(answer.body).get("error", "")
    except (ValueError, AttributeError, RecursionError):
        said = ""
    is_code = isinstance(said, str) and said.isascii() and said.replace("_", "").isalnum()
    return said[:50] if is_code else f"status {answer.status}"


def _tokens(told: dict[str, Any], refresh: str, now: datetime) -> Tokens:
    access, life_s = told.get("access_token"), told.get("expires_in", _USUAL_LIFE_S)
    # A service that renews the one for renewing says so.
    renewed = told.get("refresh_token", refresh)
    if not isinstance(access, str) or not isinstance(renewed, str) or not access:
        raise CalendarUnavailableError
    if max(len(access), len(renewed)) > _TOKEN_CHARACTERS:
        raise CalendarUnavailableError
    known_s = life_s if isinstance(life_s, int) else _USUAL_LIFE_S
    return Tokens(access, renewed, now + timedelta(seconds=min(max(known_s, 0), _LONGEST_LIFE_S)))


def _scopes(told: dict[str, Any]) -> set[str]:
    # Microsoft says them with or without the address before them.
    given = told.get("scope")
    return {name.rpartition("/")[2] for name in given.split()} if isinstance(given, str) else set()


def _account(told: dict[str, Any]) -> str:
    """Return the address in the id token, for display alone.

    It came from the service itself over TLS, so its signature is not looked at (OpenID Connect
    Core 1.0, 3.1.3.7).
    """
    try:
        body = str(told["id_token"]).split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        found = claims.get("email") or claims.get("preferred_username") or ""
    except (KeyError, IndexError, ValueError, AttributeError, RecursionError):
        return ""
    readable = "".join(character for character in str(found) if character.isprintable())
    return readable[:_ACCOUNT_CHARACTERS]
