"""Organisations: who is kept apart from whom."""
