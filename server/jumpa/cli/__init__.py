"""What people type: jumpa serve, doctor, token, config."""

from jumpa.cli.commands import main

__all__ = ["main"]
