"""One process at a time, where two would write the same files."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from harness.servers import OUT


@contextmanager
def one_at_a_time(what: str) -> Iterator[None]:
    """Hold the lock of this name; whoever comes second waits and finds things finished."""
    OUT.mkdir(parents=True, exist_ok=True)
    with (OUT / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
