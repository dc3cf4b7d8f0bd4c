"""LiveKit's server API: Twirp over HTTP."""

from jumpa.signaling.twirp.routes import routes

__all__ = ["routes"]
