"""What is said on the wire: LiveKit's signalling and its server API."""
