"""Scenarios that clients ask for happen as LiveKit's clients expect them."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from livekit.protocol import rtc
from signaling.conftest import CONFIG, Client, Served, serving, token, with_timings

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


class TestSubscriberBandwidth:
    @pytest.mark.parametrize(
        ("bits_per_s", "bytes_per_s"), [(100_000, 12_500), (1, 1), (0, 0), (2**62, 2**59)]
    )
    async def test_reaches_the_media_process_in_bytes(
        self, served: Served, bits_per_s: int, bytes_per_s: int
    ) -> None:
        ann, sid = await joined(served, "ann")

        await ask(ann, Scenario(subscriber_bandwidth=bits_per_s))

        limit = (await served.sfu.until_told("limit_bandwidth")).limit_bandwidth
        assert (limit.participant_sid, limit.bytes_per_s) == (sid, bytes_per_s)

    async def test_below_nothing_is_passed_over(self, served: Served) -> None:
        ann, _ = await joined(served, "ann")

        await ask(ann, Scenario(subscriber_bandwidth=-1))

        await ann.so_far()
        assert served.sfu.told("limit_bandwidth") == []


class TestSwitchCandidateProtocol:
    @pytest.fixture
    async def served(self) -> AsyncIterator[Served]:
        async with serving(replace(CONFIG, tcp_port=0)) as running:
            yield running

    async def test_makes_one_come_again_by_tcp_and_back(self, served: Served) -> None:
        ann, _ = await joined(served, "ann")
        await joined(served, "bob")
        for number, (protocol, is_tcp) in enumerate((("TCP", True), ("TCP", True), ("UDP", False))):
            await ask(ann, Scenario(switch_candidate_protocol=protocol))

            leave = (await ann.until("leave")).leave
            ann, sid = await joined(served, "ann")

            assert leave.action == rtc.LeaveRequest.Action.RECONNECT
            added = (await served.sfu.until_told("add_participant", 3 + number)).add_participant
            assert (added.participant_sid, added.tcp_only) == (sid, is_tcp)
        assert not served.sfu.told("add_participant")[1].add_participant.tcp_only

    @pytest.mark.parametrize("tcp_port", [0, None])
    async def test_says_that_there_is_no_such_way(self, tcp_port: int | None) -> None:
        async with serving(replace(CONFIG, tcp_port=tcp_port)) as served:
            ann, _ = await joined(served, "ann")

            protocol = "TLS" if tcp_port is not None else "TCP"
            await ask(ann, Scenario(switch_candidate_protocol=protocol))

            response = (await ann.until("request_response")).request_response
            assert response.reason == rtc.RequestResponse.Reason.UNSUPPORTED_TYPE
            assert "TLS" in response.message
            assert "leave" not in await ann.so_far()


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
