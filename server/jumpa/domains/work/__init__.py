"""Durable work as administrators see it."""
