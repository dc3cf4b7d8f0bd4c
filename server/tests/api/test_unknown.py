"""Paths and methods that the API does not have."""

import httpx2
import pytest
from people import assert_problem

PREFIX = "/api/v1"


class TestUnknownPath:
    @pytest.mark.parametrize("path", ["/", "/nothing", "/auth", "/auth/login/x", "/rooms/a/b/c"])
    @pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
    async def test_is_not_found(self, client: httpx2.AsyncClient, method: str, path: str) -> None:
        assert_problem(await client.request(method, f"{PREFIX}{path}"), 404, "not_found")


class TestUnknownMethod:
    @pytest.mark.parametrize(
        ("path", "allowed"),
        [
            ("/auth/login", "POST"),
            ("/auth/passkeys", "GET, POST"),
            ("/users/avatar", "DELETE, PUT"),
            ("/users/profile", "GET, PUT"),
            ("/auth/sessions/x", "DELETE"),
        ],
    )
    @pytest.mark.parametrize("method", ["PATCH", "TRACE", "OPTIONS", "PROPFIND"])
    async def test_is_refused_and_the_known_ones_told(
        self, client: httpx2.AsyncClient, method: str, path: str, allowed: str
    ) -> None:
        answer = await client.request(method, f"{PREFIX}{path}")

        assert_problem(answer, 405, "method_not_allowed")
        assert answer.headers["allow"] == allowed

    async def test_is_never_a_page(self, client: httpx2.AsyncClient) -> None:
        assert_problem(await client.get(f"{PREFIX}/auth/login"), 405, "method_not_allowed")


class TestBody:
    @pytest.mark.parametrize("body", [b"\xff\xfe", b"?C\xbb\r", b"{", b"nul"])
    async def test_that_is_no_text_is_malformed(
        self, client: httpx2.AsyncClient, body: bytes
    ) -> None:
        headers = {"Content-Type": "application/json"}

        answer = await client.post(f"{PREFIX}/auth/login", content=body, headers=headers)

        assert_problem(answer, 422, "request_malformed")

    async def test_that_is_nested_deeply_is_malformed(self, client: httpx2.AsyncClient) -> None:
        headers = {"Content-Type": "application/json"}

        answer = await client.post(f"{PREFIX}/auth/login", content=b"[" * 60_000, headers=headers)

        assert_problem(answer, 422, "request_malformed")
