"""Request ids, and what a client learns of a bug."""

import logging

import httpx2
import pytest
from fastapi import FastAPI
from starlette.types import ASGIApp

from jumpa.kit.errors import JumpaError, Kind
from jumpa.kit.http import problems
from jumpa.kit.http.requests import RequestLog


class OddError(JumpaError):
    """Something odd."""

    kind = Kind.CONFLICT
    code = "odd"


def app() -> ASGIApp:
    api = FastAPI()
    problems.install(api)

    @api.get("/bug")
    async def bug() -> None:
        raise RuntimeError("inner detail")

    @api.get("/odd")
    async def odd() -> None:
        raise OddError

    return RequestLog(api)


@pytest.fixture
def failing() -> httpx2.AsyncClient:
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app()), base_url="http://x")


class TestRequestId:
    async def test_is_new_for_every_request(self, failing: httpx2.AsyncClient) -> None:
        first, second = [(await failing.get("/odd")).headers["x-request-id"] for _ in range(2)]

        assert first != second

    async def test_is_the_one_that_the_client_brought(self, failing: httpx2.AsyncClient) -> None:
        answer = await failing.get("/odd", headers={"X-Request-Id": "abcd-1234"})

        assert answer.headers["x-request-id"] == "abcd-1234"
        assert answer.json()["request_id"] == "abcd-1234"

    @pytest.mark.parametrize("given", ["short", "x" * 65, 'a"b"c"d"e', "a b c d e f g"])
    async def test_is_not_what_could_harm_a_log(
        self, failing: httpx2.AsyncClient, given: str
    ) -> None:
        answer = await failing.get("/odd", headers={"X-Request-Id": given})

        assert answer.headers["x-request-id"] != given


class TestFailure:
    async def test_of_ours_is_a_problem(self, failing: httpx2.AsyncClient) -> None:
        answer = await failing.get("/odd")

        assert answer.status_code == 409
        assert answer.json() | {"request_id": ""} == {
            "type": "about:blank",
            "title": "Conflict",
            "status": 409,
            "code": "odd",
            "detail": "Something odd.",
            "request_id": "",
            "fields": [],
        }

    async def test_by_a_bug_is_logged_and_tells_nothing(
        self, failing: httpx2.AsyncClient, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.INFO):
            answer = await failing.get("/bug")

        assert answer.status_code == 500
        assert answer.json()["code"] == "internal_error"
        assert "inner detail" not in answer.text
        assert "inner detail" in caplog.text
