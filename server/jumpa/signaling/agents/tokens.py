"""The token with which an agent joins."""

from datetime import timedelta

from livekit.protocol import agent, models

from jumpa.media.access import Claims, TokenVerifier, VideoGrants, mint
from jumpa.signaling.agents.jobs import LiveJob
from jumpa.signaling.agents.workers import Worker

NAME_ATTRIBUTE = "lk.agent_name"
_LIFETIME = timedelta(hours=1)
_SOURCES = {number: name.lower() for name, number in models.TrackSource.items()}


def agent_token(
    verifier: TokenVerifier, worker: Worker, live: LiveJob, said: agent.AvailabilityResponse
) -> str:
    """Return it, signed by the key with which the worker came."""
    permission = worker.permission
    video = VideoGrants(
        room_join=True,
        room=live.job.room.name,
        agent=True,
        hidden=permission.hidden,
        can_publish=permission.can_publish,
        can_subscribe=permission.can_subscribe,
        can_publish_data=permission.can_publish_data,
        can_publish_sources=tuple(
            _SOURCES[source] for source in permission.can_publish_sources if source in _SOURCES
        ),
        can_update_own_metadata=permission.can_update_metadata,
    )
    claims = Claims(
        identity=said.participant_identity,
        name=said.participant_name,
        metadata=said.participant_metadata,
        attributes={**said.participant_attributes, NAME_ATTRIBUTE: worker.name},
        kind="agent",
        video=video,
    )
    return mint(
        api_key=worker.api_key,
        secret=verifier.keys[worker.api_key],
        claims=claims,
        clock=verifier.clock,
        lifetime=_LIFETIME,
    )
