"""Joining a room through /rtc."""

import asyncio

import pytest
import websockets
from livekit.protocol import models, rtc
from signaling.conftest import (
    ACTIVE,
    DISCONNECTED,
    JOINED,
    KEY,
    NOW,
    SECRET,
    Served,
    serving,
    state_of,
    token,
    with_limits,
    with_timings,
)

from jumpa.media.access import Claims, TokenVerifier
from jumpa.media.engine import ParticipantJoined, ParticipantLeft, RoomFinished, RoomStarted
from jumpa.media.errors import LiveRoomNotFoundError

Reason = models.DisconnectReason
Action = rtc.LeaveRequest.Action


class TestJoin:
    async def test_answers_with_everything_that_clients_need(self, served: Served) -> None:
        ann = await served.join(token("ann", says={"name": "Ann"}))

        join = (await ann.until("join")).join

        assert join.room.sid.startswith("RM_")
        assert join.room.name == "tea"
        assert join.participant.sid.startswith("PA_")
        assert join.participant.name == "Ann"
        assert join.subscriber_primary
        assert join.server_info.version
        assert join.server_info.edition == models.ServerInfo.Edition.Standard
        assert (join.ping_interval, join.ping_timeout) == (5, 15)
        codecs = {codec.mime for codec in join.enabled_publish_codecs}
        assert codecs >= {"audio/opus", "audio/red", "video/VP8", "video/VP9", "video/H264"}
        assert join.sif_trailer

    async def test_says_join_first_then_the_offer_then_a_fresh_token(self, served: Served) -> None:
        ann = await served.join(token("ann", says={"metadata": "m"}))

        assert (await ann.next()).WhichOneof("message") == "join"
        await ann.until("refresh_token")

        assert "offer" in [response.WhichOneof("message") for response in ann.kept]

    async def test_gives_a_fresh_token_to_who_is_offered_nothing(self, served: Served) -> None:
        ann = await served.join(token("ann", grants={"canSubscribe": False}))

        kinds = [(await ann.next()).WhichOneof("message") for _ in range(2)]

        assert kinds == ["join", "refresh_token"]

    async def test_is_offered_before_others_are_told(self) -> None:
        async with serving(with_timings(update_batch_s=60)) as served:
            ann = await served.join(token())

            await ann.until("offer")

            assert "update" not in [response.WhichOneof("message") for response in ann.kept]

    async def test_refreshes_the_token_with_the_same_claims(self, served: Served) -> None:
        said = {"metadata": "m", "attributes": {"seat": "1"}, "name": "Ann"}
        ann = await served.join(token("ann", grants={"canPublishData": False}, says=said))

        fresh = (await ann.until("refresh_token")).refresh_token

        claims = TokenVerifier({KEY: SECRET}, lambda: NOW).verify(fresh)
        assert claims.identity == "ann"
        assert (claims.name, claims.metadata, claims.attributes) == ("Ann", "m", {"seat": "1"})
        assert claims.video.room == "tea"
        assert not claims.video.may_publish_data

    async def test_two_hear_of_each_other(self, served: Served) -> None:
        ann = await served.join(token("ann"))
        ann_sid = await ann.become_active()
        bob = await served.join(token("bob"))

        join = (await bob.until("join")).join
        update = await ann.until("update", lambda u: state_of(u, join.participant.sid) == JOINED)

        assert [p.sid for p in join.other_participants] == [ann_sid]
        assert update.update.participants[0].identity == "bob"

    async def test_versions_grow(self, served: Served) -> None:
        ann = await served.join(token("ann"))
        joined = (await ann.until("join")).join.participant
        offer = (await ann.until("offer")).offer
        answer = rtc.SessionDescription(type="answer", sdp="v=0", id=offer.id)
        await ann.send(rtc.SignalRequest(answer=answer))
        active = await ann.until("update", lambda u: state_of(u, joined.sid) == ACTIVE)

        assert active.update.participants[0].version > joined.version

    async def test_rooms_do_not_mix(self, served: Served) -> None:
        ann = await served.join(token("ann", "tea"))
        await ann.become_active()
        bob = await served.join(token("bob", "coffee"))

        join = (await bob.until("join")).join

        assert not join.other_participants
        assert "bob" not in str(ann.kept)

    async def test_a_hidden_participant_is_not_seen(self, served: Served) -> None:
        hidden = await served.join(token("ghost", grants={"hidden": True}))
        await hidden.become_active()
        ann = await served.join(token("ann"))

        join = (await ann.until("join")).join
        await ann.so_far()

        assert not join.other_participants
        assert join.room.num_participants == 1
        assert "ghost" not in str(ann.kept)

    async def test_tells_the_product(self, served: Served) -> None:
        ann = await served.join(token("ann"))
        await ann.become_active()
        await ann.send(rtc.SignalRequest(leave=rtc.LeaveRequest()))
        await ann.until_closed()

        kinds = [type(event) for event in served.events]

        assert kinds == [RoomStarted, ParticipantJoined, ParticipantLeft]

    async def test_many_join_at_once_and_all_hear_of_all(self, served: Served) -> None:
        names = [f"p{number}" for number in range(20)]
        clients = await asyncio.gather(*(served.join(token(name)) for name in names))
        sids = await asyncio.gather(*(client.become_active() for client in clients))

        listed = await served.engine.list_participants("tea")

        assert sorted(p.identity for p in listed) == sorted(names)
        assert len(set(sids)) == len(names)


class TestLeave:
    async def test_the_others_hear_of_it(self, served: Served) -> None:
        ann = await served.join(token("ann"))
        await ann.become_active()
        bob = await served.join(token("bob"))
        bob_sid = await bob.become_active()

        await bob.send(rtc.SignalRequest(leave=rtc.LeaveRequest()))

        update = await ann.until("update", lambda u: state_of(u, bob_sid) == DISCONNECTED)
        assert update.update.participants[0].disconnect_reason == Reason.CLIENT_INITIATED
        assert await bob.until_closed() == 1000

    async def test_a_lost_connection_is_a_leave(self, served: Served) -> None:
        ann = await served.join(token("ann"))
        await ann.become_active()
        bob = await served.join(token("bob"))
        bob_sid = await bob.become_active()

        bob.connection.transport.abort()

        await ann.until("update", lambda u: state_of(u, bob_sid) == DISCONNECTED)
        removed = await served.sfu.until_told("remove_participant")
        assert removed.remove_participant.participant_sid == bob_sid


class TestSameIdentityTwice:
    async def test_the_older_connection_is_sent_away(self, served: Served) -> None:
        older = await served.join(token("ann"))
        await older.become_active()
        newer = await served.join(token("ann"))
        newer_sid = await newer.become_active()

        leave = (await older.until("leave")).leave

        assert leave.reason == Reason.DUPLICATE_IDENTITY
        assert leave.action == Action.DISCONNECT
        assert await older.until_closed() == 1000
        listed = await served.engine.list_participants("tea")
        assert [p.sid for p in listed] == [newer_sid]

    async def test_at_the_same_time_leaves_exactly_one(self, served: Served) -> None:
        clients = await asyncio.gather(*(served.join(token("ann")) for _ in range(5)))
        await asyncio.gather(*(client.until("join") for client in clients))

        listed = await served.engine.list_participants("tea")

        assert len(listed) == 1

    async def test_takes_its_own_place_in_a_full_room(self) -> None:
        async with serving(with_limits(participants_per_room=1)) as served:
            older = await served.join(token("ann"))
            await older.until("join")
            newer = await served.join(token("ann"))

            assert (await newer.until("join")).join.participant.identity == "ann"


class TestResume:
    async def test_asks_the_client_to_join_anew(self, served: Served) -> None:
        ann = await served.join(token("ann"), "&reconnect=1&sid=PA_gone")

        leave = (await ann.next()).leave

        assert leave.reason == Reason.STATE_MISMATCH
        assert leave.action == Action.RECONNECT
        assert leave.can_reconnect
        assert await ann.until_closed() == 1000
        assert not served.events


class TestPing:
    async def test_answers_both_kinds(self, served: Served) -> None:
        ann = await served.join(token("ann"))

        await ann.send(rtc.SignalRequest(ping=5))
        await ann.send(rtc.SignalRequest(ping_req=rtc.Ping(timestamp=77)))

        pong = await ann.until("pong")
        assert pong.pong == int(NOW.timestamp() * 1000)
        assert (await ann.until("pong_resp")).pong_resp.last_ping_timestamp == 77


class TestCapacity:
    async def test_refuses_one_too_many(self) -> None:
        async with serving(with_limits(participants_per_room=1)) as served:
            ann = await served.join(token("ann"))
            await ann.until("join")

            with pytest.raises(websockets.InvalidStatus) as refused:
                await served.join(token("bob"))

            assert refused.value.response.status_code == 503
            assert b"participants" in refused.value.response.body

    async def test_at_the_same_time_lets_only_as_many_in(self) -> None:
        async with serving(with_limits(participants_per_room=3)) as served:
            names = [f"p{number}" for number in range(8)]
            joining = await asyncio.gather(
                *(served.join(token(name)) for name in names), return_exceptions=True
            )

            inside = [client for client in joining if not isinstance(client, BaseException)]
            first = [(await client.next()).WhichOneof("message") for client in inside]
            assert sorted(first) == ["join"] * 3 + ["leave"] * (len(first) - 3)
            assert len(await served.engine.list_participants("tea")) == 3


class TestAdmission:
    async def test_the_product_may_refuse_before_any_room_is_touched(self) -> None:
        async def refuse(claims: Claims) -> Claims:
            assert claims.api_key == KEY
            raise LiveRoomNotFoundError

        async with serving(admit=refuse) as served:
            with pytest.raises(websockets.InvalidStatus) as refused:
                await served.join(token("ann"))

            assert refused.value.response.status_code == 404
            assert b"requested room does not exist" in refused.value.response.body
            assert not served.events


class TestRoomEnd:
    async def test_an_empty_room_closes(self, served: Served) -> None:
        ann = await served.join(token("ann"))
        await ann.until("join")

        await served.engine.delete_room("tea")

        leave = (await ann.until("leave")).leave
        assert leave.reason == Reason.ROOM_DELETED
        assert leave.action == Action.DISCONNECT
        assert isinstance(served.events[-1], RoomFinished)
        assert await served.engine.list_rooms() == []


class TestRefreshedToken:
    async def test_comes_again_and_again_with_what_has_changed(self) -> None:
        async with serving(with_timings(token_refresh_s=0.01)) as served:
            ann = await served.join(token("ann", grants={"canUpdateOwnMetadata": True}))
            await ann.become_active()
            request = rtc.UpdateParticipantMetadata(name="Anne")
            await ann.send(rtc.SignalRequest(update_metadata=request))
            verifier = TokenVerifier({KEY: SECRET}, lambda: NOW)

            def is_new(response: rtc.SignalResponse) -> bool:
                return verifier.verify(response.refresh_token).name == "Anne"

            fresh = await ann.until("refresh_token", is_new)

            assert verifier.verify(fresh.refresh_token).identity == "ann"


class TestPublishOnly:
    async def test_is_a_second_connection_that_receives_nothing(self, served: Served) -> None:
        ann = await served.join(token("ann"))
        await ann.become_active()
        second = await served.join(token("ann"), "&publish=screen")

        join = (await second.until("join")).join

        assert join.participant.identity == "ann#screen"
        assert not join.participant.permission.can_subscribe
        assert not join.subscriber_primary
        assert "leave" not in await ann.so_far()

    async def test_needs_the_grant(self, served: Served) -> None:
        with pytest.raises(websockets.InvalidStatus) as refused:
            await served.join(token("ann", grants={"canPublish": False}), "&publish=screen")

        assert refused.value.response.status_code == 401
