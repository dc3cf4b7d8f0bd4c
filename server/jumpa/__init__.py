"""A meeting server that you install with pip."""

from importlib.metadata import version

__version__ = version("jumpa")
