"""Builds every part once and joins them; the only floor that knows all."""
