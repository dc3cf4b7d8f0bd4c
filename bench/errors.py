"""What stops a comparison."""


class BenchError(Exception):
    """A sentence that says what is missing or went wrong."""
