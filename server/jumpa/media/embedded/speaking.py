"""Who is told that somebody speaks: those who receive something of theirs, and themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from livekit.protocol import models, rtc

from jumpa.media.embedded.participants import LiveParticipant
from jumpa.media.embedded.rooms import LiveRoom, Speaker


def changed(room: LiveRoom, speakers: Iterable[models.SpeakerInfo]) -> None:
    """Tell of those who have begun to speak, have ended or are louder or softer."""
    news: defaultdict[str, list[models.SpeakerInfo]] = defaultdict(list)
    for info in speakers:
        before = room.speakers.pop(info.sid, None)
        listeners = _listeners(room, info.sid) if info.active else set()
        if listeners:
            room.speakers[info.sid] = Speaker(info, listeners)
        for sid in listeners:
            news[sid].append(info)
        # Whoever was told that somebody speaks is told of the end, even without a track of theirs.
        for sid in before.listeners - listeners if before is not None else ():
            news[sid].append(_silent(info.sid))
    for sid, infos in news.items():
        if sid in room.participants:
            _tell(room.participants[sid], infos)


def tell_of(room: LiveRoom, participant: LiveParticipant, publisher_sid: str) -> None:
    """Tell somebody who has just subscribed that the publisher is speaking."""
    speaker = room.speakers.get(publisher_sid)
    if speaker is not None and participant.sid not in speaker.listeners:
        speaker.listeners.add(participant.sid)
        _tell(participant, [speaker.info])


def tell_all_to(room: LiveRoom, participant: LiveParticipant) -> None:
    """Tell somebody who may have missed it who speaks, and of all others that they do not."""
    infos = []
    for sid, other in room.participants.items():
        speaker = room.speakers.get(sid)
        if speaker is not None and participant.sid in speaker.listeners:
            infos.append(speaker.info)
        elif not other.is_hidden:
            infos.append(_silent(sid))
    if infos:
        _tell(participant, infos)


def _listeners(room: LiveRoom, publisher_sid: str) -> set[str]:
    publisher = room.participants.get(publisher_sid)
    if publisher is None or publisher.is_hidden:
        return set()
    return {publisher_sid}.union(*(track.subscriber_sids for track in publisher.tracks.values()))


def _silent(sid: str) -> models.SpeakerInfo:
    return models.SpeakerInfo(sid=sid, level=0, active=False)


def _tell(participant: LiveParticipant, speakers: Iterable[models.SpeakerInfo]) -> None:
    changed = rtc.SpeakersChanged(speakers=speakers)
    participant.send(rtc.SignalResponse(speakers_changed=changed))
