"""Keeps one jumpa-sfu running: starts it, watches it, starts it again."""

import asyncio
import contextlib
import logging
from typing import Protocol

from jumpa.kit.errors import JumpaError
from jumpa.media.embedded import sfu_pb2
from jumpa.media.embedded.link import VERSION, Link, LinkListener
from jumpa.media.embedded.program import Launch, Program
from jumpa.media.embedded.settings import Timings
from jumpa.media.embedded.silence import Silence
from jumpa.media.errors import MediaUnavailableError

logger = logging.getLogger(__name__)


class SfuFailedError(MediaUnavailableError):
    """The media process could not start."""

    code = "sfu_failed"


class Observer(Protocol):
    """Hears what happens with the SFU; called in order, never at the same time."""

    def ready(self, ready: sfu_pb2.Ready) -> None:
        """The SFU answers; nothing of an earlier process lives on."""

    def event(self, event: sfu_pb2.Event) -> None:
        """The SFU said something."""

    def down(self) -> None:
        """The SFU that was ready is gone."""


class Supervisor:
    """Runs the SFU until stopped; restarts it with growing delays when it dies young."""

    def __init__(
        self, launch: Launch, configure: sfu_pb2.Configure, timings: Timings, observer: Observer
    ) -> None:
        self._launch = launch
        self._configure = configure
        self._timings = timings
        self._observer = observer
        self._listener = LinkListener()
        self._link: Link | None = None
        self._ready = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._silence = Silence(0, 0)
        self.starts = 0

    async def start(self) -> None:
        """Return when the SFU and its workers have answered; raises when its first start fails."""
        await self._listener.open()
        first: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._task = asyncio.create_task(self._run(first))
        try:
            await first
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """End the SFU by closing its link."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None
        await self._listener.close()

    @property
    def is_ready(self) -> bool:
        """Whether an SFU takes commands now."""
        return self._link is not None

    @property
    def silent_s(self) -> float:
        """For how long the SFU has not answered, while this process was there to hear it."""
        return self._silence.so_far(asyncio.get_running_loop().time())

    async def wait_ready(self) -> None:
        """Wait a moment for a restart; raises MediaUnavailableError."""
        try:
            async with asyncio.timeout(self._timings.restart_wait_s):
                await self._ready.wait()
        except TimeoutError as error:
            raise MediaUnavailableError from error

    def send(self, command: sfu_pb2.Command) -> None:
        """Send a command; without an SFU there is nobody left whom it could concern."""
        if self._link is not None:
            self._link.send(command)

    async def _run(self, first: asyncio.Future[None]) -> None:
        delay_s = 0.0
        while True:
            started_at = asyncio.get_running_loop().time()
            try:
                await self._run_once(first)
            except JumpaError as error:
                logger.warning("the media process failed: %s", error)
                if not first.done():
                    first.set_exception(error)
                    return
            if not first.done():
                first.set_exception(SfuFailedError("jumpa-sfu ended before it could hold a call"))
                return
            lived_s = asyncio.get_running_loop().time() - started_at
            delay_s = self._next_delay(delay_s, lived_s)
            logger.warning("the media process ended; starting it again in %.1f s", delay_s)
            await asyncio.sleep(delay_s)

    def _next_delay(self, delay_s: float, lived_s: float) -> float:
        if lived_s >= self._timings.healthy_after_s:
            return 0
        return min(
            max(delay_s * 2, self._timings.restart_delay_s), self._timings.restart_delay_max_s
        )

    async def _run_once(self, first: asyncio.Future[None]) -> None:
        self._listener.turn_away()
        program = await self._launch(self._listener.path)
        self.starts += 1
        try:
            link = await self._connect(program)
            try:
                ready = await self._shake_hands(link)
                await self._serve(link, program, ready, first)
            finally:
                link.close()
        finally:
            program.kill()
            await program.wait()

    async def _connect(self, program: Program) -> Link:
        accepted = asyncio.create_task(
            self._listener.accept(program.pid, self._timings.start_timeout_s)
        )
        ended = asyncio.create_task(program.wait())
        link: Link | None = None
        try:
            await asyncio.wait({accepted, ended}, return_when=asyncio.FIRST_COMPLETED)
            if accepted.done():
                link = accepted.result()
                return link
            raise SfuFailedError(f"jumpa-sfu ended with status {ended.result()} at its start")
        finally:
            ended.cancel()
            accepted.cancel()
            if link is None:
                await _close_late(accepted)

    async def _shake_hands(self, link: Link) -> sfu_pb2.Ready:
        link.send(sfu_pb2.Command(configure=self._configure))
        try:
            async with asyncio.timeout(self._timings.start_timeout_s):
                event = await link.receive()
        except TimeoutError as error:
            raise SfuFailedError("jumpa-sfu did not answer") from error
        if event is None:
            raise SfuFailedError("jumpa-sfu ended while it started")
        if event.WhichOneof("event") == "failed":
            raise SfuFailedError(f"{event.failed.message} ({event.failed.code})")
        if event.WhichOneof("event") != "ready" or event.ready.version != VERSION:
            raise SfuFailedError(
                f"jumpa-sfu speaks version {event.ready.version} of the link, the server {VERSION};"
                " build both again with make build"
            )
        return event.ready

    async def _serve(
        self, link: Link, program: Program, ready: sfu_pb2.Ready, first: asyncio.Future[None]
    ) -> None:
        self._link = link
        now_s = asyncio.get_running_loop().time()
        self._silence = Silence(now_s, self._timings.sfu_ping_s)
        self._ready.set()
        self._observer.ready(ready)
        watch = asyncio.create_task(self._watch(link, program))
        try:
            await self._read(link, first)
        finally:
            watch.cancel()
            self._link = None
            self._ready.clear()
            self._observer.down()

    async def _read(self, link: Link, first: asyncio.Future[None]) -> None:
        while (event := await link.receive()) is not None:
            try:
                self._observer.event(event)
            except Exception:
                # One event that we cannot follow must not take every room down.
                logger.exception("an event of the media process could not be followed")
            if event.WhichOneof("event") == "pong":
                self._silence.end()
                if not first.done():
                    first.set_result(None)

    async def _watch(self, link: Link, program: Program) -> None:
        nonce = 0
        while True:
            nonce += 1
            link.send(sfu_pb2.Command(ping=sfu_pb2.Ping(nonce=nonce)))
            await asyncio.sleep(self._timings.sfu_ping_s)
            silent_s = self._silence.look(asyncio.get_running_loop().time())
            if silent_s > self._timings.sfu_silent_s:
                logger.error("the media process has not answered for %.0f s; ending it", silent_s)
                program.kill()
                link.close()
                return


async def _close_late(accepted: asyncio.Task[Link]) -> None:
    """Close a link that was accepted when nobody wanted it any more."""
    with contextlib.suppress(asyncio.CancelledError, JumpaError):
        (await accepted).close()
