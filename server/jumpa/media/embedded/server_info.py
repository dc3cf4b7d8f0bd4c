"""What clients are told about the server."""

from livekit.protocol import models

# The version of LiveKit's server whose behaviour clients may expect; they compare it before
# they use RPC (1.8.0) and data streams.
LIVEKIT_VERSION = "1.9.0"
_LIVEKIT_PROTOCOL = 16


def server_info() -> models.ServerInfo:
    """Return who we are; the Go client insists on the edition."""
    return models.ServerInfo(
        edition=models.ServerInfo.Edition.Standard,
        version=LIVEKIT_VERSION,
        protocol=_LIVEKIT_PROTOCOL,
        debug_info="Jumpa",
    )
