"""Webhooks of a LiveKit server: only what it signed, for this very body."""

import base64
import hashlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from livekit.protocol.webhook import WebhookEvent
from starlette.applications import Starlette

from jumpa.media.access import Claims, TokenVerifier, mint
from jumpa.signaling import hooks

KEY, SECRET = "devkey", "a secret of the tests with enough bytes"
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
BODY = b'{"event": "room_started", "id": "EV_1", "room": {"name": "tea"}, "unknown": 1}'


def signature(
    body: bytes = BODY,
    *,
    secret: str = SECRET,
    digest: object = None,
    lifetime: timedelta = timedelta(minutes=5),
) -> str:
    said = base64.b64encode(hashlib.sha256(body).digest()).decode() if digest is None else digest
    claims = Claims.model_validate({"sha256": said} if digest != "" else {})
    return mint(api_key=KEY, secret=secret, claims=claims, clock=lambda: NOW, lifetime=lifetime)


@pytest.fixture
def heard() -> list[WebhookEvent]:
    return []


@pytest.fixture
async def client(heard: list[WebhookEvent]) -> AsyncIterator[httpx2.AsyncClient]:
    verifier = TokenVerifier({KEY: SECRET}, lambda: NOW)
    app = Starlette(routes=hooks.routes(verifier, heard.append))
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://x") as asking:
        yield asking


async def post(
    client: httpx2.AsyncClient, authorization: str | None, body: bytes = BODY
) -> httpx2.Response:
    headers = {"Content-Type": "application/webhook+json"}
    if authorization is not None:
        headers["Authorization"] = authorization
    return await client.post(hooks.PATH, content=body, headers=headers)


class TestReceive:
    async def test_hears_what_is_signed(
        self, client: httpx2.AsyncClient, heard: list[WebhookEvent]
    ) -> None:
        assert (await post(client, signature())).status_code == 204
        assert (await post(client, f"Bearer {signature()}")).status_code == 204
        assert [(event.id, event.room.name) for event in heard] == [("EV_1", "tea")] * 2

    @pytest.mark.parametrize(
        "authorization",
        [
            None,
            "",
            "nonsense",
            signature(secret="another secret with enough bytes"),
            signature(b"another body"),
            signature(digest=""),
            signature(digest=7),
            signature(digest="!"),
            signature(digest=base64.b64encode(b"short").decode()),
            signature(lifetime=timedelta(minutes=-5)),
        ],
        ids=range(10),
    )
    async def test_refuses_what_is_not(
        self,
        client: httpx2.AsyncClient,
        heard: list[WebhookEvent],
        authorization: str | None,
    ) -> None:
        answer = await post(client, authorization)

        assert answer.status_code == 401
        assert answer.json()["code"] == "access_denied"
        assert heard == []

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"[]",
            b"\xff",
            b"{",
            b'{"room": 7}',
            b'{"room":' * 2000,
            b" " * (1024 * 1024 + 1),
        ],
        ids=range(7),
    )
    async def test_refuses_signed_nonsense(
        self, client: httpx2.AsyncClient, heard: list[WebhookEvent], body: bytes
    ) -> None:
        answer = await post(client, signature(body), body)

        assert answer.status_code == 400
        assert heard == []
