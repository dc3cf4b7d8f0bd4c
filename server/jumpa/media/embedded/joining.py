"""Joining: limits, the JoinResponse, and the token that a client comes back with."""

import secrets

from livekit.protocol import models, rtc

from jumpa.media.access import Claims
from jumpa.media.configuration import room_of
from jumpa.media.embedded.participants import JoinOptions, LiveParticipant, SignalSink
from jumpa.media.embedded.ports import Ports
from jumpa.media.embedded.rooms import LiveRoom
from jumpa.media.embedded.server_info import LIVEKIT_VERSION, server_info
from jumpa.media.embedded.session import attributes_bytes, check_profile
from jumpa.media.embedded.settings import Limits
from jumpa.media.embedded.tracks import ENABLED_CODECS
from jumpa.media.errors import InvalidRequestError, MissingGrantError

_TRAILER_BYTES = 16
# After a full reconnect livekit-client 2.23 says `reconnected` up to two seconds before it hands
# events on again; what it hears of others in between never reaches the page.
_SDK_THAT_LOSES_EVENTS = "js"


def check_claims(claims: Claims, limits: Limits) -> None:
    """Raise when these claims cannot join: no grant, no identity, or too long."""
    if not claims.video.room_join:
        raise MissingGrantError("the token does not grant roomJoin")
    if not claims.identity:
        raise InvalidRequestError("the token has no identity (sub)")
    if not claims.video.room:
        raise InvalidRequestError("the token names no room")
    if len(claims.identity) > limits.identity_characters:
        raise InvalidRequestError(
            f"an identity has at most {limits.identity_characters} characters"
        )
    if len(claims.video.room) > limits.room_name_characters:
        raise InvalidRequestError(
            f"a room name has at most {limits.room_name_characters} characters"
        )
    room_of(claims)
    check_profile(limits.name_characters, limits.metadata_bytes, claims.name, claims.metadata)
    if attributes_bytes(claims.attributes) > limits.attributes_bytes:
        raise InvalidRequestError(f"attributes have at most {limits.attributes_bytes} bytes")


def new_participant(
    claims: Claims, options: JoinOptions, signal: SignalSink, ports: Ports
) -> LiveParticipant:
    """Return a participant in state JOINING."""
    return LiveParticipant(
        sid=ports.new_sid("PA_"),
        claims=claims,
        options=options,
        signal=signal,
        joined_at=ports.clock(),
        name=claims.name,
        metadata=claims.metadata,
        attributes=dict(claims.attributes),
        is_held=claims.refreshed and options.sdk == _SDK_THAT_LOSES_EVENTS,
    )


def join_response(room: LiveRoom, participant: LiveParticipant) -> rtc.JoinResponse:
    """Return what a client is told first."""
    timings = room.ports.config.timings
    others = [
        other.info()
        for other in room.participants.values()
        if other is not participant and room.is_known(other)
    ]
    return rtc.JoinResponse(
        room=room.info(),
        participant=participant.info(),
        other_participants=others,
        server_version=LIVEKIT_VERSION,
        ice_servers=[],
        subscriber_primary=participant.has_subscriber_connection,
        client_configuration=models.ClientConfiguration(),
        ping_timeout=max(1, int(timings.ping_timeout_s)),
        ping_interval=max(1, int(timings.ping_interval_s)),
        server_info=server_info(),
        sif_trailer=secrets.token_bytes(_TRAILER_BYTES),
        enabled_publish_codecs=[models.Codec(mime=mime) for mime in ENABLED_CODECS],
        fast_publish=participant.claims.video.may_publish,
    )
