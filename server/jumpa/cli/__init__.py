"""What people type: jumpa serve, doctor, token, config, user, migrate, audit, keys."""

from jumpa.cli.commands import main

__all__ = ["main"]
