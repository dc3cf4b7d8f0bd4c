"""Live rooms without sockets: time and the media process are the test's own."""

from dataclasses import replace

import pytest
from livekit.protocol import models, rtc
from livekit.protocol import room as room_messages
from media.virtual import NOW, Sink, World, activate, join, publish, rejoin

from jumpa.media.embedded import events, sfu_pb2
from jumpa.media.embedded.directory import Directory
from jumpa.media.embedded.ports import Ports, random_sid
from jumpa.media.embedded.settings import EmbeddedConfig
from jumpa.media.engine import RoomFinished, TrackUnpublished
from jumpa.media.errors import InvalidRequestError, NotPermittedError, RoomFullError
from jumpa.signaling.livekit.requests import handle


def room_updates(sink: Sink) -> list[models.Room]:
    return [m.room_update.room for m in sink.sent if m.WhichOneof("message") == "room_update"]


class TestUpdates:
    def test_a_burst_of_changes_is_one_message(self, world: World, directory: Directory) -> None:
        _, ann = join(directory, "ann")
        world.elapse(1)
        ann.sent.clear()
        for number in range(50):
            join(directory, f"p{number}")

        world.elapse(1)
        world.elapse(3)

        updates = [m.update for m in ann.sent if m.WhichOneof("message") == "update"]
        assert [len(update.participants) for update in updates] == [19, 31]

    def test_counts_of_the_room_follow(self, world: World, directory: Directory) -> None:
        session, ann = join(directory, "ann")
        join(directory, "bob")
        activate(directory, session)
        publish(directory, session)

        world.elapse(1)
        world.elapse(1)

        (counted,) = room_updates(ann)
        assert (counted.num_participants, counted.num_publishers) == (2, 1)

    def test_a_recording_is_told_at_once(self, world: World, directory: Directory) -> None:
        _, ann = join(directory, "ann")
        join(directory, "rec", hidden=True, recorder=True)

        world.elapse(0.02)

        assert [room.active_recording for room in room_updates(ann)] == [True]

    def test_a_newcomer_is_news_to_the_others(self, world: World, directory: Directory) -> None:
        _, ann = join(directory, "ann")
        world.elapse(0.02)
        session, bob = join(directory, "bob")

        world.elapse(0.02)

        assert "update" in ann.kinds()
        assert "update" not in bob.kinds()
        activate(directory, session)
        world.elapse(0.02)
        assert "update" in bob.kinds()

    def test_an_offer_carries_the_news_before_it(self, world: World, directory: Directory) -> None:
        first, _ = join(directory, "ann")
        second, bob = join(directory, "bob")
        activate(directory, first)
        activate(directory, second)
        world.elapse(1)
        bob.sent.clear()
        sid = publish(directory, first)

        offer = sfu_pb2.SubscriberOffer(participant_sid=second.participant.sid, id=2, sdp="v=0")
        events.follow(directory, sfu_pb2.Event(subscriber_offer=offer))

        kinds = bob.kinds()
        assert kinds.index("update") < kinds.index("offer")
        (track,) = bob.sent[kinds.index("update")].update.participants[0].tracks
        assert track.sid == sid

    def test_who_was_replaced_leaves_before_who_came(
        self, world: World, directory: Directory
    ) -> None:
        _, ann = join(directory, "ann")
        older, _ = join(directory, "bob")
        world.elapse(1)
        ann.sent.clear()
        newer, _ = join(directory, "bob")

        world.elapse(1)

        update = ann.sent[ann.kinds().index("update")].update
        assert [p.sid for p in update.participants] == [
            older.participant.sid,
            newer.participant.sid,
        ]
        assert update.participants[0].state == models.ParticipantInfo.State.DISCONNECTED


class TestRejoin:
    def test_a_page_hears_of_the_others_when_it_listens_again(
        self, world: World, directory: Directory
    ) -> None:
        back, page = rejoin(directory, "ann")
        activate(directory, back)
        other, _ = join(directory, "bob")
        activate(directory, other)
        sid = publish(directory, other)
        world.elapse(1)
        assert "bob" not in str(page.sent)
        assert not world.told("subscribe")

        world.elapse(2.3)

        subscribed = world.told("subscribe")[0].subscribe
        assert (subscribed.participant_sid, subscribed.track_sid) == (back.participant.sid, sid)
        assert "bob" in str(page.sent)

    def test_it_still_reads_about_itself(self, world: World, directory: Directory) -> None:
        back, page = rejoin(directory, "ann")
        activate(directory, back)
        sid = publish(directory, back)

        world.elapse(1)

        updates = [m.update for m in page.sent if m.WhichOneof("message") == "update"]
        assert [t.sid for t in updates[-1].participants[0].tracks] == [sid]

    def test_the_others_need_not_wait_for_it(self, world: World, directory: Directory) -> None:
        other, sink = join(directory, "bob")
        activate(directory, other)
        back, _ = rejoin(directory, "ann")
        activate(directory, back)
        publish(directory, back)

        world.elapse(1)

        assert world.told("subscribe")[0].subscribe.participant_sid == other.participant.sid
        assert "ann" in str(sink.sent)

    def test_one_that_left_meanwhile_is_told_nothing(
        self, world: World, directory: Directory
    ) -> None:
        back, page = rejoin(directory, "ann")
        activate(directory, back)
        other, _ = join(directory, "bob")
        activate(directory, other)
        publish(directory, other)
        back.leave()
        before = len(page.sent)

        world.elapse(2.3)

        assert len(page.sent) == before
        assert not world.told("subscribe")

    def test_other_clients_are_not_held(self, world: World, directory: Directory) -> None:
        other, _ = join(directory, "bob")
        activate(directory, other)
        publish(directory, other)
        back, _ = rejoin(directory, "ann", sdk="python")

        activate(directory, back)

        assert len(world.told("subscribe")) == 1


class TestEndedSession:
    def test_what_its_client_still_says_changes_nothing(
        self, world: World, directory: Directory
    ) -> None:
        older, _ = join(directory, "ann", canUpdateOwnMetadata=True)
        newer, _ = join(directory, "ann")
        commands = len(world.commands)
        requests = [
            rtc.SignalRequest(add_track=rtc.AddTrackRequest(cid="c")),
            rtc.SignalRequest(offer=rtc.SessionDescription(sdp="v=0")),
            rtc.SignalRequest(update_metadata=rtc.UpdateParticipantMetadata(name="x")),
            rtc.SignalRequest(leave=rtc.LeaveRequest()),
            rtc.SignalRequest(mute=rtc.MuteTrackRequest(sid="x")),
        ]

        for request in requests:
            handle(older, request, lambda: NOW)
        older.lost()

        assert len(world.commands) == commands
        assert not newer.room.tracks
        assert list(newer.room.participants) == [newer.participant.sid]

    def test_late_events_of_the_sfu_are_passed_over(
        self, world: World, directory: Directory
    ) -> None:
        session, sink = join(directory, "ann")
        sid = publish(directory, session)
        participant_sid = session.participant.sid
        session.leave()
        sink.sent.clear()

        for event in (
            sfu_pb2.Event(
                track_negotiated=sfu_pb2.TrackNegotiated(participant_sid=participant_sid)
            ),
            sfu_pb2.Event(connected=sfu_pb2.Connected(participant_sid=participant_sid)),
            sfu_pb2.Event(track_ended=sfu_pb2.TrackEnded(participant_sid=participant_sid)),
            sfu_pb2.Event(
                participant_failed=sfu_pb2.ParticipantFailed(participant_sid=participant_sid)
            ),
        ):
            events.follow(directory, event)

        assert not sink.sent
        assert len(world.told("remove_participant")) == 1
        assert [e.track_sid for e in world.events if isinstance(e, TrackUnpublished)] == [sid]

    @pytest.mark.parametrize(
        "kind", ["track_negotiated", "track_started", "track_ended", "subscription_started"]
    )
    def test_events_about_an_unknown_track_are_passed_over(
        self, directory: Directory, kind: str
    ) -> None:
        session, sink = join(directory, "ann")
        event = sfu_pb2.Event()
        getattr(event, kind).participant_sid = session.participant.sid
        getattr(event, kind).track_sid = "TR_none"
        before = len(sink.sent)

        events.follow(directory, event)

        assert len(sink.sent) == before


class TestClosing:
    def test_an_empty_room_waits_and_closes(self, world: World, directory: Directory) -> None:
        session, _ = join(directory, "ann")
        session.leave()

        world.elapse(19)
        assert directory.find_room("tea") is not None
        world.elapse(20)

        assert directory.find_room("tea") is None
        assert isinstance(world.events[-1], RoomFinished)
        assert len(world.told("close_room")) == 1

    def test_somebody_who_comes_back_keeps_it_open(
        self, world: World, directory: Directory
    ) -> None:
        session, _ = join(directory, "ann")
        session.leave()
        again, _ = join(directory, "ann")

        world.elapse(1000)

        assert directory.find_room("tea") is again.room

    def test_closing_twice_is_closing_once(self, world: World, directory: Directory) -> None:
        session, _ = join(directory, "ann")

        session.room.close()
        session.room.close()

        assert [type(e) for e in world.events].count(RoomFinished) == 1

    def test_a_new_room_of_the_same_name_is_another(self, directory: Directory) -> None:
        session, _ = join(directory, "ann")
        session.room.close()

        again, _ = join(directory, "ann")

        assert again.room.sid != session.room.sid

    def test_a_created_room_keeps_its_own_times(self, world: World, directory: Directory) -> None:
        request = room_messages.CreateRoomRequest(name="tea", empty_timeout=7)
        directory.create(request)

        world.elapse(6)
        assert directory.find_room("tea") is not None
        world.elapse(7)

        assert directory.find_room("tea") is None


class TestPermission:
    @pytest.mark.parametrize(
        ("grants", "source", "allowed"),
        [
            ({}, "CAMERA", True),
            ({"canPublishSources": ["camera"]}, "CAMERA", True),
            ({"canPublishSources": ["CAMERA"]}, "CAMERA", True),
            ({"canPublishSources": ["microphone"]}, "CAMERA", False),
            ({"canPublishSources": ["unheard-of"]}, "CAMERA", False),
            ({"canPublishSources": ["unheard-of"]}, "UNKNOWN", False),
        ],
    )
    def test_narrows_sources(
        self, directory: Directory, grants: dict[str, object], source: str, *, allowed: bool
    ) -> None:
        session, _ = join(directory, "ann", **grants)
        request = rtc.AddTrackRequest(cid="c", source=source, type="VIDEO")

        if allowed:
            assert session.add_track(request).sid
        else:
            with pytest.raises(NotPermittedError):
                session.add_track(request)

    def test_takes_no_microphone_for_a_camera(self, directory: Directory) -> None:
        session, _ = join(directory, "ann", canPublishSources=["camera"])

        with pytest.raises(NotPermittedError):
            session.add_track(rtc.AddTrackRequest(cid="c", source="CAMERA", type="AUDIO"))

    def test_is_told_to_the_sfu(self, world: World, directory: Directory) -> None:
        join(directory, "ann", canPublish=False, canSubscribe=False)

        permission = world.told("add_participant")[0].add_participant.permission

        assert (permission.can_publish, permission.can_subscribe) == (False, False)
        assert not permission.can_publish_data


class TestTracks:
    def test_a_mute_before_media_is_known_to_who_comes(
        self, world: World, directory: Directory
    ) -> None:
        session, _ = join(directory, "ann")
        request = rtc.AddTrackRequest(cid="c", type="AUDIO", source="MICROPHONE", muted=True)
        info = session.add_track(request)

        session.mute(info.sid, muted=True)
        session.mute(info.sid, muted=False)

        mutes = [command.set_track_muted.muted for command in world.told("set_track_muted")]
        assert world.told("add_track")[0].add_track.muted
        assert mutes == [False]

    def test_everything_noted_about_a_track_goes_with_it(self, directory: Directory) -> None:
        first, _ = join(directory, "ann")
        second, _ = join(directory, "bob")
        sid = publish(directory, first)
        second.update_subscription(rtc.UpdateSubscription(track_sids=[sid], subscribe=True))
        second.update_track_settings(rtc.UpdateTrackSettings(track_sids=[sid], disabled=True))
        assert second.participant.wanted
        assert second.participant.settings

        first.leave()

        assert not second.participant.wanted
        assert not second.participant.settings

    @pytest.mark.parametrize("sdp", ["", "nonsense", "v=0" + "x" * (1024 * 1024)])
    def test_an_answer_has_a_beginning_and_a_size(self, directory: Directory, sdp: str) -> None:
        session, _ = join(directory, "ann")

        with pytest.raises(InvalidRequestError):
            session.answer(rtc.SessionDescription(type="answer", sdp=sdp))


class TestSid:
    def test_has_its_prefix_and_is_not_repeated(self) -> None:
        sids = {random_sid("PA_") for _ in range(1000)}

        assert len(sids) == 1000
        assert all(sid.startswith("PA_") and sid.isascii() for sid in sids)


class TestFullRoom:
    def test_a_limit_of_its_own_never_exceeds_the_servers(self, world: World) -> None:
        limits = replace(EmbeddedConfig().limits, participants_per_room=1)
        config = replace(EmbeddedConfig(), limits=limits)
        send, emit = world.commands.append, world.events.append
        ports = Ports(send, emit, world.call_later, random_sid, lambda: NOW, config)
        directory = Directory(ports)
        directory.create(room_messages.CreateRoomRequest(name="tea", max_participants=100))
        join(directory, "ann")

        with pytest.raises(RoomFullError, match=r"may have \(1\)"):
            join(directory, "bob")
