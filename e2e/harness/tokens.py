"""Tokens that the tests use, every one remembered so that the logs can be searched for it."""

from datetime import timedelta

from livekit import api

from harness.servers import KEY, OUT, SECRET

USED = OUT / "tokens"


def remember(token: str) -> str:
    """Note a token that is about to be used."""
    USED.parent.mkdir(parents=True, exist_ok=True)
    with USED.open("a") as sink:
        sink.write(token + "\n")
    return token


def mint(
    room: str,
    identity: str,
    *,
    secret: str = SECRET,
    ttl: timedelta = timedelta(minutes=10),
    grants: api.VideoGrants | None = None,
) -> str:
    """A LiveKit token made by LiveKit's own library."""
    token = (
        api.AccessToken(KEY, secret)
        .with_identity(identity)
        .with_name(identity.title())
        .with_ttl(ttl)
        .with_grants(grants or api.VideoGrants(room_join=True, room=room))
    )
    return remember(token.to_jwt())
