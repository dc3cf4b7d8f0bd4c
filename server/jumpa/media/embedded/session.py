"""What one client may do in its room: every signal request ends in one of these methods."""

from __future__ import annotations

import json
from collections.abc import Collection

from livekit.protocol import models, rtc

from jumpa.media.access import Claims
from jumpa.media.embedded import permitting, publishing, resuming, sfu_pb2, simulating, subscribing
from jumpa.media.embedded.participants import LiveParticipant, Uplink
from jumpa.media.embedded.rooms import LiveRoom
from jumpa.media.errors import InvalidRequestError, NotPermittedError

_CANDIDATE_CHARACTERS = 1024
_SDP_VERSION = "v=0"
_Action = rtc.LeaveRequest.Action
_Reason = models.DisconnectReason


class LiveSession:
    """One participant's place in one room, as held by one signal connection."""

    def __init__(self, room: LiveRoom, participant: LiveParticipant) -> None:
        self.room = room
        self.participant = participant
        self._signal = participant.signal

    @property
    def has_ended(self) -> bool:
        """Whether the participant is out, by whatever cause, or has come back by another way."""
        return self.participant.has_left or self.participant.signal is not self._signal

    def offer(self, request: rtc.SessionDescription) -> None:
        """Pass the publisher connection's offer on."""
        self._check_sdp(request.sdp)
        if self.participant.uplink is Uplink.ABSENT:
            self.participant.uplink = Uplink.COMING
        offer = sfu_pb2.PublisherOffer(
            participant_sid=self.participant.sid, id=request.id, sdp=request.sdp
        )
        self._send(sfu_pb2.Command(publisher_offer=offer))

    def answer(self, request: rtc.SessionDescription) -> None:
        """Pass the subscriber connection's answer on."""
        self._check_sdp(request.sdp)
        answer = sfu_pb2.SubscriberAnswer(
            participant_sid=self.participant.sid, id=request.id, sdp=request.sdp
        )
        self._send(sfu_pb2.Command(subscriber_answer=answer))

    def trickle(self, request: rtc.TrickleRequest) -> None:
        """Pass a candidate on; `candidateInit` is a JSON RTCIceCandidateInit."""
        candidate = _candidate(request.candidateInit) if request.candidateInit else ""
        self.participant.candidates += 1
        if self.participant.candidates > self.room.ports.config.limits.candidates_per_participant:
            return
        if candidate and not request.final:
            self._add_candidate(request.target, candidate)
        elif candidate:
            self._add_candidate(request.target, candidate)
            self._add_candidate(request.target, "")
        else:
            self._add_candidate(request.target, "")

    def add_track(self, request: rtc.AddTrackRequest) -> models.TrackInfo:
        """Announce a track; an offer with its m-line follows."""
        return publishing.add_track(self.room, self.participant, request)

    def mute(self, track_sid: str, *, muted: bool) -> None:
        """Mute or unmute a track of one's own; an unknown one has just ended."""
        track = self.participant.tracks.get(track_sid)
        if track is not None:
            publishing.set_muted(self.room, track, muted=muted)

    def update_layers(self, request: rtc.UpdateVideoLayers) -> None:
        """Note which sizes of one's own track are sent by choice; an unknown one has just ended."""
        track = self.participant.tracks.get(request.track_sid)
        if track is not None:
            track.is_held_small = len(request.layers) < len(track.info.layers)

    def update_subscription(self, request: rtc.UpdateSubscription) -> None:
        """Subscribe or unsubscribe by track sids and by participants' tracks."""
        sids = list(request.track_sids)
        for group in request.participant_tracks:
            sids.extend(group.track_sids)
        self._check_count(sids)
        for sid in dict.fromkeys(sids):
            subscribing.update(self.room, self.participant, sid, wanted=request.subscribe)

    def update_track_settings(self, request: rtc.UpdateTrackSettings) -> None:
        """Follow what the client's elements show."""
        self._check_count(request.track_sids)
        subscribing.update_settings(self.room, self.participant, request)

    def restrict_subscribers(self, request: rtc.SubscriptionPermission) -> None:
        """Let everybody subscribe to one's own tracks, or only those who are named."""
        permitting.permit(self.room, self.participant, request)

    def update_metadata(self, request: rtc.UpdateParticipantMetadata) -> None:
        """Change one's own name, metadata and attributes; an empty attribute is deleted."""
        participant, limits = self.participant, self.room.ports.config.limits
        if not participant.claims.video.may_update_own_metadata:
            raise NotPermittedError("the token does not allow to update one's own metadata")
        attributes = {**participant.attributes, **request.attributes}
        attributes = {name: value for name, value in attributes.items() if value}
        check_profile(limits.name_characters, limits.metadata_bytes, request.name, request.metadata)
        if attributes_bytes(attributes) > limits.attributes_bytes:
            raise InvalidRequestError(f"attributes have at most {limits.attributes_bytes} bytes")
        participant.name = request.name or participant.name
        participant.metadata = request.metadata or participant.metadata
        participant.attributes = attributes
        self.room.announce(participant)

    def leave(self) -> None:
        """Leave by one's own wish."""
        self.room.remove(self.participant, _Reason.CLIENT_INITIATED, None)

    def lost(self) -> None:
        """The signal connection is gone; the participant may come back over another."""
        if not self.has_ended:
            resuming.detach(self.room, self.participant)

    def drop(self) -> None:
        """Forget the participant without a word, as a server does that dies."""
        self.room.remove(self.participant, _Reason.SIGNAL_CLOSE, None)

    def sync(self, state: rtc.SyncState) -> None:
        """Compare what a client that has come back believes with what is here."""
        known = self.participant.tracks
        if any(published.track.sid not in known for published in state.publish_tracks):
            self.room.remove(self.participant, _Reason.STATE_MISMATCH, _Action.RECONNECT)
            return
        self._check_count(state.track_sids_disabled)
        wish = rtc.UpdateSubscription()
        wish.CopyFrom(state.subscription)
        sids = [*wish.track_sids, *(s for g in wish.participant_tracks for s in g.track_sids)]
        self._check_count(sids)
        for sid in dict.fromkeys(sids):
            if sid in self.room.tracks:
                subscribing.update(self.room, self.participant, sid, wanted=wish.subscribe)
        disabled = rtc.UpdateTrackSettings(track_sids=state.track_sids_disabled, disabled=True)
        subscribing.update_settings(self.room, self.participant, disabled)

    def refuse(self) -> None:
        """Send a client away that does not speak the protocol."""
        if not self.has_ended:
            self.room.remove(self.participant, _Reason.STATE_MISMATCH, _Action.DISCONNECT)

    def simulate(self, scenario: rtc.SimulateScenario) -> None:
        """Play what a client wants to try."""
        simulating.simulate(self.room, self.participant, scenario)

    def claims_now(self) -> Claims:
        """Return the token's claims with what has changed since, for a refreshed token."""
        participant = self.participant
        changed = {
            "name": participant.name,
            "metadata": participant.metadata,
            "attributes": participant.attributes,
        }
        return participant.claims.model_copy(update=changed)

    def _check_count(self, track_sids: Collection[str]) -> None:
        limit = self.room.ports.config.limits.tracks_per_request
        if len(track_sids) > limit:
            raise InvalidRequestError(f"a request names at most {limit} tracks")

    def _check_sdp(self, sdp: str) -> None:
        limit = self.room.ports.config.limits.sdp_bytes
        if len(sdp.encode()) > limit:
            raise InvalidRequestError(f"an SDP has at most {limit} bytes")
        if not sdp.startswith(_SDP_VERSION):
            raise InvalidRequestError(f"an SDP begins with {_SDP_VERSION} (RFC 8866)")

    def _add_candidate(self, target: int, candidate: str) -> None:
        subscriber = target == rtc.SignalTarget.SUBSCRIBER
        message = sfu_pb2.AddIceCandidate(
            participant_sid=self.participant.sid,
            target=sfu_pb2.TARGET_SUBSCRIBER if subscriber else sfu_pb2.TARGET_PUBLISHER,
            candidate=candidate,
        )
        self._send(sfu_pb2.Command(add_ice_candidate=message))

    def _send(self, command: sfu_pb2.Command) -> None:
        if not self.participant.has_left:
            self.room.ports.send(command)


def check_profile(name_characters: int, metadata_bytes: int, name: str, metadata: str) -> None:
    """Raise InvalidRequestError when a name or metadata is too long."""
    if len(name) > name_characters:
        raise InvalidRequestError(f"a name has at most {name_characters} characters")
    if len(metadata.encode()) > metadata_bytes:
        raise InvalidRequestError(f"metadata has at most {metadata_bytes} bytes")


def attributes_bytes(attributes: dict[str, str]) -> int:
    """Return what LiveKit counts against its limit: the bytes of names and values."""
    return sum(len(name.encode()) + len(value.encode()) for name, value in attributes.items())


def _candidate(init: str) -> str:
    try:
        value = json.loads(init)["candidate"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InvalidRequestError("a candidate is a JSON RTCIceCandidateInit") from error
    if not isinstance(value, str) or len(value) > _CANDIDATE_CHARACTERS:
        raise InvalidRequestError("a candidate is a short text")
    return value
