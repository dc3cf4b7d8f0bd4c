"""Identities in live rooms, and whose they are."""

_BEHIND = "#"


def owner_of(identity: str) -> str:
    """Return whose it is: a second connection that only publishes has its name behind the first."""
    return identity.partition(_BEHIND)[0]
