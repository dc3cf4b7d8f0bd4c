"""What happens in a live room, in LiveKit's words for webhooks."""

import asyncio

from livekit.protocol import models, rtc
from livekit.protocol.webhook import WebhookEvent
from signaling.conftest import NOW, Served, camera, token

from jumpa.domains.webhooks.service.composing import compose


def told(served: Served) -> list[WebhookEvent]:
    composed = (compose(event, NOW) for event in served.events)
    return [event for event in composed if event is not None]


async def until_told(served: Served, name: str) -> list[WebhookEvent]:
    happened = asyncio.Event()
    unsubscribe = served.engine.subscribe(lambda _: happened.set())
    async with asyncio.timeout(60):
        while not any(event.event == name for event in told(served)):
            happened.clear()
            await happened.wait()
    unsubscribe()
    return told(served)


class TestCompose:
    async def test_tells_a_whole_meeting_in_order(self, served: Served) -> None:
        says = {"name": "Ann", "metadata": "m", "attributes": {"a": "b"}}
        ann = await served.join(token("ann", says=says))
        sid = await ann.become_active()
        track_sid = await ann.publish(camera())
        await ann.send(rtc.SignalRequest(leave=rtc.LeaveRequest()))
        await ann.until_closed()
        await served.engine.delete_room("tea")

        events = await until_told(served, "room_finished")

        assert [event.event for event in events] == [
            "room_started",
            "participant_joined",
            "track_published",
            "track_unpublished",
            "participant_left",
            "room_finished",
        ]
        assert len({event.id for event in events}) == len(events)
        assert {event.room.name for event in events} == {"tea"}
        assert len({event.room.sid for event in events}) == 1
        assert all(event.created_at == int(NOW.timestamp()) for event in events)
        joined = events[1].participant
        assert (joined.sid, joined.identity, joined.name, joined.metadata) == (
            sid,
            "ann",
            "Ann",
            "m",
        )
        assert joined.state == models.ParticipantInfo.State.ACTIVE
        assert events[2].track.sid == events[3].track.sid == track_sid
        assert events[2].track.source == models.TrackSource.CAMERA
        assert events[2].participant.sid == sid
        assert events[4].participant.disconnect_reason == models.DisconnectReason.CLIENT_INITIATED

    async def test_tells_of_somebody_who_never_got_through(self, served: Served) -> None:
        served.sfu.script.pop("subscriber_answer")
        ann = await served.join(token("ann"))
        await ann.until("join")
        await ann.send(rtc.SignalRequest(leave=rtc.LeaveRequest()))

        events = await until_told(served, "participant_connection_aborted")

        assert [event.event for event in events] == [
            "room_started",
            "participant_connection_aborted",
        ]
        assert events[1].participant.identity == "ann"

    async def test_tells_of_both_when_one_comes_twice(self, served: Served) -> None:
        first = await served.join(token("ann"))
        await first.become_active()
        second = await served.join(token("ann"))
        await second.become_active()

        names = [event.event for event in told(served)]

        assert names == [
            "room_started",
            "participant_joined",
            "participant_left",
            "participant_joined",
        ]
