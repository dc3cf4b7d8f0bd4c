"""One line of JSON each, and never a token."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from jumpa.kit import log

TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    out = io.StringIO()
    log.configure("info", out)
    yield out
    root.handlers = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)


class TestRedact:
    @pytest.mark.parametrize(
        "text",
        [
            f"GET /rtc?access_token={TOKEN}&x=1",
            f'127.0.0.1 - "WebSocket /rtc?auto_subscribe=1&access_token={TOKEN}" [accepted]',
            f"Authorization: Bearer {TOKEN}",
            f"authorization: bearer {TOKEN}",
            f"(b'authorization', b'Bearer {TOKEN}')",
            f"a token all alone: {TOKEN}.",
            f"access_token%3D{TOKEN}",
        ],
    )
    def test_leaves_nothing_of_a_token(self, text: str) -> None:
        redacted = log.redact(text)

        for part in TOKEN.split("."):
            assert part not in redacted

    def test_leaves_everything_else(self) -> None:
        assert log.redact("GET /rtc?access_token=x&sdk=js") == (
            "GET /rtc?access_token=[redacted]&sdk=js"
        )


class TestConfigure:
    def test_writes_a_line_of_json_with_the_request_id(self, stream: io.StringIO) -> None:
        with structlog.contextvars.bound_contextvars(request_id="r-1"):
            logging.getLogger("jumpa.x").warning("two\nlines", extra={"room": "\x1b[31m"})

        [line] = stream.getvalue().splitlines()
        said = json.loads(line)
        assert said["event"] == "two\nlines"
        assert said["request_id"] == "r-1"
        assert said["level"] == "warning"
        assert said["room"] == "\x1b[31m"
        assert said["timestamp"].endswith("Z")

    def test_redacts_arguments_extras_and_traces(self, stream: io.StringIO) -> None:
        logger = logging.getLogger("uvicorn.error")
        try:
            int(f"/rtc?access_token={TOKEN}")
        except ValueError:
            logger.exception("%s failed", f"/rtc?access_token={TOKEN}", extra={"token": TOKEN})

        written = stream.getvalue()
        assert "ValueError" in written
        assert TOKEN not in written
        assert TOKEN.rpartition(".")[2] not in written

    def test_leaves_out_what_uvicorn_says_of_refusals(self, stream: io.StringIO) -> None:
        logger = logging.getLogger("uvicorn.error")
        logger.error("ASGI callable returned without completing handshake.")
        logger.error("something else")

        [line] = stream.getvalue().splitlines()
        assert json.loads(line)["event"] == "something else"

    def test_writes_what_is_not_json(self, stream: io.StringIO) -> None:
        logging.getLogger("jumpa.x").warning("odd", extra={"thing": object()})

        assert json.loads(stream.getvalue())["event"] == "odd"
