"""Webhooks: LiveKit's words to other servers about what happens in live rooms."""
