"""All live rooms of this server, by name."""

from __future__ import annotations

from livekit.protocol import models, rtc
from livekit.protocol import room as room_messages

from jumpa.media.access import Claims
from jumpa.media.configuration import room_of
from jumpa.media.embedded import resuming, subscribing
from jumpa.media.embedded.joining import join_response, new_participant
from jumpa.media.embedded.participants import JoinOptions, LiveParticipant, SignalSink
from jumpa.media.embedded.permitting import permissions
from jumpa.media.embedded.ports import Ports
from jumpa.media.embedded.rooms import LiveRoom, RoomOptions
from jumpa.media.embedded.session import LiveSession
from jumpa.media.errors import (
    InvalidRequestError,
    LiveRoomNotFoundError,
    ParticipantNotFoundError,
    TooManyRoomsError,
)


class Directory:
    """Live rooms by name; a room that has closed is not in it."""

    def __init__(self, ports: Ports) -> None:
        self.ports = ports
        self._rooms: dict[str, LiveRoom] = {}

    def list_rooms(self) -> list[LiveRoom]:
        """Return every live room."""
        self._drop_closed()
        return list(self._rooms.values())

    def find_room(self, name: str) -> LiveRoom | None:
        """Return the live room of this name, if there is one."""
        room = self._rooms.get(name)
        return None if room is None or room.is_closed else room

    def get_room(self, name: str) -> LiveRoom:
        """Return the live room of this name; raises LiveRoomNotFoundError."""
        room = self.find_room(name)
        if room is None:
            raise LiveRoomNotFoundError
        return room

    def get_participant(self, name: str, identity: str) -> tuple[LiveRoom, LiveParticipant]:
        """Return a participant and its room; raises ParticipantNotFoundError."""
        room = self.find_room(name)
        participant = None if room is None else room.by_identity(identity)
        if room is None or participant is None:
            raise ParticipantNotFoundError
        return room, participant

    def create(self, request: room_messages.CreateRoomRequest) -> LiveRoom:
        """Open the room, or return the one that is open."""
        existing = self.find_room(request.name)
        if existing is not None:
            return existing
        self._drop_closed()
        limits, timings = self.ports.config.limits, self.ports.config.timings
        if not request.name or len(request.name) > limits.room_name_characters:
            raise InvalidRequestError(
                f"a room name has 1 to {limits.room_name_characters} characters"
            )
        if len(request.metadata.encode()) > limits.metadata_bytes:
            raise InvalidRequestError(f"metadata has at most {limits.metadata_bytes} bytes")
        if len(self._rooms) >= limits.rooms:
            raise TooManyRoomsError
        options = RoomOptions(
            empty_timeout_s=request.empty_timeout or timings.empty_timeout_s,
            departure_timeout_s=request.departure_timeout or timings.departure_timeout_s,
            max_participants=request.max_participants,
            metadata=request.metadata,
            agents=tuple(request.agents),
        )
        room = LiveRoom(request.name, options, self.ports)
        self._rooms[room.name] = room
        return room

    def check_capacity(self, claims: Claims) -> None:
        """Raise when the room that these claims name has no place left."""
        room = self.find_room(claims.video.room)
        if room is not None:
            room.check_capacity(claims.identity)

    def join(
        self, claims: Claims, options: JoinOptions, signal: SignalSink, token: str
    ) -> LiveSession:
        """Enter the room that the claims name; `token` is what the client comes back with."""
        room = self.create(room_of(claims))
        participant = new_participant(claims, options, signal, self.ports)
        room.enter(participant)
        participant.send(rtc.SignalResponse(join=join_response(room, participant)))
        # A browser takes in one message after the other, and the connection waits for the offer.
        participant.after_offer = [
            rtc.SignalResponse(refresh_token=token),
            *permissions(room, participant),
        ]
        if not participant.has_subscriber_connection:
            participant.release()
        room.admit(participant)
        if options.is_single and not participant.is_held:
            # The answer to its first offer brings them.
            subscribing.offer_existing(room, participant)
        return LiveSession(room, participant)

    def resume(
        self, claims: Claims, options: JoinOptions, sid: str, signal: SignalSink, token: str
    ) -> LiveSession:
        """Go on as a participant that is still here; raises ParticipantNotFoundError."""
        found = self.find_participant(sid)
        if found is None or found[0].name != claims.video.room:
            raise ParticipantNotFoundError
        room, participant = found
        is_other_protocol = participant.options.is_single != options.is_single
        if participant.identity != claims.identity or is_other_protocol:
            raise ParticipantNotFoundError
        resuming.resume(room, participant, signal, token)
        return LiveSession(room, participant)

    def find_participant(self, sid: str) -> tuple[LiveRoom, LiveParticipant] | None:
        """Return the participant with this sid, and its room."""
        for room in self._rooms.values():
            if sid in room.participants:
                return room, room.participants[sid]
        return None

    def find_room_by_sid(self, sid: str) -> LiveRoom | None:
        """Return the room with this sid."""
        return next((room for room in self._rooms.values() if room.sid == sid), None)

    def empty(self, reason: models.DisconnectReason) -> None:
        """Send everybody away to join anew; the rooms stay open."""
        for room in self.list_rooms():
            room.remove_all(reason, rtc.LeaveRequest.Action.RECONNECT)

    def close(self) -> None:
        """Close every room."""
        for room in self.list_rooms():
            room.close(models.DisconnectReason.SERVER_SHUTDOWN)

    def _drop_closed(self) -> None:
        self._rooms = {name: room for name, room in self._rooms.items() if not room.is_closed}
