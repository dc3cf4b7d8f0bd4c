"""A provider of an organisation (OpenID Connect) on loopback, honest unless told otherwise."""

import asyncio
import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from factories import NOW
from hosts import heard

CLIENT_ID, CLIENT_SECRET = "jumpa", "a secret & more: of the client"
NOW_S = int(NOW.timestamp())
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
KEYS = {name: ec.generate_private_key(ec.SECP256R1()) for name in ("k1", "k2", "foreign")}


def public(key: ec.EllipticCurvePrivateKey, name: str, **more: str) -> dict[str, Any]:
    """Return the key as it stands in a provider's list."""
    told = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(key.public_key()))
    return {**told, "kid": name, "use": "sig", "alg": "ES256", **more}


def spoken(**changes: object) -> dict[str, Any]:
    """Return what is said of Ayu; `...` leaves out."""
    claims = {
        "sub": "ayu-at-idp",
        "email": "ayu@example.com",
        "email_verified": True,
        "given_name": "Ayu",
        "family_name": "Lestari",
        **changes,
    }
    return {name: value for name, value in claims.items() if value is not ...}


@dataclass
class Idp:
    """What it knows and does; `person` is who sits at the browser."""

    port: int = 0
    person: dict[str, Any] = field(default_factory=spoken)
    more: dict[str, Any] = field(default_factory=dict)
    document: dict[str, Any] = field(default_factory=dict)
    signs_with: str = "k1"
    shows: tuple[str, ...] = ("k1",)
    token: Callable[[dict[str, Any]], str] | None = None
    said: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}/realm"

    def consent(self, url: str, **changes: str) -> str:
        """Do what the browser and its owner do there; return the query it comes back with."""
        parts = urlsplit(url)
        assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{self.issuer}/authorize"
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT_ID
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        code = f"code-{len(self._codes)}"
        self._codes[code] = asked
        return urlencode({"state": asked["state"], "code": code, "iss": self.issuer, **changes})

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await heard(reader)).decode()
        path = head.split(" ")[1].removeprefix("/realm/")
        self.asked.append(path)
        if path in self.said:
            writer.write(self.said[path])
        else:
            status, told = self._answer(path, head, await _form(reader, head))
            body = json.dumps(told).encode()
            writer.write(f"HTTP/1.1 {status} -\r\nContent-Length: {len(body)}\r\n\r\n".encode())
            writer.write(body)
        await writer.drain()

    def _answer(self, path: str, head: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if path == ".well-known/openid-configuration":
            return 200, self._offer()
        if path == "keys":
            return 200, {"keys": [public(KEYS[name], name) for name in self.shows]}
        if path == "userinfo":
            assert "Bearer access-of-ayu" in head
            return 200, self.more
        return self._exchange(head, form)

    def _offer(self) -> dict[str, Any]:
        offer = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "authorization_response_iss_parameter_supported": True,
            **self.document,
        }
        return {name: value for name, value in offer.items() if value is not ...}

    def _exchange(self, head: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        asked = self._codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        pair = urlencode({CLIENT_ID: CLIENT_SECRET}).replace("=", ":")
        basic = base64.b64encode(pair.encode()).decode()
        is_client = f"Basic {basic}" in head or form.get("client_secret") == CLIENT_SECRET
        if asked is None or asked["code_challenge"] != challenge or not is_client:
            return 400, {"error": "invalid_grant"}
        if asked["redirect_uri"] != form["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        claims = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "iat": NOW_S,
            "exp": NOW_S + 300,
            "nonce": asked["nonce"],
            **self.person,
        }
        sign = self.token or self.signed
        return 200, {"id_token": sign(claims), "access_token": "access-of-ayu"}

    def signed(self, claims: dict[str, Any]) -> str:
        name = self.signs_with
        return jwt.encode(claims, KEYS[name], "ES256", {"kid": name})


async def _form(reader: asyncio.StreamReader, head: str) -> dict[str, str]:
    if not head.startswith("POST "):
        return {}
    length = int(head.lower().partition("content-length: ")[2].split("\r\n")[0])
    body = (await reader.readexactly(length)).decode()
    return {name: values[0] for name, values in parse_qs(body).items()}
