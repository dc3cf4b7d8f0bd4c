"""Starts the jumpa-sfu program and passes on what it logs."""

import asyncio
import json
import logging
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import jumpa
from jumpa.media.errors import MediaUnavailableError

logger = logging.getLogger("jumpa.sfu")

_BINARY_VARIABLE = "JUMPA_SFU_BINARY"
_PASSED_ON = ("PATH", "TMPDIR", "JUMPA_SFU_LOG", "RUST_BACKTRACE")
_LEVELS = {"ERROR": logging.ERROR, "WARN": logging.WARNING, "INFO": logging.INFO}
_MAX_LINE_BYTES = 64 * 1024


class ProgramMissingError(MediaUnavailableError):
    """The program jumpa-sfu is missing; build it with make build."""

    code = "sfu_missing"


class Program(Protocol):
    """A running SFU process."""

    @property
    def pid(self) -> int:
        """The process id, which the link checks."""

    async def wait(self) -> int:
        """Return the exit status when the process has ended."""

    def kill(self) -> None:
        """End the process at once."""


class Launch(Protocol):
    """Starts an SFU that connects to the socket at `link`."""

    async def __call__(self, link: Path) -> Program:
        """Return the started process."""


def find_binary(setting: str, environment: Mapping[str, str]) -> Path:
    """Return the program: the setting, else JUMPA_SFU_BINARY, else the one in the wheel."""
    chosen = setting or environment.get(_BINARY_VARIABLE, "")
    path = Path(chosen) if chosen else Path(jumpa.__file__).parent / "_bin" / "jumpa-sfu"
    if not path.is_file():
        raise ProgramMissingError(f"there is no program at {path}; build it with make build")
    return path.resolve()


class SubprocessLaunch:
    """Starts the real program."""

    def __init__(self, setting: str = "") -> None:
        self._setting = setting

    async def __call__(self, link: Path) -> Program:
        """Start jumpa-sfu in a session of its own, so that Ctrl-C reaches only the server."""
        binary = find_binary(self._setting, os.environ)
        process = await asyncio.create_subprocess_exec(
            binary,
            "--link",
            link,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            limit=_MAX_LINE_BYTES,
            env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
            start_new_session=True,
        )
        return _Subprocess(process)


class _Subprocess:
    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._logs = asyncio.create_task(self._pass_on_logs())

    @property
    def pid(self) -> int:
        return self._process.pid

    async def wait(self) -> int:
        status = await self._process.wait()
        await asyncio.wait({self._logs})
        return status

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            self._process.kill()

    async def _pass_on_logs(self) -> None:
        stderr = self._process.stderr
        if stderr is None:
            return
        while True:
            try:
                line = await stderr.readline()
            except ValueError:
                continue
            if not line:
                return
            log_line(line)


def log_line(line: bytes) -> None:
    """Write one line of the SFU to our log, keeping its level, text and fields."""
    text = line.decode(errors="replace").strip()
    try:
        record = json.loads(text)
    except ValueError:
        record = None
    if not isinstance(record, dict):
        logger.warning("jumpa-sfu: %s", text)
        return
    fields = record.get("fields")
    fields = dict(fields) if isinstance(fields, dict) else {}
    message = str(fields.pop("message", record.get("message", "")))
    level = _LEVELS.get(str(record.get("level")), logging.DEBUG)
    logger.log(level, "jumpa-sfu: %s", message, extra={"sfu": fields})
