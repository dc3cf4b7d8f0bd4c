"""A push service and the browser behind it, which opens what comes as RFC 8291 says."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import jwt
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hosts import heard, serving

from jumpa.domains.notifications.service.push import decoded, encoded, public_bytes

AUTH = b"sixteen bytes ok"


@dataclass
class PushService:
    """Takes messages for one browser; answers with `statuses` one after another, then the last."""

    statuses: list[int] = field(default_factory=lambda: [201])
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    heads: list[dict[str, str]] = field(default_factory=list)
    shown: list[dict[str, Any]] = field(default_factory=list)
    claims: list[dict[str, Any]] = field(default_factory=list)
    origin: str = ""

    @property
    def subscription(self) -> dict[str, Any]:
        keys = {"p256dh": encoded(public_bytes(self.key)), "auth": encoded(AUTH)}
        return {"endpoint": f"{self.origin}/send/1", "expirationTime": None, "keys": keys}

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await heard(reader)).decode().splitlines()
        headers = {k.lower(): v for k, v in (line.split(": ", 1) for line in head[1:] if line)}
        body = await reader.readexactly(int(headers["content-length"]))
        self.heads.append(headers)
        self.shown.append(json.loads(opened(body, self.key)))
        self.claims.append(believed(headers["authorization"], self.origin))
        status = self.statuses[min(len(self.heads), len(self.statuses)) - 1]
        writer.write(f"HTTP/1.1 {status} Said\r\nContent-Length: 0\r\n\r\n".encode())
        await writer.drain()


def opened(body: bytes, key: ec.EllipticCurvePrivateKey, auth: bytes = AUTH) -> bytes:
    """Open a message as a browser does (RFC 8188, 8291)."""
    salt, size, length = body[:16], int.from_bytes(body[16:20]), body[20]
    sender, record = body[21 : 21 + length], body[21 + length :]
    assert len(record) <= size
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
    info = b"WebPush: info\0" + public_bytes(key) + sender
    keying = HKDF(hashes.SHA256(), 32, auth, info).derive(key.exchange(ec.ECDH(), theirs))

    def derived(what: bytes, length: int) -> bytes:
        info = b"Content-Encoding: " + what + b"\0"
        return HKDF(hashes.SHA256(), length, salt, info).derive(keying)

    plain = AESGCM(derived(b"aes128gcm", 16)).decrypt(derived(b"nonce", 12), record, None)
    assert plain.endswith(b"\x02")
    return plain[:-1]


def believed(header: str, origin: str) -> dict[str, Any]:
    """Check the server's signature as a push service does (RFC 8292)."""
    token, key = (part.partition("=")[2] for part in header.removeprefix("vapid ").split(", "))
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(key))
    # The tests' clock stands still, long before or after that of the machine.
    options: Any = {"verify_exp": False}
    claims = jwt.decode(token, point, ["ES256"], audience=origin, options=options)
    return {**claims, "key": key}


@asynccontextmanager
async def pushing(*statuses: int) -> AsyncIterator[PushService]:
    """Take messages on loopback until the block ends."""
    service = PushService(list(statuses) or [201])
    async with serving(service.handle) as port:
        service.origin = f"http://localhost:{port}"
        yield service
