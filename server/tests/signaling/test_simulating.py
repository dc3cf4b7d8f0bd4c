"""Scenarios that clients ask for happen as LiveKit's clients expect them."""

from collections.abc import AsyncIterator

import pytest
from livekit.protocol import rtc
from signaling.conftest import Client, Served, serving, token, with_timings

Scenario = rtc.SimulateScenario


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    async with serving(with_timings(resume_timeout_s=600)) as running:
        yield running


async def joined(served: Served, identity: str, **grants: object) -> tuple[Client, str]:
    client = await served.join(token(identity, grants=grants))
    return client, await client.become_active()


async def ask(client: Client, scenario: rtc.SimulateScenario) -> None:
    await client.send(rtc.SignalRequest(simulate=scenario))


class TestSpeakerUpdate:
    async def test_is_heard_by_everybody_and_ends(self, served: Served) -> None:
        ann, sid = await joined(served, "ann")
        bob, _ = await joined(served, "bob")

        await ask(ann, Scenario(speaker_update=0))

        for client in (ann, bob):
            for active in (True, False):
                [told] = (await client.until("speakers_changed")).speakers_changed.speakers
                assert (told.sid, told.active, told.level > 0) == (sid, active, active)

    async def test_of_the_hidden_is_heard_by_nobody(self, served: Served) -> None:
        ann, _ = await joined(served, "ann")
        eve, _ = await joined(served, "eve", hidden=True)

        await ask(eve, Scenario(speaker_update=0))

        assert "speakers_changed" not in [*await ann.so_far(), *await eve.so_far()]


class TestDisconnectOnResume:
    @pytest.mark.parametrize(
        ("scenario", "heard"),
        [
            (Scenario(disconnect_signal_on_resume=True), ["reconnect"]),
            (Scenario(disconnect_signal_on_resume_no_messages=True), []),
        ],
    )
    async def test_breaks_one_resume_and_no_other(
        self, served: Served, scenario: rtc.SimulateScenario, heard: list[str]
    ) -> None:
        ann, sid = await joined(served, "ann")
        await ask(ann, scenario)
        await ann.so_far()

        first = await served.join(token("ann"), f"&reconnect=1&sid={sid}")
        await first.until_closed()
        second = await served.join(token("ann"), f"&reconnect=1&sid={sid}")

        assert [message.WhichOneof("message") for message in first.kept] == heard
        assert (await second.next()).WhichOneof("message") == "reconnect"
        assert (await second.until("refresh_token")).refresh_token


class TestRecorder:
    async def test_is_told_by_the_room_even_when_hidden(self, served: Served) -> None:
        ann, _ = await joined(served, "ann")

        rec, _ = await joined(served, "rec", hidden=True, recorder=True)

        def recorded(response: rtc.SignalResponse) -> bool:
            return response.room_update.room.active_recording

        room = (await ann.until("room_update", recorded)).room_update.room
        assert room.num_participants == 1
        await rec.send(rtc.SignalRequest(leave=rtc.LeaveRequest()))
        await ann.until("room_update", lambda r: not recorded(r))
