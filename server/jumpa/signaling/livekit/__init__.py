"""LiveKit's signalling: protobuf over the WebSocket at /rtc."""

from jumpa.signaling.livekit.routes import routes

__all__ = ["routes"]
