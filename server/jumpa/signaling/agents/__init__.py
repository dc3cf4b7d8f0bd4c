"""LiveKit's agents: workers that wait for jobs, and rooms that have some."""

from jumpa.signaling.agents.dispatching import Dispatcher
from jumpa.signaling.agents.routes import routes

__all__ = ["Dispatcher", "routes"]
