"""JSON lines on stderr, each with the id of its request, and never with a token."""

import logging
import re
import sys
from typing import TextIO

import structlog

_REDACTED = "[redacted]"
# Whatever writes the line, and wherever in it the token stands: the finished text is searched.
_SECRETS = (
    (re.compile(r"(access_token=)[^&\s\"'\\]+"), rf"\1{_REDACTED}"),
    (re.compile(r"(?i)(bearer )[\w.~+/=-]+"), rf"\1{_REDACTED}"),
    (re.compile(r"eyJ[\w-]*\.[\w-]+(\.[\w-]*)?"), _REDACTED),
)
_NOISE = "ASGI callable returned without completing handshake"


def configure(level: str, stream: TextIO | None = None) -> None:
    """Send everything that is logged through one handler."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_formatter())
    handler.addFilter(_is_worth_a_line)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "uvicorn.asgi"):
        logger = logging.getLogger(name)
        logger.handlers = []
        logger.propagate = True
    # Requests are logged by ourselves, with their ids.
    for name in ("uvicorn.error", "uvicorn.access", "aiosqlite", "alembic", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)


def redact(text: str) -> str:
    """Return the text without access tokens."""
    for pattern, replacement in _SECRETS:
        text = pattern.sub(replacement, text)
    return text


def _is_worth_a_line(record: logging.LogRecord) -> bool:
    # uvicorn reports every refused WebSocket as an error, although the refusal was answered.
    return not (record.name == "uvicorn.error" and record.getMessage().startswith(_NOISE))


def _formatter() -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(),
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            _render,
        ],
    )


_json = structlog.processors.JSONRenderer()


def _render(
    logger: structlog.types.WrappedLogger, name: str, line: structlog.types.EventDict
) -> str:
    text = _json(logger, name, line)
    return redact(text if isinstance(text, str) else text.decode())
