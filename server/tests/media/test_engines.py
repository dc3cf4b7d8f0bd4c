"""What the product asks of live rooms, of both engines alike, with LiveKit's SDK inside."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from livekit import rtc
from livekit.protocol import models
from livekit.protocol import room as messages
from livekit.rtc.room import EventTypes
from media.rigs import Rig, embedded_rig, livekit_rig
from signaling.test_sdk import publish_tone

from jumpa.media.engine import ParticipantLeft
from jumpa.media.errors import (
    LiveRoomNotFoundError,
    NotPermittedError,
    ParticipantNotFoundError,
    TrackNotFoundError,
)
from jumpa.media.livekit.engine import TEXT_TOPIC
from jumpa.media.streams import TextStream

pytestmark = pytest.mark.media
AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture(params=["embedded", "livekit"])
async def rig(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Rig]:
    made = embedded_rig() if request.param == "embedded" else livekit_rig(tmp_path)
    async with made as running:
        yield running


async def told(room: rtc.Room, event: EventTypes) -> Callable[[], Awaitable[Any]]:
    """Return a way to wait for the first event of a kind from now on."""
    heard: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

    def hear(*about: object) -> None:
        if not heard.done():
            heard.set_result(about)

    room.on(event, hear)
    return lambda: asyncio.wait_for(heard, 60)


class TestRooms:
    async def test_are_opened_once_listed_and_closed(self, rig: Rig) -> None:
        request = messages.CreateRoomRequest(name="tea", max_participants=7)
        opened = await rig.engine.create_room(request)

        again = await rig.engine.create_room(request)
        listed = await rig.engine.list_rooms(["tea", "cake"])
        await rig.engine.delete_room("tea")

        assert (opened.name, opened.max_participants) == ("tea", 7)
        assert again.sid == opened.sid
        assert [room.sid for room in listed] == [opened.sid]
        assert await rig.engine.list_rooms() == []
        await rig.until("RoomStarted")
        await rig.until("RoomFinished")

    async def test_that_close_send_everybody_away(self, rig: Rig) -> None:
        ann = await rig.join("ann")
        gone = await told(ann, "disconnected")

        await rig.engine.delete_room("tea")

        await gone()
        await rig.until("ParticipantLeft", "ann")
        assert await rig.engine.list_participants("tea") == []

    async def test_tell_everybody_what_is_written_about_them(self, rig: Rig) -> None:
        ann = await rig.join("ann")
        changed = await told(ann, "room_metadata_changed")

        room = await rig.engine.update_room_metadata("tea", "biscuits")

        await changed()
        assert ann.metadata == room.metadata == "biscuits"

    async def test_that_are_not_there_are_missed(self, rig: Rig) -> None:
        with pytest.raises(LiveRoomNotFoundError):
            await rig.engine.update_room_metadata("nowhere", "x")
        assert await rig.engine.list_participants("nowhere") == []


class TestParticipants:
    async def test_are_told_listed_and_sent_away(self, rig: Rig) -> None:
        ann = await rig.join("ann")
        await rig.join("bob")
        gone = await told(ann, "disconnected")

        listed = await rig.engine.list_participants("tea")
        found = await rig.engine.get_participant("tea", "ann")
        await rig.engine.remove_participant("tea", "ann")

        assert {info.identity for info in listed} == {"ann", "bob"}
        assert found.sid in {info.sid for info in listed}
        await gone()
        left = await rig.until("ParticipantLeft", "ann")
        assert isinstance(left, ParticipantLeft)
        assert left.participant_sid == found.sid

    async def test_are_changed_while_they_are_inside(self, rig: Rig) -> None:
        await rig.join("ann")
        bob = await rig.join("bob")
        changed = await told(bob, "participant_attributes_changed")
        await rig.engine.update_participant(
            messages.UpdateParticipantRequest(
                room="tea",
                identity="ann",
                attributes={"role": "observer"},
                permission=models.ParticipantPermission(can_subscribe=True),
            )
        )

        await changed()
        assert bob.remote_participants["ann"].attributes["role"] == "observer"
        info = await rig.engine.get_participant("tea", "ann")
        assert not info.permission.can_publish

    async def test_that_are_not_there_are_missed(self, rig: Rig) -> None:
        await rig.join("ann")

        with pytest.raises(ParticipantNotFoundError):
            await rig.engine.get_participant("tea", "eve")
        with pytest.raises(ParticipantNotFoundError):
            await rig.engine.remove_participant("tea", "eve")
        with pytest.raises(ParticipantNotFoundError):
            await rig.engine.update_participant(
                messages.UpdateParticipantRequest(room="tea", identity="eve", name="Eve")
            )


class TestTracks:
    async def test_are_told_and_muted_and_not_opened_from_afar(self, rig: Rig) -> None:
        ann, bob = await rig.join("ann"), await rig.join("bob")
        muted = await told(bob, "track_muted")
        subscribed = await told(bob, "track_subscribed")
        publication = await publish_tone(ann)
        await rig.until("TrackPublished", "ann")
        await subscribed()

        info = await rig.engine.mute_published_track("tea", "ann", publication.sid, muted=True)

        assert info.muted
        await muted()
        with pytest.raises(NotPermittedError):
            await rig.engine.mute_published_track("tea", "ann", publication.sid, muted=False)
        with pytest.raises(TrackNotFoundError):
            await rig.engine.mute_published_track("tea", "ann", "TR_none", muted=True)

    async def test_are_given_to_somebody_who_did_not_ask(self, rig: Rig) -> None:
        ann = await rig.join("ann")
        bob = await rig.join("bob", rtc.RoomOptions(auto_subscribe=False))
        subscribed = await told(bob, "track_subscribed")
        publication = await publish_tone(ann)
        await rig.until("TrackPublished", "ann")

        await rig.engine.update_subscriptions(
            messages.UpdateSubscriptionsRequest(
                room="tea", identity="bob", track_sids=[publication.sid], subscribe=True
            )
        )

        await subscribed()


class TestData:
    async def test_reaches_whom_it_is_for(self, rig: Rig) -> None:
        ann, bob = await rig.join("ann"), await rig.join("bob")
        heard = await told(ann, "data_received")
        spared: list[rtc.DataPacket] = []
        bob.on("data_received", spared.append)

        await rig.engine.send_data(
            messages.SendDataRequest(
                room="tea",
                data=b"for ann",
                kind=models.DataPacket.Kind.RELIABLE,
                topic="jumpa.lobby",
                destination_identities=["ann"],
            )
        )

        [packet] = await heard()
        assert (packet.data, packet.topic, packet.participant) == (b"for ann", "jumpa.lobby", None)
        assert spared == []

    async def test_texts_of_the_server_reach_everybody(self, rig: Rig) -> None:
        ann = await rig.join("ann")
        text: asyncio.Future[str] = asyncio.get_running_loop().create_future()

        async def read(reader: rtc.TextStreamReader, _identity: str) -> None:
            whole = await reader.read_all()
            if not text.done():
                text.set_result(whole)

        reading: list[asyncio.Task[None]] = []
        ann.register_text_stream_handler(
            "lk.chat", lambda *about: reading.append(asyncio.create_task(read(*about)))
        )
        ann.on("data_received", lambda packet: _read_text(packet, text))

        async with asyncio.timeout(60):
            # A channel of data may open a moment after the join; what is said before is not heard.
            while not text.done():
                said = TextStream("tea", "lk.chat", "m1", "bob", "Halo! " * 100, AT)
                await rig.engine.send_text(said)
                await asyncio.wait({text}, timeout=1)

        assert text.result() == "Halo! " * 100


def _read_text(packet: rtc.DataPacket, text: "asyncio.Future[str]") -> None:
    if packet.topic == TEXT_TOPIC and not text.done():
        text.set_result(json.loads(packet.data)["text"])
