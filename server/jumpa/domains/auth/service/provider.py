"""Speaks to the organisation's provider: what it offers, its keys, and codes for tokens.

Source: OpenID Connect Discovery 1.0; RFC 6749, 7636 (PKCE), 9207 (issuer in the answer).
"""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus, urlencode

import jwt

from jumpa.domains.auth.errors import OidcRefusedError, OidcUnavailableError
from jumpa.domains.auth.service.id_tokens import Head, choose_key
from jumpa.kit.outbound.client import HostUnavailableError, Outbound
from jumpa.kit.outbound.network import HostRefusedError

_DISCOVERY = "/.well-known/openid-configuration"
_KEPT_S = 3600
# Somebody who makes keys up must not make us ask for each of them.
_KEY_PAUSE_S = 30


@dataclass(frozen=True, slots=True)
class Client:
    """What this server is to the provider, and whom it lets in."""

    issuer: str
    client_id: str
    secret: str = field(repr=False)
    name: str
    email_domains: frozenset[str] = frozenset()
    creates_accounts: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """What the provider offers (OpenID Connect Discovery 1.0, 3)."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str
    takes_secret_in_form: bool
    tells_issuer: bool


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the provider by way of the browser."""

    redirect_uri: str
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a code was good for."""

    id_token: str = field(repr=False)
    access_token: str = field(repr=False)


@dataclass(slots=True)
class Provider:
    """The provider; `now_s` is a clock that only goes forward."""

    client: Client
    outbound: Outbound
    now_s: Callable[[], float]
    _document: Document | None = None
    _document_at_s: float = 0
    _keys: list[Any] = field(default_factory=list)
    _keys_at_s: float | None = None

    async def document(self) -> Document:
        """Return what it offers; raises OidcUnavailableError."""
        if self._document is None or self.now_s() - self._document_at_s > _KEPT_S:
            url = self.client.issuer.rstrip("/") + _DISCOVERY
            self._document = self._read(await self._get(url))
            self._document_at_s = self.now_s()
        return self._document

    async def url(self, question: Question) -> str:
        """Return where the browser goes to be asked; raises OidcUnavailableError."""
        endpoint = (await self.document()).authorization_endpoint
        digest = hashlib.sha256(question.verifier.encode()).digest()
        query = {
            "response_type": "code",
            "client_id": self.client.client_id,
            "redirect_uri": question.redirect_uri,
            "scope": "openid email profile",
            "state": question.state,
            "nonce": question.nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(query)}"

    async def exchange(self, code: str, question: Question) -> Tokens:
        """Return the tokens of a code; OidcRefusedError or OidcUnavailableError."""
        document = await self.document()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": question.redirect_uri,
            "code_verifier": question.verifier,
        }
        headers: dict[str, str] = {}
        if not self.client.secret or document.takes_secret_in_form:
            form["client_id"] = self.client.client_id
        if self.client.secret and document.takes_secret_in_form:
            form["client_secret"] = self.client.secret
        elif self.client.secret:
            headers["Authorization"] = self._basic()
        try:
            answer = await self.outbound.post_form(document.token_endpoint, form, headers)
            if 400 <= answer.status < 500:  # noqa: PLR2004  # a range of HTTP
                said = answer.body[:200].decode("ascii", "replace")
                raise OidcRefusedError(f"The provider refused the code ({answer.status}): {said}")
            told = answer.json()
        except (HostUnavailableError, HostRefusedError) as error:
            raise OidcUnavailableError from error
        id_token, access_token = told.get("id_token"), told.get("access_token")
        if not isinstance(id_token, str):
            raise OidcRefusedError
        return Tokens(id_token, access_token if isinstance(access_token, str) else "")

    async def key(self, head: Head) -> jwt.PyJWK:
        """Return the key that a token names; asked again when it is not known yet."""
        now_s = self.now_s()
        if self._keys_at_s is None or now_s - self._keys_at_s > _KEPT_S:
            await self._fetch_keys()
        found = choose_key(self._keys, head)
        if found is None and self._keys_at_s is not None:
            if now_s - self._keys_at_s >= _KEY_PAUSE_S:
                await self._fetch_keys()
            found = choose_key(self._keys, head)
        if found is None:
            raise OidcRefusedError
        return found

    async def userinfo(self, access_token: str) -> dict[str, Any]:
        """Return what it tells of the person besides; nothing where it has no such door."""
        endpoint = (await self.document()).userinfo_endpoint
        if not endpoint or not access_token.isascii() or not access_token.isprintable():
            return {}
        return await self._get(endpoint, {"Authorization": f"Bearer {access_token}"})

    async def _fetch_keys(self) -> None:
        keys = (await self._get((await self.document()).jwks_uri)).get("keys")
        if not isinstance(keys, list):
            raise OidcUnavailableError
        self._keys, self._keys_at_s = keys, self.now_s()

    async def _get(self, url: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
        try:
            return (await self.outbound.get(url, headers)).json()
        except (HostUnavailableError, HostRefusedError) as error:
            raise OidcUnavailableError from error

    def _read(self, told: dict[str, Any]) -> Document:
        # A document of another issuer would have its tokens believed in this one's name (mix-up).
        if told.get("issuer") != self.client.issuer:
            raise OidcUnavailableError("The provider says that it is another one.")
        methods = told.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        return Document(
            self._endpoint(told, "authorization_endpoint"),
            self._endpoint(told, "token_endpoint"),
            self._endpoint(told, "jwks_uri"),
            self._endpoint(told, "userinfo_endpoint") if "userinfo_endpoint" in told else "",
            takes_secret_in_form=isinstance(methods, list)
            and "client_secret_basic" not in methods
            and "client_secret_post" in methods,
            tells_issuer=told.get("authorization_response_iss_parameter_supported") is True,
        )

    def _endpoint(self, told: dict[str, Any], name: str) -> str:
        url = told.get(name)
        if not isinstance(url, str):
            raise OidcUnavailableError
        try:
            self.outbound.check(url)
        except HostRefusedError as error:
            raise OidcUnavailableError from error
        return url

    def _basic(self) -> str:
        # Both are encoded as in a form first (RFC 6749, 2.3.1).
        pair = f"{quote_plus(self.client.client_id)}:{quote_plus(self.client.secret)}"
        return f"Basic {base64.b64encode(pair.encode()).decode()}"
