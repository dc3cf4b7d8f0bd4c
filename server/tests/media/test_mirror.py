"""What webhooks and comparisons with a LiveKit server become, each thing once."""

from livekit.protocol import models
from livekit.protocol.webhook import WebhookEvent

from jumpa.media.livekit.mirror import Mirror, Seen

TEA = models.Room(name="tea", sid="RM_tea")
ACTIVE = models.ParticipantInfo.State.ACTIVE
ANN = models.ParticipantInfo(sid="PA_ann", identity="ann", name="Ann", state=ACTIVE)
BOB = models.ParticipantInfo(sid="PA_bob", identity="bob", name="Bob", state=ACTIVE)


def hook(
    event: str, person: models.ParticipantInfo | None = None, *, id_: str = ""
) -> WebhookEvent:
    named = id_ or f"EV_{event}_{person.sid if person else ''}"
    return WebhookEvent(event=event, room=TEA, participant=person, id=named)


def take(mirror: Mirror, *events: WebhookEvent) -> list[str]:
    """Return what is told, as `Kind identity`."""
    return [_words(told) for event in events for told in mirror.take(event)]


def compare(mirror: Mirror, *people: models.ParticipantInfo, tell_all: bool = False) -> list[str]:
    seen: Seen = {TEA.sid: (TEA, list(people))}
    return [_words(told) for told in mirror.compare(seen, mirror.sids(), tell_all=tell_all)]


def _words(told: object) -> str:
    return f"{type(told).__name__} {getattr(told, 'identity', '')}".strip()


class TestTake:
    def test_tells_a_visit_in_order(self) -> None:
        told = take(
            Mirror(),
            hook("room_started"),
            hook("participant_joined", ANN),
            hook("track_published", ANN),
            hook("track_unpublished", ANN),
            hook("participant_left", ANN),
            hook("room_finished"),
        )

        assert told == [
            "RoomStarted",
            "ParticipantJoined ann",
            "TrackPublished ann",
            "TrackUnpublished ann",
            "ParticipantLeft ann",
            "RoomFinished",
        ]

    def test_tells_nothing_of_what_is_repeated_or_has_no_id(self) -> None:
        mirror = Mirror()
        take(mirror, hook("participant_joined", ANN), hook("participant_left", ANN))
        nameless = hook("participant_joined", BOB)
        nameless.id = ""

        told = take(
            mirror, hook("participant_joined", ANN), hook("participant_left", ANN), nameless
        )

        assert told == []

    def test_tells_nothing_of_who_joins_after_leaving(self) -> None:
        mirror = Mirror()

        told = take(mirror, hook("participant_left", ANN), hook("participant_joined", ANN))

        assert told == ["ParticipantLeft ann"]

    def test_lets_everybody_leave_a_room_that_is_finished(self) -> None:
        mirror = Mirror()
        take(mirror, hook("participant_joined", ANN))

        told = take(mirror, hook("room_finished"), hook("participant_left", ANN))

        assert told == ["ParticipantLeft ann", "RoomFinished"]

    def test_passes_over_what_it_does_not_know(self) -> None:
        assert take(Mirror(), hook("egress_started"), hook("")) == []


class TestCompare:
    def test_tells_what_was_missed(self) -> None:
        mirror = Mirror()
        take(mirror, hook("participant_joined", ANN))

        assert compare(mirror, BOB) == ["ParticipantLeft ann", "ParticipantJoined bob"]
        assert compare(mirror, BOB) == []

    def test_tells_all_again_after_a_time_without_words(self) -> None:
        mirror = Mirror()
        take(mirror, hook("participant_joined", ANN))

        assert compare(mirror, ANN, tell_all=True) == ["ParticipantJoined ann"]

    def test_leaves_out_who_has_left_and_who_is_not_up_yet(self) -> None:
        mirror = Mirror()
        take(mirror, hook("participant_joined", ANN), hook("participant_left", ANN))
        joining = models.ParticipantInfo(sid="PA_eve", identity="eve")

        assert compare(mirror, ANN, joining, tell_all=True) == []

    def test_keeps_who_came_while_it_was_asking(self) -> None:
        mirror = Mirror()
        known = mirror.sids()
        take(mirror, hook("participant_joined", ANN))

        told = list(mirror.compare({TEA.sid: (TEA, [])}, known, tell_all=False))

        assert told == []
        assert "PA_ann" in mirror.people

    def test_finishes_rooms_that_are_gone(self) -> None:
        mirror = Mirror()
        take(mirror, hook("participant_joined", ANN))

        told = [_words(t) for t in mirror.compare({}, mirror.sids(), tell_all=False)]

        assert told == ["ParticipantLeft ann", "RoomFinished"]
