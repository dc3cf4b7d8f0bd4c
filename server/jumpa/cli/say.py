"""What commands print."""

import sys


def say(*lines: str) -> None:
    """Print lines at once."""
    if lines:
        sys.stdout.write("\n".join(lines) + "\n")
        sys.stdout.flush()
