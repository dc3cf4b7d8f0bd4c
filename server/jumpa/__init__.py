"""A meeting server that you install with pip."""
