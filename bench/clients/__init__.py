"""How fast LiveKit's own client gets in, sees, and comes back."""
