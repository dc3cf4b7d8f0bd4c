"""Who is told of whom, and when: quick visits, people who may come back, and hidden ones."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from livekit.protocol import models, rtc
from livekit.protocol import room as room_messages
from media.virtual import NOW, Sink, World, activate, join

from jumpa.media.embedded import events, sfu_pb2, updating
from jumpa.media.embedded.directory import Directory
from jumpa.media.embedded.ports import Ports, random_sid
from jumpa.media.embedded.session import LiveSession
from jumpa.media.embedded.settings import EmbeddedConfig
from jumpa.media.errors import NotPermittedError

PROMPTLY = 3
ACTIVE = models.ParticipantInfo.State.ACTIVE
GONE = models.ParticipantInfo.State.DISCONNECTED


@dataclass
class Lab(World):
    """A world whose clock can be moved."""

    now: datetime = NOW
    directory: Directory = field(init=False)

    def __post_init__(self) -> None:
        usual = EmbeddedConfig()
        config = replace(usual, limits=replace(usual.limits, promptly_announced=PROMPTLY))
        send, emit = self.commands.append, self.events.append
        ports = Ports(send, emit, self.call_later, random_sid, lambda: self.now, config)
        self.directory = Directory(ports)

    def come(self, identity: str) -> tuple[LiveSession, Sink]:
        session, sink = join(self.directory, identity)
        activate(self.directory, session)
        self.elapse(0.02)
        return session, sink


@pytest.fixture
def lab() -> Lab:
    return Lab()


def told(sink: Sink, identity: str) -> list[int]:
    """The states of somebody that a client was told of."""
    people = [person for message in sink.sent for person in message.update.participants]
    return [int(person.state) for person in people if person.identity == identity]


def knows(sink: Sink, identity: str) -> bool:
    others = sink.sent[0].join.other_participants
    return identity in [other.identity for other in others]


def publish(lab: Lab, session: LiveSession) -> None:
    info = session.add_track(rtc.AddTrackRequest(cid="voice", type="AUDIO"))
    negotiated = sfu_pb2.TrackNegotiated(
        participant_sid=session.participant.sid, track_sid=info.sid, mid="0", mime_type="audio/opus"
    )
    events.follow(lab.directory, sfu_pb2.Event(track_negotiated=negotiated))


class TestQuickVisit:
    def test_in_a_crowd_is_told_to_nobody_but_the_visitor(self, lab: Lab) -> None:
        sinks = [lab.come(f"early-{number}")[1] for number in range(PROMPTLY)]

        visit, own = lab.come("visitor")
        late, later = lab.come("later")
        visit.leave()
        lab.elapse(3)

        assert told(own, "visitor")
        assert [told(sink, "visitor") for sink in (*sinks, later)] == [[], [], [], []]
        assert not knows(later, "visitor")
        assert told(sinks[0], "later"), late.participant.sid

    def test_in_a_small_room_is_told_at_once(self, lab: Lab) -> None:
        _, first = lab.come("first")

        visit, _ = lab.come("visitor")
        visit.leave()
        lab.elapse(0.02)

        assert told(first, "visitor")[-1] == GONE

    def test_that_lasts_is_told_with_its_end(self, lab: Lab) -> None:
        sinks = [lab.come(f"early-{number}")[1] for number in range(PROMPTLY)]
        visit, _ = lab.come("visitor")
        assert told(sinks[0], "visitor") == []

        lab.elapse(3)

        assert told(sinks[0], "visitor") == [models.ParticipantInfo.State.ACTIVE]
        assert knows(lab.come("later")[1], "visitor")
        visit.leave()
        lab.elapse(0.02)
        assert told(sinks[0], "visitor")[-1] == GONE

    def test_of_somebody_who_publishes_is_told_at_once(self, lab: Lab) -> None:
        sinks = [lab.come(f"early-{number}")[1] for number in range(PROMPTLY)]
        visit, _ = lab.come("visitor")

        publish(lab, visit)
        lab.elapse(0.02)

        assert told(sinks[0], "visitor")
        visit.leave()
        lab.elapse(0.02)
        assert told(sinks[0], "visitor")[-1] == GONE

    def test_of_the_same_identity_twice_leaves_one(self, lab: Lab) -> None:
        sinks = [lab.come(f"early-{number}")[1] for number in range(PROMPTLY)]
        lab.come("visitor")

        again, _ = lab.come("visitor")
        lab.elapse(3)

        assert GONE not in told(sinks[0], "visitor")
        people = [person for message in sinks[0].sent for person in message.update.participants]
        sids = {person.sid for person in people if person.identity == "visitor"}
        assert sids == {again.participant.sid}


class TestLostSignal:
    def test_costs_the_place_in_the_end(self, lab: Lab) -> None:
        session, _ = lab.come("ann")
        session.lost()
        lab.now += timedelta(seconds=15)

        lab.elapse(15)

        assert session.participant.has_left

    def test_while_the_whole_machine_stands_still_leaves_time_to_come_back(self, lab: Lab) -> None:
        session, _ = lab.come("ann")
        session.lost()
        lab.now += timedelta(seconds=40)

        lab.elapse(15)

        assert not session.participant.has_left
        lab.now += timedelta(seconds=15)
        lab.elapse(15)
        assert session.participant.has_left


class TestPromisedCodec:
    def test_of_no_use_any_more_is_not_waited_for(self, lab: Lab) -> None:
        (ann, _), (bob, sink) = lab.come("ann"), lab.come("bob")
        request = rtc.AddTrackRequest(cid="one", type="VIDEO", source="CAMERA")
        for codec in ("vp9", "vp8"):
            request.simulcast_codecs.add(codec=codec)
        sid = ann.add_track(request).sid
        about = {"participant_sid": ann.participant.sid, "track_sid": sid}
        negotiated = sfu_pb2.TrackNegotiated(**about, mid="0", mime_type="video/VP9")
        events.follow(lab.directory, sfu_pb2.Event(track_negotiated=negotiated))
        refused = sfu_pb2.Refused(
            participant_sid=bob.participant.sid, track_sid=sid, code="codec_unsupported"
        )
        events.follow(lab.directory, sfu_pb2.Event(refused=refused))

        bob.update_subscription(rtc.UpdateSubscription(track_sids=[sid], subscribe=False))
        lab.elapse(10)

        assert "subscription_response" not in sink.kinds()
        bob.update_subscription(rtc.UpdateSubscription(track_sids=[sid], subscribe=True))
        ann.leave()
        lab.elapse(10)
        assert "subscription_response" not in sink.kinds()


def permit(lab: Lab, session: LiveSession, *, hidden: bool = False, recorder: bool = False) -> None:
    """Change what somebody may do, as a server does."""
    wish = models.ParticipantPermission(
        can_publish=True, can_subscribe=True, hidden=hidden, recorder=recorder
    )
    request = room_messages.UpdateParticipantRequest(permission=wish)
    updating.update(session.room, session.participant, request)
    lab.elapse(0.02)


class TestHiding:
    def test_at_run_time_is_a_leaving_for_all_others(self, lab: Lab) -> None:
        ann, own = lab.come("ann")
        _, other = lab.come("bob")
        publish(lab, ann)

        permit(lab, ann, hidden=True)

        assert told(other, "ann")[-1] == GONE
        assert told(own, "ann")[-1] == ACTIVE
        assert not ann.room.tracks
        assert not knows(lab.come("late")[1], "ann")
        with pytest.raises(NotPermittedError):
            publish(lab, ann)
        ann.leave()
        lab.elapse(0.02)
        assert told(other, "ann").count(GONE) == 1

    def test_ends_with_a_coming(self, lab: Lab) -> None:
        ann, _ = lab.come("ann")
        _, other = lab.come("bob")
        permit(lab, ann, hidden=True)

        permit(lab, ann, hidden=False)

        assert told(other, "ann")[-2:] == [GONE, ACTIVE]
        assert ann.room.departed() == []
        assert knows(lab.come("late")[1], "ann")

    def test_of_whom_nobody_knew_is_told_to_nobody(self, lab: Lab) -> None:
        sinks = [lab.come(f"early-{number}")[1] for number in range(PROMPTLY)]
        visit, _ = lab.come("visitor")

        permit(lab, visit, hidden=True)
        lab.elapse(3)

        assert [told(sink, "visitor") for sink in sinks] == [[], [], []]

    def test_of_a_recording_begins_and_ends_with_the_permission(self, lab: Lab) -> None:
        rec, _ = lab.come("rec")

        permit(lab, rec, recorder=True)
        assert rec.room.info().active_recording

        permit(lab, rec)
        assert not rec.room.info().active_recording
