"""A client whose signal connection broke goes on where it was, and nobody else hears of it."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from livekit.protocol import models, rtc
from signaling.conftest import Client, Served, camera, serving, token, with_timings

from jumpa.media.embedded import sfu_pb2
from jumpa.media.engine import ParticipantLeft

Reason = models.DisconnectReason
Action = rtc.LeaveRequest.Action
PATIENT = with_timings(resume_timeout_s=600)


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    async with serving(PATIENT) as running:
        yield running


async def come_back(served: Served, sid: str, identity: str = "ann", room: str = "tea") -> Client:
    return await served.join(token(identity, room), f"&reconnect=1&sid={sid}")


async def cut(client: Client) -> None:
    """Break the connection as a network does, without a closing handshake."""
    client.connection.transport.abort()
    await client.connection.wait_closed()


async def listed(served: Served) -> list[str]:
    return [p.sid for p in await served.engine.list_participants("tea")]


def left(served: Served) -> list[str]:
    return [e.participant_sid for e in served.events if isinstance(e, ParticipantLeft)]


class TestResume:
    async def test_keeps_sid_and_tracks_and_tells_everything_anew(self, served: Served) -> None:
        ann, bob = await served.join(token("ann")), await served.join(token("bob"))
        sid, bob_sid = await ann.become_active(), await bob.become_active()
        track = await ann.publish(camera())
        await cut(ann)

        back = await come_back(served, sid)

        first = await back.next()
        assert first.WhichOneof("message") == "reconnect"
        assert first.reconnect.server_info.version
        told = {p.sid: p for p in (await back.until("update")).update.participants}
        assert set(told) == {sid, bob_sid}
        assert [t.sid for t in told[sid].tracks] == [track]
        assert (await back.until("room_update")).room_update.room.num_participants == 2
        assert (await back.until("refresh_token")).refresh_token
        assert left(served) == []

    async def test_restarts_the_media_connection(self, served: Served) -> None:
        ann = await served.join(token("ann"))
        sid = await ann.become_active()
        await cut(ann)

        await come_back(served, sid)

        restart = (await served.sfu.until_told("restart_ice")).restart_ice
        assert restart.participant_sid == sid
        assert not served.sfu.told("remove_participant")

    async def test_is_not_heard_of_by_the_others(self, served: Served) -> None:
        ann, bob = await served.join(token("ann")), await served.join(token("bob"))
        sid = await ann.become_active()
        await bob.become_active()
        await bob.so_far()
        bob.kept.clear()

        await cut(ann)
        back = await come_back(served, sid)
        await back.until("reconnect")

        assert set(await bob.so_far()) <= {"room_update", "pong"}

    async def test_learns_who_left_meanwhile(self, served: Served) -> None:
        ann, bob = await served.join(token("ann")), await served.join(token("bob"))
        sid, bob_sid = await ann.become_active(), await bob.become_active()
        await cut(ann)
        await bob.send(rtc.SignalRequest(leave=rtc.LeaveRequest()))
        await bob.until_closed()
        again = await served.join(token("bob"))
        new_sid = await again.become_active()

        back = await come_back(served, sid)

        told = {p.sid: p.state for p in (await back.until("update")).update.participants}
        assert told[bob_sid] == models.ParticipantInfo.State.DISCONNECTED
        assert told[new_sid] == models.ParticipantInfo.State.ACTIVE
        assert list(told).index(bob_sid) < list(told).index(new_sid)

    async def test_learns_what_is_wanted_and_permitted_meanwhile(self, served: Served) -> None:
        ann, bob = await served.join(token("ann")), await served.join(token("bob"))
        sid, _ = await ann.become_active(), await bob.become_active()
        own, others = await ann.publish(camera()), await bob.publish(camera("bobs"))
        await served.sfu.until_told("subscribe", 2)
        await cut(ann)
        wanted = sfu_pb2.LayersWanted(participant_sid=sid, track_sid=own, layers=1)
        served.sfu.say(sfu_pb2.Event(layers_wanted=wanted))
        restricted = rtc.SubscriptionPermission()
        await bob.send(rtc.SignalRequest(subscription_permission=restricted))
        await served.sfu.until_told("unsubscribe")

        back = await come_back(served, sid)

        update = (await back.until("subscribed_quality_update")).subscribed_quality_update
        assert update.track_sid == own
        assert [quality.enabled for quality in update.subscribed_qualities] == [True, False, False]
        told = (await back.until("subscription_permission_update")).subscription_permission_update
        assert (told.track_sid, told.allowed) == (others, False)

    async def test_replaces_a_connection_that_has_not_noticed_its_death(
        self, served: Served
    ) -> None:
        ann = await served.join(token("ann"))
        sid = await ann.become_active()

        back = await come_back(served, sid)
        await back.until("reconnect")

        assert await ann.until_closed() == 1000
        assert "leave" not in [m.WhichOneof("message") for m in ann.kept]
        await back.send(rtc.SignalRequest(ping=1))
        assert (await back.until("pong")).pong
        assert await listed(served) == [sid]

    async def test_works_again_and_again(self, served: Served) -> None:
        ann = await served.join(token("ann"))
        sid = await ann.become_active()
        for _ in range(5):
            await cut(ann)
            ann = await come_back(served, sid)
            await ann.until("reconnect")

        await ann.publish(camera())

        assert await listed(served) == [sid]
        assert left(served) == []

    async def test_at_the_same_time_leaves_one_connection(self, served: Served) -> None:
        ann = await served.join(token("ann"))
        sid = await ann.become_active()

        backs = await asyncio.gather(*(come_back(served, sid) for _ in range(5)))
        await asyncio.gather(*(back.until("reconnect") for back in backs))

        closing = {asyncio.ensure_future(back.connection.wait_closed()) for back in backs}
        while len(closing) > 1:
            _, closing = await asyncio.wait(closing, return_when=asyncio.FIRST_COMPLETED)
        assert await listed(served) == [sid]
        for task in closing:
            task.cancel()


class TestRefused:
    @pytest.mark.parametrize(
        ("identity", "room"), [("bob", "tea"), ("ann", "coffee")], ids=["identity", "room"]
    )
    async def test_with_the_token_of_another(
        self, served: Served, identity: str, room: str
    ) -> None:
        ann = await served.join(token("ann"))
        sid = await ann.become_active()

        thief = await come_back(served, sid, identity, room)

        leave = (await thief.next()).leave
        assert (leave.reason, leave.action) == (Reason.STATE_MISMATCH, Action.RECONNECT)
        await ann.send(rtc.SignalRequest(ping=1))
        assert (await ann.until("pong")).pong

    @pytest.mark.parametrize("sid", ["", "PA_gone", "x" * 5000, "%00"])
    async def test_when_nobody_has_that_sid(self, served: Served, sid: str) -> None:
        back = await come_back(served, sid)

        leave = (await back.next()).leave
        assert (leave.reason, leave.action) == (Reason.STATE_MISMATCH, Action.RECONNECT)
        assert leave.can_reconnect
        assert await back.until_closed() == 1000

    async def test_after_the_media_process_died(self, served: Served) -> None:
        ann = await served.join(token("ann"))
        sid = await ann.become_active()
        served.sfu.kill()
        await ann.until_closed()
        await served.sfu.until_started(2)

        back = await come_back(served, sid)

        assert (await back.next()).leave.action == Action.RECONNECT

    async def test_after_leaving_by_ones_own_wish(self, served: Served) -> None:
        ann = await served.join(token("ann"))
        sid = await ann.become_active()
        await ann.send(rtc.SignalRequest(leave=rtc.LeaveRequest()))
        await ann.until_closed()

        back = await come_back(served, sid)

        assert (await back.next()).leave.action == Action.RECONNECT
        assert left(served) == [sid]


class TestSync:
    async def test_an_unknown_track_makes_the_client_join_anew(self, served: Served) -> None:
        ann = await served.join(token("ann"))
        sid = await ann.become_active()
        back = await come_back(served, sid)
        ghost = rtc.TrackPublishedResponse(cid="c", track=models.TrackInfo(sid="TR_ghost"))

        await back.send(rtc.SignalRequest(sync_state=rtc.SyncState(publish_tracks=[ghost])))

        leave = (await back.until("leave")).leave
        assert (leave.reason, leave.action) == (Reason.STATE_MISMATCH, Action.RECONNECT)

    async def test_wishes_about_tracks_hold_and_unknown_ones_are_passed_over(
        self, served: Served
    ) -> None:
        ann, bob = await served.join(token("ann")), await served.join(token("bob"))
        await ann.become_active()
        bob_sid = await bob.become_active()
        track = await ann.publish(camera())
        await served.sfu.until_told("subscribe")
        back = await come_back(served, bob_sid, "bob")
        await back.until("reconnect")

        state = rtc.SyncState(
            subscription=rtc.UpdateSubscription(track_sids=[track, "TR_gone"], subscribe=False),
            track_sids_disabled=[track, "TR_gone"],
        )
        await back.send(rtc.SignalRequest(sync_state=state))

        gone: sfu_pb2.Command = await served.sfu.until_told("unsubscribe")
        assert gone.unsubscribe.participant_sid == bob_sid
        assert "subscription_response" not in await back.so_far()

    async def test_hidden_pictures_stay_hidden(self, served: Served) -> None:
        ann, bob = await served.join(token("ann")), await served.join(token("bob"))
        await ann.become_active()
        bob_sid = await bob.become_active()
        track = await ann.publish(camera())
        await served.sfu.until_told("subscribe")
        back = await come_back(served, bob_sid, "bob")

        state = rtc.SyncState(track_sids_disabled=[track, "TR_gone"])
        await back.send(rtc.SignalRequest(sync_state=state))

        told = (await served.sfu.until_told("set_track_settings")).set_track_settings
        assert (told.participant_sid, told.track_sid, told.disabled) == (bob_sid, track, True)

    async def test_what_is_there_still_changes_nothing(self, served: Served) -> None:
        ann = await served.join(token("ann"))
        sid = await ann.become_active()
        track = await ann.publish(camera())
        back = await come_back(served, sid)
        published = rtc.TrackPublishedResponse(cid="camera-cid", track=models.TrackInfo(sid=track))

        await back.send(rtc.SignalRequest(sync_state=rtc.SyncState(publish_tracks=[published])))

        assert "leave" not in await back.so_far()


class TestNeverBack:
    async def test_is_removed_after_a_while(self) -> None:
        async with serving(with_timings(resume_timeout_s=0.01)) as served:
            ann, bob = await served.join(token("ann")), await served.join(token("bob"))
            sid = await ann.become_active()
            await bob.become_active()
            await cut(ann)

            gone = await bob.until(
                "update",
                lambda r: any(p.sid == sid and p.state == 3 for p in r.update.participants),
            )

            (info,) = [p for p in gone.update.participants if p.sid == sid]
            assert info.disconnect_reason == Reason.SIGNAL_CLOSE

    async def test_a_new_join_takes_the_place(self, served: Served) -> None:
        ann = await served.join(token("ann"))
        sid = await ann.become_active()
        await cut(ann)

        again = await served.join(token("ann"))
        new_sid = await again.become_active()

        assert await listed(served) == [new_sid]
        assert left(served) == [sid]

    async def test_who_was_removed_meanwhile_does_not_come_back(self, served: Served) -> None:
        ann = await served.join(token("ann"))
        sid = await ann.become_active()
        await cut(ann)
        await served.engine.remove_participant("tea", "ann")

        back = await come_back(served, sid)

        assert (await back.next()).leave.action == Action.RECONNECT
        assert left(served) == [sid]
