"""A media process for tests: it speaks sfu.proto over the real socket and follows a script."""

import asyncio
import os
import struct
from collections.abc import Callable
from pathlib import Path

from jumpa.media.embedded import sfu_pb2

Answer = Callable[["FakeSfu", sfu_pb2.Command], None]


class FakeSfu:
    """Launches itself as often as it is asked to; `commands` holds what the last one was told."""

    def __init__(self) -> None:
        self.commands: list[sfu_pb2.Command] = []
        self.starts = 0
        self.version = int(sfu_pb2.VERSION_CURRENT)
        self.is_silent = False
        self.claimed_pid = os.getpid()
        self.fails_with: sfu_pb2.Failed | None = None
        self.tracks: dict[str, tuple[str, str]] = {}
        self.script: dict[str, Answer] = {
            "configure": _ready,
            "ping": _pong,
            "add_participant": _subscriber_offer,
            "publisher_offer": _publisher_answer,
            "subscriber_answer": _connected,
            "add_track": _remember_track,
            "subscribe": _subscription_started,
        }
        self._writer: asyncio.StreamWriter | None = None
        self._heard = asyncio.Condition()
        self._ended = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def __call__(self, link: Path) -> "FakeSfu":
        self.starts += 1
        self.commands = []
        self._ended = asyncio.Event()
        reader, self._writer = await asyncio.open_unix_connection(link)
        self._task = asyncio.create_task(self._serve(reader))
        return self

    @property
    def pid(self) -> int:
        return self.claimed_pid

    async def wait(self) -> int:
        await self._ended.wait()
        return 0

    def kill(self) -> None:
        if self._writer is not None:
            self._writer.transport.abort()
        self._ended.set()

    def say(self, event: sfu_pb2.Event) -> None:
        contents = event.SerializeToString()
        self.say_bytes(struct.pack(">I", len(contents)) + contents)

    def say_bytes(self, contents: bytes) -> None:
        assert self._writer is not None
        self._writer.write(contents)

    def told(self, kind: str) -> list[sfu_pb2.Command]:
        return [command for command in self.commands if command.WhichOneof("command") == kind]

    async def until_told(self, kind: str, times: int = 1) -> sfu_pb2.Command:
        async with asyncio.timeout(60), self._heard:
            await self._heard.wait_for(lambda: len(self.told(kind)) >= times)
        return self.told(kind)[times - 1]

    async def until_started(self, times: int) -> None:
        async with asyncio.timeout(60), self._heard:
            await self._heard.wait_for(
                lambda: self.starts >= times and bool(self.told("configure"))
            )

    async def _serve(self, reader: asyncio.StreamReader) -> None:
        try:
            while True:
                (length,) = struct.unpack(">I", await reader.readexactly(4))
                command = sfu_pb2.Command.FromString(await reader.readexactly(length))
                self.commands.append(command)
                answer = self.script.get(command.WhichOneof("command") or "")
                if answer is not None and not self.is_silent:
                    answer(self, command)
                async with self._heard:
                    self._heard.notify_all()
        except (asyncio.IncompleteReadError, ConnectionError):
            self._ended.set()


def _ready(sfu: FakeSfu, _: sfu_pb2.Command) -> None:
    if sfu.fails_with is not None:
        sfu.say(sfu_pb2.Event(failed=sfu.fails_with))
        return
    ready = sfu_pb2.Ready(version=sfu.version, build="fake", addresses=["127.0.0.1:18900"])
    sfu.say(sfu_pb2.Event(ready=ready))


def _pong(sfu: FakeSfu, command: sfu_pb2.Command) -> None:
    worker = sfu_pb2.WorkerStatus(tick_age_ms=5, packets_in=7)
    sfu.say(sfu_pb2.Event(pong=sfu_pb2.Pong(nonce=command.ping.nonce, workers=[worker])))


def _subscriber_offer(sfu: FakeSfu, command: sfu_pb2.Command) -> None:
    if command.add_participant.single_connection:
        return
    sid = command.add_participant.participant_sid
    offer = sfu_pb2.SubscriberOffer(participant_sid=sid, id=7, sdp="v=0 subscriber")
    sfu.say(sfu_pb2.Event(subscriber_offer=offer))


def _connected(sfu: FakeSfu, command: sfu_pb2.Command) -> None:
    sid = command.subscriber_answer.participant_sid
    connected = sfu_pb2.Connected(participant_sid=sid, target=sfu_pb2.TARGET_SUBSCRIBER)
    sfu.say(sfu_pb2.Event(connected=connected))


def _remember_track(sfu: FakeSfu, command: sfu_pb2.Command) -> None:
    track = command.add_track
    sfu.tracks[track.cid] = (track.participant_sid, track.track_sid)


def _publisher_answer(sfu: FakeSfu, command: sfu_pb2.Command) -> None:
    """Every cid that the offer's text contains is agreed on."""
    offer = command.publisher_offer
    answer = sfu_pb2.PublisherAnswer(
        participant_sid=offer.participant_sid, id=offer.id, sdp="v=0 answer"
    )
    sfu.say(sfu_pb2.Event(publisher_answer=answer))
    for cid, (participant_sid, track_sid) in sfu.tracks.items():
        if participant_sid == offer.participant_sid and cid in offer.sdp:
            negotiated = sfu_pb2.TrackNegotiated(
                participant_sid=participant_sid, track_sid=track_sid, mid="1", mime_type="video/VP8"
            )
            sfu.say(sfu_pb2.Event(track_negotiated=negotiated))


def _subscription_started(sfu: FakeSfu, command: sfu_pb2.Command) -> None:
    started = sfu_pb2.SubscriptionStarted(
        participant_sid=command.subscribe.participant_sid, track_sid=command.subscribe.track_sid
    )
    sfu.say(sfu_pb2.Event(subscription_started=started))
