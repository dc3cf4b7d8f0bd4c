"""What strangers and broken clients send; only they may feel it."""

import asyncio
import json
from collections.abc import Callable

import pytest
from livekit.protocol import models, rtc
from signaling.conftest import Client, Served, camera, serving, token, with_limits, with_timings

from jumpa.media.embedded import sfu_pb2

Reason = models.DisconnectReason
Action = rtc.LeaveRequest.Action


def trickle(init: str, *, final: bool = False) -> bytes:
    request = rtc.TrickleRequest(candidateInit=init, target="SUBSCRIBER", final=final)
    return rtc.SignalRequest(trickle=request).SerializeToString()


def offer(sdp: str) -> bytes:
    description = rtc.SessionDescription(type="offer", sdp=sdp, id=1)
    return rtc.SignalRequest(offer=description).SerializeToString()


MALFORMED: list[bytes | str] = [
    b"",
    b"\xff\xff\xff",
    b"\x0a\xff",
    b"GET / HTTP/1.1",
    b"\x00" * 100,
    "text",
    "[]",
    "null",
    '["offer"]',
    '{"ping": 1e999}',
    '{"offer": 7}',
    "[" * 100_000,
    "",
    rtc.SignalRequest(ping=1).SerializeToString() + b"\x0a\x7f",
    b"\x0a\x04\x0a\x02\xff\xfe",
    trickle("not json"),
    trickle("[]"),
    trickle("7"),
    trickle('{"sdpMid": "0"}'),
    trickle('{"candidate": 7}'),
    trickle(json.dumps({"candidate": "x" * 2000})),
    trickle("[" * 100_000),
    offer(""),
    offer("nonsense"),
    offer("v=0" + "x" * 1_100_000),
    b"\x7a" + b"x" * (3 * 1024 * 1024),
]


async def pair(served: Served) -> tuple[Client, Client]:
    ann = await served.join(token("ann"))
    await ann.become_active()
    eve = await served.join(token("eve"))
    await eve.become_active()
    return ann, eve


class TestMalformedFrame:
    @pytest.mark.parametrize("frame", MALFORMED, ids=range(len(MALFORMED)))
    async def test_sends_its_sender_away_alone(self, served: Served, frame: bytes | str) -> None:
        ann, eve = await pair(served)

        await eve.connection.send(frame)

        leave = (await eve.until("leave")).leave
        assert (leave.reason, leave.action) == (Reason.STATE_MISMATCH, Action.DISCONNECT)
        assert await eve.until_closed() == 1000
        assert "leave" not in await ann.so_far()
        assert [p.identity for p in await served.engine.list_participants("tea")] == ["ann"]

    @pytest.mark.parametrize("code", ["bad_sdp"])
    async def test_an_offer_that_the_sfu_cannot_read_sends_its_sender_away(
        self, served: Served, code: str
    ) -> None:
        ann, eve = await pair(served)
        sid = served.sfu.told("add_participant")[1].add_participant.participant_sid
        refused = sfu_pb2.Refused(participant_sid=sid, code=code)
        served.sfu.script["publisher_offer"] = lambda sfu, _: sfu.say(
            sfu_pb2.Event(refused=refused)
        )

        await eve.connection.send(offer("v=0 nonsense"))

        assert (await eve.until("leave")).leave.action == Action.DISCONNECT
        assert "leave" not in await ann.so_far()


class TestHarmlessFrame:
    @pytest.mark.parametrize(
        "request_",
        [
            rtc.SignalRequest(sync_state=rtc.SyncState()),
            rtc.SignalRequest(update_layers=rtc.UpdateVideoLayers(track_sid="TR_none")),
            rtc.SignalRequest(mute=rtc.MuteTrackRequest(sid="TR_none", muted=True)),
            rtc.SignalRequest(track_setting=rtc.UpdateTrackSettings(track_sids=["TR_none"] * 1000)),
            rtc.SignalRequest(simulate=rtc.SimulateScenario(speaker_update=3)),
            rtc.SignalRequest(subscription_permission=rtc.SubscriptionPermission()),
            rtc.SignalRequest(trickle=rtc.TrickleRequest(final=True)),
            rtc.SignalRequest(trickle=rtc.TrickleRequest(candidateInit='{"candidate": ""}')),
        ],
        ids=range(8),
    )
    async def test_is_survived(self, served: Served, request_: rtc.SignalRequest) -> None:
        ann, _ = await pair(served)

        await ann.send(request_)

        assert "leave" not in await ann.so_far()

    async def test_an_unknown_message_is_ignored(self, served: Served) -> None:
        ann, _ = await pair(served)

        await ann.connection.send(b"\xfa\x3f\x03abc")

        assert "leave" not in await ann.so_far()


class TestFlood:
    async def test_of_candidates_does_not_reach_the_sfu(self) -> None:
        async with serving(with_limits(candidates_per_participant=10)) as served:
            _, eve = await pair(served)
            candidate = trickle('{"candidate": "candidate:1 1 udp 1 192.0.2.1 9 typ host"}')

            for _ in range(12):
                await eve.connection.send(candidate)
            await eve.so_far()

            assert len(served.sfu.told("add_ice_candidate")) == 10

    async def test_of_messages_ends_its_sender_alone(self) -> None:
        limited = with_limits(signal_burst_bytes=100_000, signal_bytes_per_s=0)
        async with serving(limited) as served:
            ann, eve = await pair(served)

            for _ in range(100):
                await eve.connection.send(rtc.SignalRequest(ping=1).SerializeToString())

            assert (await eve.until("leave")).leave.reason == Reason.STATE_MISMATCH
            assert await eve.until_closed() == 1000
            assert "leave" not in await ann.so_far()

    @pytest.mark.parametrize(
        "request_",
        [
            rtc.SignalRequest(subscription=rtc.UpdateSubscription(track_sids=["TR_x"] * 5000)),
            rtc.SignalRequest(track_setting=rtc.UpdateTrackSettings(track_sids=["TR_x"] * 5000)),
        ],
        ids=range(2),
    )
    async def test_of_track_sids_ends_its_sender(
        self, served: Served, request_: rtc.SignalRequest
    ) -> None:
        ann, eve = await pair(served)

        await eve.send(request_)

        assert (await eve.until("leave")).leave.reason == Reason.STATE_MISMATCH
        assert "leave" not in await ann.so_far()

    async def test_a_client_that_does_not_read_is_cut_off(self) -> None:
        async with serving(with_limits(pending_signal_bytes=4096)) as served:
            ann = await served.join(token("ann", grants={"canUpdateOwnMetadata": True}))
            await ann.become_active()

            request = rtc.UpdateParticipantMetadata(metadata="x" * 5000)
            await ann.send(rtc.SignalRequest(update_metadata=request))

            assert await ann.until_closed() == 1008


class TestFailedParticipant:
    @pytest.mark.parametrize(
        ("reason", "action"),
        [
            ("REASON_BAD_INPUT", Action.DISCONNECT),
            ("REASON_CONNECTION_LOST", Action.RECONNECT),
            ("REASON_INTERNAL", Action.RECONNECT),
        ],
    )
    async def test_is_told_what_to_do(
        self, served: Served, reason: str, action: rtc.LeaveRequest.Action
    ) -> None:
        ann, eve = await pair(served)
        sid = served.sfu.told("add_participant")[1].add_participant.participant_sid

        failed = sfu_pb2.ParticipantFailed(participant_sid=sid, reason=reason, code="x")
        served.sfu.say(sfu_pb2.Event(participant_failed=failed))

        assert (await eve.until("leave")).leave.action == action
        assert "leave" not in await ann.so_far()


class TestSilence:
    async def test_a_client_that_stops_pinging_is_dropped(self) -> None:
        async with serving(with_timings(ping_timeout_s=0.05)) as served:
            ann = await served.join(token("ann"))
            await ann.become_active()

            await ann.send(rtc.SignalRequest(ping_req=rtc.Ping(timestamp=1)))

            assert await ann.until_closed() == 1000
            assert await served.engine.list_participants("tea") == []

    async def test_a_client_that_never_pings_is_left_alone(self) -> None:
        async with serving(with_timings(ping_timeout_s=0.001)) as served:
            ann = await served.join(token("ann"))
            await ann.become_active()
            await ann.publish(camera())

            assert len(await served.engine.list_participants("tea")) == 1


class TestSimulate:
    @pytest.mark.parametrize(
        ("scenario", "leaves"),
        [
            (rtc.SimulateScenario(node_failure=True), False),
            (rtc.SimulateScenario(migration=True), False),
            (rtc.SimulateScenario(server_leave=True), True),
            (rtc.SimulateScenario(leave_request_full_reconnect=True), True),
        ],
    )
    async def test_ends_the_connection(
        self, served: Served, scenario: rtc.SimulateScenario, *, leaves: bool
    ) -> None:
        ann, eve = await pair(served)

        await eve.send(rtc.SignalRequest(simulate=scenario))

        assert await eve.until_closed() == 1000
        told = [r.leave.action for r in eve.kept if r.WhichOneof("message") == "leave"]
        assert told == ([Action.RECONNECT] if leaves else [])
        assert "leave" not in await ann.so_far()


class TestSfuDeath:
    async def test_everybody_is_asked_to_join_anew_and_can(self, served: Served) -> None:
        ann, bob = await pair(served)

        served.sfu.kill()

        for client in (ann, bob):
            leave = (await client.until("leave")).leave
            assert leave.action == Action.RECONNECT
            assert leave.can_reconnect
            assert await client.until_closed() == 1000
        again = await served.join(token("ann"))
        await again.become_active()
        assert served.sfu.starts == 2

    async def test_who_joins_during_the_restart_waits_a_moment(self, served: Served) -> None:
        served.sfu.kill()

        clients = await asyncio.gather(*(served.join(token(f"p{n}")) for n in range(5)))

        await asyncio.gather(*(client.become_active() for client in clients))
        assert len(await served.engine.list_participants("tea")) == 5

    async def test_while_it_cannot_start_a_join_is_refused(self) -> None:
        async with serving(with_timings(restart_wait_s=0.05)) as served:
            served.sfu.fails_with = sfu_pb2.Failed(code="port_in_use", message="taken")
            served.sfu.kill()
            await served.sfu.until_started(2)

            ann = await served.join(token("ann"))

            assert (await ann.next()).leave.reason == Reason.JOIN_FAILURE
            assert await ann.until_closed() == 1000


class TestStop:
    async def test_everybody_is_asked_to_join_anew(self, served: Served) -> None:
        ann, bob = await pair(served)

        await served.engine.stop()

        for client in (ann, bob):
            leave = (await client.until("leave")).leave
            assert (leave.reason, leave.action) == (Reason.SERVER_SHUTDOWN, Action.RECONNECT)
            assert await client.until_closed() == 1000

    async def test_nobody_gets_in_afterwards(self, served: Served) -> None:
        await served.engine.stop()

        ann = await served.join(token("ann"))

        assert (await ann.next()).leave.reason == Reason.JOIN_FAILURE


class TestListeners:
    async def test_one_that_fails_breaks_nothing(self, served: Served) -> None:
        def fail(_: object) -> None:
            raise RuntimeError

        unsubscribe: Callable[[], None] = served.engine.subscribe(fail)
        ann = await served.join(token("ann"))
        await ann.become_active()

        unsubscribe()
        unsubscribe()
        assert len(await served.engine.list_participants("tea")) == 1


class TestRoomTimeouts:
    async def test_a_room_that_has_emptied_closes(self) -> None:
        async with serving(with_timings(departure_timeout_s=0.01)) as served:
            ann = await served.join(token("ann"))
            await ann.become_active()
            await ann.send(rtc.SignalRequest(leave=rtc.LeaveRequest()))
            await ann.until_closed()

            await served.sfu.until_told("close_room")

            assert await served.engine.list_rooms() == []

    async def test_a_room_with_people_stays(self) -> None:
        async with serving(with_timings(departure_timeout_s=0.01, empty_timeout_s=0.01)) as served:
            ann = await served.join(token("ann"))
            await ann.become_active()

            await served.sfu.until_told("ping", len(served.sfu.told("ping")) + 2)

            assert len(await served.engine.list_rooms()) == 1
