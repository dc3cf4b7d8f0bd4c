"""The engine that asks a LiveKit server or cluster, instead of running media itself."""
