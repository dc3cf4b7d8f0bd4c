"""Turns LiveKit's signalling into what plain clients read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus

from livekit.protocol import models, rtc

from jumpa.signaling.plain.people import Told, changes, described, person

_Reason = models.DisconnectReason
_GONE = models.ParticipantInfo.State.DISCONNECTED
NORMAL = 1000
# RFC 6455 and its registry: the server restarts, come again.
_RESTARTING = 1012
_APPLICATION = 4000
_CLOSE_CODES = {
    _Reason.CLIENT_INITIATED: NORMAL,
    _Reason.DUPLICATE_IDENTITY: _APPLICATION + HTTPStatus.CONFLICT,
    _Reason.PARTICIPANT_REMOVED: _APPLICATION + HTTPStatus.FORBIDDEN,
    _Reason.ROOM_DELETED: _APPLICATION + HTTPStatus.GONE,
    _Reason.ROOM_CLOSED: _APPLICATION + HTTPStatus.GONE,
    _Reason.STATE_MISMATCH: _APPLICATION + HTTPStatus.BAD_REQUEST,
    _Reason.SERVER_SHUTDOWN: _RESTARTING,
    _Reason.MEDIA_FAILURE: _RESTARTING,
}


def close_code(reason: models.DisconnectReason) -> int:
    """Return the code with which the socket closes: below 4000, come again at once."""
    return _CLOSE_CODES.get(reason, _RESTARTING)


@dataclass(slots=True)
class Teller:
    """Knows what one client was told of the others, and tells what is new."""

    people: dict[str, Told] = field(default_factory=dict)
    tracks: dict[str, Told] = field(default_factory=dict)
    reason: models.DisconnectReason = _Reason.CLIENT_INITIATED

    def tell(self, response: rtc.SignalResponse) -> Iterator[Told]:
        """Yield the messages that a response becomes; most become none."""
        kind = response.WhichOneof("message") or ""
        teller = _TELLERS.get(kind)
        return teller(self, response) if teller else iter(())

    def _join(self, response: rtc.SignalResponse) -> Iterator[Told]:
        me = person(response.join.participant)
        others = [person(info) for info in response.join.other_participants]
        self.people = {str(one["sid"]): one for one in (me, *others)}
        self._learn(response.join.other_participants)
        yield {
            "type": "join_room",
            "roomId": response.join.room.name,
            "user": me,
            "users": others,
            "iceServers": [],
        }

    def _update(self, response: rtc.SignalResponse) -> Iterator[Told]:
        self._learn(response.update.participants)
        for info in response.update.participants:
            known = self.people.get(info.sid)
            if info.state == _GONE:
                if self.people.pop(info.sid, None) is not None:
                    reason = _Reason.Name(info.disconnect_reason).lower()
                    yield {"type": "user-left", "userId": info.identity, "reason": reason}
                continue
            now = self.people[info.sid] = person(info)
            if known is None:
                yield {"type": "user-joined", "user": now}
            else:
                yield from changes(known, now)

    def _learn(self, people: Iterable[models.ParticipantInfo]) -> None:
        """Note whose each track is; an answer names tracks that were told before."""
        for info in people:
            self.tracks = {s: t for s, t in self.tracks.items() if t["userId"] != info.identity}
            for track in info.tracks:
                self.tracks[track.sid] = described(info, track)

    def _answer(self, response: rtc.SignalResponse) -> Iterator[Told]:
        answer = response.answer
        brought = {
            mid: self.tracks[sid]
            for mid, sid in answer.mid_to_track_id.items()
            if sid in self.tracks
        }
        yield {"type": "answer", "id": answer.id, "sdp": answer.sdp, "tracks": brought}

    def _negotiate(self, response: rtc.SignalResponse) -> Iterator[Told]:
        required = response.media_sections_requirement
        yield {"type": "negotiate", "audio": required.num_audios, "video": required.num_videos}

    def _leave(self, response: rtc.SignalResponse) -> Iterator[Told]:
        self.reason = response.leave.reason
        yield {"type": "leave_room", "reason": _Reason.Name(self.reason).lower()}

    def _refused(self, response: rtc.SignalResponse) -> Iterator[Told]:
        refused = response.request_response
        if refused.reason != rtc.RequestResponse.Reason.OK:
            code = rtc.RequestResponse.Reason.Name(refused.reason).lower()
            yield {"type": "error", "code": code, "message": refused.message}


_TELLERS: dict[str, Callable[[Teller, rtc.SignalResponse], Iterator[Told]]] = {
    "join": Teller._join,  # noqa: SLF001  # the table belongs to the class
    "update": Teller._update,  # noqa: SLF001  # likewise
    "answer": Teller._answer,  # noqa: SLF001  # likewise
    "media_sections_requirement": Teller._negotiate,  # noqa: SLF001  # likewise
    "leave": Teller._leave,  # noqa: SLF001  # likewise
    "request_response": Teller._refused,  # noqa: SLF001  # likewise
}
