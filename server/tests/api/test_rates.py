"""How often one address may ask the API (S0-083, S1-172, S4-060)."""

import pytest
from factories import Server
from people import API, assert_problem

from jumpa.config import RateSettings, Settings


class TestRequests:
    @pytest.fixture
    def settings(self) -> Settings:
        return Settings(rates=RateSettings(requests_per_minute=3))

    async def test_are_refused_beyond_the_quota_until_a_moment_has_passed(
        self, server: Server
    ) -> None:
        passed = [await server.client.get(f"{API}/openapi.json") for _ in range(3)]

        refused = await server.client.get(f"{API}/openapi.json")

        assert [answer.headers["ratelimit"] for answer in passed] == [
            '"requests";r=2;t=20',
            '"requests";r=1;t=40',
            '"requests";r=0;t=60',
        ]
        assert_problem(refused, 429, "too_many_requests")
        assert refused.headers["retry-after"] == "20"
        assert refused.headers["ratelimit-policy"] == '"requests";q=3;w=60'
        server.now.seconds += 20
        assert (await server.client.get(f"{API}/openapi.json")).status_code == 200

    async def test_leave_pages_and_health_alone(self, server: Server) -> None:
        for _ in range(5):
            assert (await server.client.get("/health")).status_code == 200
            page = await server.client.get("/")
            assert "ratelimit" not in page.headers
