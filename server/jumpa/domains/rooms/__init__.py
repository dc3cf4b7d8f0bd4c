"""Rooms: a code that people share, a host, and an end."""
