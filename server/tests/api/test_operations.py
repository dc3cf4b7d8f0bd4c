"""Health, readiness and metrics."""

import httpx2
import pytest
from factories import Server
from pydantic import SecretStr
from sqlalchemy import URL

from jumpa.config import ServerSettings, Settings
from jumpa.kit.db.database import Database

NOWHERE = URL.create("postgresql", query={"host": "/nowhere"})


def from_here(server: Server) -> httpx2.AsyncClient:
    transport = httpx2.ASGITransport(server.app.asgi, client=("127.0.0.1", 5000))
    return httpx2.AsyncClient(transport=transport, base_url="http://localhost")


class TestHealth:
    async def test_answers_also_while_the_server_is_not_ready(self, server: Server) -> None:
        server.app.operations.is_stopping = True

        answer = await server.client.get("/health")

        assert answer.status_code == 200
        assert answer.json()["status"] == "ok"


async def until_ready(server: Server) -> httpx2.Response:
    answer = await server.client.get("/ready")
    for pings in range(2, 100):
        if answer.status_code == 200:
            break
        await server.sfu.until_told("ping", pings)
        answer = await server.client.get("/ready")
    return answer


class TestReady:
    async def test_says_that_the_database_is_gone(self, server: Server) -> None:
        assert (await until_ready(server)).status_code == 200

        async def nobody() -> bool:
            return await Database(NOWHERE).answers()

        server.app.operations.database_answers = nobody
        answer = await server.client.get("/ready")

        assert answer.status_code == 503
        assert answer.json()["reason"] == "the database does not answer"

    async def test_answers_once_media_flows(self, server: Server) -> None:
        answer = await until_ready(server)

        assert (answer.status_code, answer.json()) == (200, {"status": "ready"})

    async def test_says_that_the_server_is_stopping(self, server: Server) -> None:
        server.app.operations.is_stopping = True

        answer = await server.client.get("/ready")

        assert answer.status_code == 503
        assert answer.json()["reason"] == "the server is stopping"

    async def test_says_that_the_media_process_is_gone(self, server: Server) -> None:
        await server.parts.engine.stop()

        answer = await server.client.get("/ready")

        assert answer.status_code == 503
        assert answer.json()["reason"] == "the media process does not answer"


class TestMetrics:
    async def test_are_told_to_this_machine(self, server: Server) -> None:
        async with from_here(server) as client:
            answer = await client.get("/metrics")

        assert answer.status_code == 200
        assert "jumpa_build_info{" in answer.text
        assert "jumpa_media_participants 0.0" in answer.text
        assert "jumpa_sfu_restarts_total 0.0" in answer.text

    async def test_are_closed_to_others(self, server: Server) -> None:
        answer = await server.client.get("/metrics")

        assert answer.status_code == 401
        assert answer.json()["code"] == "metrics_closed"

    async def test_are_closed_to_what_a_proxy_passes_on(self, server: Server) -> None:
        async with from_here(server) as client:
            answer = await client.get("/metrics", headers={"X-Forwarded-For": "192.0.2.1"})

        assert answer.status_code == 401

    async def test_are_closed_to_an_empty_token(self, server: Server) -> None:
        answer = await server.client.get("/metrics", headers={"Authorization": "Bearer "})

        assert answer.status_code == 401


class TestMetricsWithAToken:
    @pytest.fixture
    def settings(self) -> Settings:
        return Settings(server=ServerSettings(metrics_token=SecretStr("open sesame")))

    async def test_are_told_to_its_bearer(self, server: Server) -> None:
        headers = {"Authorization": "Bearer open sesame"}

        assert (await server.client.get("/metrics", headers=headers)).status_code == 200

    @pytest.mark.parametrize("given", ["Bearer open", "open sesame", "Bearer \u00e9", "Basic x"])
    async def test_are_closed_to_others(self, server: Server, given: str) -> None:
        headers = [(b"authorization", given.encode())]

        assert (await server.client.get("/metrics", headers=headers)).status_code == 401
