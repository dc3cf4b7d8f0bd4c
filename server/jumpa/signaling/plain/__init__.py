"""The plain socket at /ws: JSON for pages that have RTCPeerConnection and WebSocket only."""

from jumpa.signaling.plain.crowd import Crowd
from jumpa.signaling.plain.routes import routes

__all__ = ["Crowd", "routes"]
