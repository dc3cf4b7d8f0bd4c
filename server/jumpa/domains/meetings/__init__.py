"""Meetings that are planned: when they take place, and who is invited."""
