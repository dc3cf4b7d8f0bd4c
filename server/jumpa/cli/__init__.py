"""What people type, such as jumpa serve: every command and what it prints."""

from jumpa.cli.commands import main

__all__ = ["main"]
