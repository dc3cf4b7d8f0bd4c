"""Subscribers are told which pictures their network does not carry, and which it carries again."""

from collections.abc import AsyncIterator

import pytest
from livekit.protocol import rtc
from signaling.conftest import Client, Served, camera, serving, token, with_timings

from jumpa.media.embedded import sfu_pb2

ACTIVE, PAUSED = rtc.StreamState.ACTIVE, rtc.StreamState.PAUSED


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    async with serving(with_timings(resume_timeout_s=600)) as running:
        yield running


async def watching(served: Served) -> tuple[Client, Client, str, str]:
    """Ann publishes a camera and Bob receives it: both, its sid and Bob's."""
    ann, bob = await served.join(token("ann")), await served.join(token("bob"))
    await ann.become_active()
    bob_sid = await bob.become_active()
    sid = await ann.publish(camera())
    assert await state(bob) == (sid, ACTIVE)
    return ann, bob, sid, bob_sid


async def state(client: Client) -> tuple[str, int]:
    update = (await client.until("stream_state_update")).stream_state_update
    [info] = update.stream_states
    return info.track_sid, info.state


def say_paused(served: Served, participant_sid: str, track_sid: str) -> None:
    paused = sfu_pb2.StreamPaused(participant_sid=participant_sid, track_sid=track_sid)
    served.sfu.say(sfu_pb2.Event(stream_paused=paused))


def say_started(served: Served, participant_sid: str, track_sid: str) -> None:
    started = sfu_pb2.SubscriptionStarted(participant_sid=participant_sid, track_sid=track_sid)
    served.sfu.say(sfu_pb2.Event(subscription_started=started))


class TestStreamState:
    async def test_is_told_to_the_subscriber_alone(self, served: Served) -> None:
        ann, bob, sid, bob_sid = await watching(served)

        say_paused(served, bob_sid, sid)

        assert await state(bob) == (sid, PAUSED)
        say_started(served, bob_sid, sid)
        assert await state(bob) == (sid, ACTIVE)
        assert "stream_state_update" not in await ann.so_far()

    async def test_is_told_again_after_a_resume(self, served: Served) -> None:
        _, bob, sid, bob_sid = await watching(served)
        say_paused(served, bob_sid, sid)
        assert await state(bob) == (sid, PAUSED)
        await bob.connection.close()

        again = await served.join(token("bob"), f"&reconnect=1&sid={bob_sid}")

        await again.until("reconnect")
        assert await state(again) == (sid, PAUSED)

    async def test_of_what_is_gone_or_not_subscribed_is_told_to_nobody(
        self, served: Served
    ) -> None:
        ann, bob, sid, bob_sid = await watching(served)
        wish = rtc.UpdateSubscription(track_sids=[sid], subscribe=False)
        await bob.send(rtc.SignalRequest(subscription=wish))
        await served.sfu.until_told("unsubscribe")

        say_paused(served, bob_sid, sid)
        say_paused(served, bob_sid, "TR_unknown")
        say_paused(served, "PA_unknown", sid)

        for client in (ann, bob):
            assert "stream_state_update" not in await client.so_far()

    async def test_of_a_second_encoding_is_that_of_the_track(self, served: Served) -> None:
        _, bob, sid, bob_sid = await watching(served)

        say_paused(served, bob_sid, sid + "~backup")

        assert await state(bob) == (sid, PAUSED)


class TestImportance:
    async def test_of_a_screen_and_of_a_wish_reaches_the_media_process(
        self, served: Served
    ) -> None:
        ann, bob, sid, _ = await watching(served)
        await ann.publish(
            rtc.AddTrackRequest(cid="screen-cid", type="VIDEO", source="SCREEN_SHARE")
        )

        wish = rtc.UpdateTrackSettings(track_sids=[sid], width=320, height=180, priority=7)
        await bob.send(rtc.SignalRequest(track_setting=wish))

        settings = (await served.sfu.until_told("set_track_settings")).set_track_settings
        assert settings.priority == 7
        added = [command.add_track.is_screen for command in served.sfu.told("add_track")]
        assert added == [False, True]
