"""Who hears of whom that they speak: those who receive something of theirs, and themselves."""

from collections.abc import AsyncIterator

import pytest
from livekit.protocol import rtc
from signaling.conftest import Client, Served, camera, serving, token, with_timings

from jumpa.media.embedded import sfu_pb2


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    async with serving(with_timings(resume_timeout_s=600)) as running:
        yield running


async def joined(served: Served, identity: str, query: str = "", room: str = "tea") -> Client:
    client = await served.join(token(identity, room), query)
    await client.become_active()
    return client


def sid_of(served: Served, identity: str) -> str:
    added = (command.add_participant for command in served.sfu.told("add_participant"))
    return next(one.participant_sid for one in added if one.identity == identity)


def say(served: Served, *identities: str, active: bool = True) -> None:
    """Let the media process say who speaks."""
    speakers = [
        sfu_pb2.Speaker(
            participant_sid=sid_of(served, identity), level=0.5 if active else 0, active=active
        )
        for identity in identities
    ]
    room_sid = served.sfu.told("add_participant")[0].add_participant.room_sid
    changed = sfu_pb2.SpeakersChanged(room_sid=room_sid, speakers=speakers)
    served.sfu.say(sfu_pb2.Event(speakers_changed=changed))


async def heard(client: Client) -> dict[str, bool]:
    message = await client.until("speakers_changed")
    return {speaker.sid: speaker.active for speaker in message.speakers_changed.speakers}


async def subscribe(client: Client, track_sid: str, *, wanted: bool) -> None:
    wish = rtc.UpdateSubscription(track_sids=[track_sid], subscribe=wanted)
    await client.send(rtc.SignalRequest(subscription=wish))


class TestSpeakers:
    async def test_are_heard_by_themselves_and_by_who_receives_them(self, served: Served) -> None:
        ann, bob = await joined(served, "ann"), await joined(served, "bob")
        deaf = await joined(served, "deaf", "&auto_subscribe=0")
        eve = await joined(served, "eve", room="coffee")
        await ann.publish(camera())
        await served.sfu.until_told("subscribe")

        say(served, "ann")

        for client in (ann, bob):
            assert await heard(client) == {sid_of(served, "ann"): True}
        for client in (deaf, eve):
            assert "speakers_changed" not in await client.so_far()

    async def test_are_told_of_to_who_subscribes_while_they_speak(self, served: Served) -> None:
        ann = await joined(served, "ann")
        sid = await ann.publish(camera())
        say(served, "ann")
        await heard(ann)
        bob = await joined(served, "bob", "&auto_subscribe=0")
        assert "speakers_changed" not in await bob.so_far()

        await subscribe(bob, sid, wanted=True)

        assert await heard(bob) == {sid_of(served, "ann"): True}
        say(served, "ann", active=False)
        assert await heard(bob) == {sid_of(served, "ann"): False}

    async def test_end_for_who_receives_them_no_longer(self, served: Served) -> None:
        ann, bob = await joined(served, "ann"), await joined(served, "bob")
        sid = await ann.publish(camera())
        await served.sfu.until_told("subscribe")
        say(served, "ann")
        assert await heard(bob) == {sid_of(served, "ann"): True}
        await subscribe(bob, sid, wanted=False)
        await bob.so_far()

        say(served, "ann")

        assert await heard(bob) == {sid_of(served, "ann"): False}
        say(served, "ann", active=False)
        assert "speakers_changed" not in await bob.so_far()

    async def test_that_ended_while_somebody_was_away_have_ended(self, served: Served) -> None:
        ann, bob = await joined(served, "ann"), await joined(served, "bob")
        eve = await joined(served, "eve")
        for publisher in (ann, eve):
            await publisher.publish(camera())
        await served.sfu.until_told("subscribe", 4)
        say(served, "ann")
        assert await heard(bob) == {sid_of(served, "ann"): True}
        bob.connection.transport.abort()
        await bob.connection.wait_closed()
        say(served, "ann", active=False)
        say(served, "eve")
        await heard(eve)

        back = await served.join(token("bob"), f"&reconnect=1&sid={sid_of(served, 'bob')}")

        told = await heard(back)
        assert told == {
            sid_of(served, "ann"): False,
            sid_of(served, "bob"): False,
            sid_of(served, "eve"): True,
        }
