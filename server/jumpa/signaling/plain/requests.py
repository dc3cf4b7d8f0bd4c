"""Turns what a plain client says about media into LiveKit's signalling."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from livekit.protocol import models, rtc

from jumpa.media.embedded.participants import LiveParticipant
from jumpa.signaling.plain import messages
from jumpa.signaling.plain.people import source_of
from jumpa.signaling.plain.sections import SentTrack, sent_tracks

_Source = models.TrackSource
_SCREEN = {"audio": _Source.SCREEN_SHARE_AUDIO, "video": _Source.SCREEN_SHARE}
_DEVICE = {"audio": _Source.MICROPHONE, "video": _Source.CAMERA}
_TYPES = {"audio": models.TrackType.AUDIO, "video": models.TrackType.VIDEO}


@dataclass(slots=True)
class Wishes:
    """What one client wants: it may say so before there is a track that it is about."""

    muted: set[int] = field(default_factory=set)
    is_sharing: bool = False

    def requests(
        self, participant: LiveParticipant, said: messages.Media
    ) -> Iterator[rtc.SignalRequest]:
        """Yield the requests that a message becomes."""
        return _TRANSLATORS[type(said)](self, participant, said)

    def _offer(
        self, participant: LiveParticipant, said: messages.Offer
    ) -> Iterator[rtc.SignalRequest]:
        known = {track.cid for track in participant.tracks.values()}
        for track in sent_tracks(said.sdp):
            if track.track_id not in known:
                yield rtc.SignalRequest(add_track=self._announcement(participant, track))
        offer = rtc.SessionDescription(type="offer", sdp=said.sdp, id=said.id)
        yield rtc.SignalRequest(offer=offer)

    def _announcement(self, participant: LiveParticipant, track: SentTrack) -> rtc.AddTrackRequest:
        device, screen = _DEVICE[track.kind], _SCREEN[track.kind]
        is_taken = any(t.info.source == screen for t in participant.tracks.values())
        source = screen if self.is_sharing and not is_taken else device
        return rtc.AddTrackRequest(
            cid=track.track_id,
            type=_TYPES[track.kind],
            source=source,
            muted=source in self.muted,
        )

    def _candidate(
        self, _participant: LiveParticipant, said: messages.IceCandidate
    ) -> Iterator[rtc.SignalRequest]:
        candidate = said.candidate if said.candidate and said.candidate.get("candidate") else None
        trickle = rtc.TrickleRequest(
            target=rtc.SignalTarget.PUBLISHER,
            candidateInit=json.dumps(candidate) if candidate else "",
            final=candidate is None,
        )
        yield rtc.SignalRequest(trickle=trickle)

    def _mute(
        self, participant: LiveParticipant, said: messages.Mute
    ) -> Iterator[rtc.SignalRequest]:
        return self._switch(participant, {_Source.MICROPHONE}, muted=said.muted)

    def _video(
        self, participant: LiveParticipant, said: messages.Video
    ) -> Iterator[rtc.SignalRequest]:
        return self._switch(participant, {_Source.CAMERA}, muted=not said.enabled)

    def _screen_share(
        self, participant: LiveParticipant, said: messages.ScreenShare
    ) -> Iterator[rtc.SignalRequest]:
        self.is_sharing = said.enabled
        return self._switch(participant, set(_SCREEN.values()), muted=not said.enabled)

    def _switch(
        self, participant: LiveParticipant, sources: set[models.TrackSource], *, muted: bool
    ) -> Iterator[rtc.SignalRequest]:
        self.muted = self.muted | sources if muted else self.muted - sources
        for track in participant.tracks.values():
            if source_of(track.info) in sources:
                yield rtc.SignalRequest(mute=rtc.MuteTrackRequest(sid=track.sid, muted=muted))


_TRANSLATORS: dict[type[messages.Media], Callable[..., Iterator[Any]]] = {
    messages.Offer: Wishes._offer,  # noqa: SLF001  # the table belongs to the class
    messages.IceCandidate: Wishes._candidate,  # noqa: SLF001  # likewise
    messages.Mute: Wishes._mute,  # noqa: SLF001  # likewise
    messages.Video: Wishes._video,  # noqa: SLF001  # likewise
    messages.ScreenShare: Wishes._screen_share,  # noqa: SLF001  # likewise
}
