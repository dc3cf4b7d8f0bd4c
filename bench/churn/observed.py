"""The server, which also says what it holds: SIGUSR1 asks for little, SIGUSR2 for all objects."""

import _sqlite3
import asyncio
import ctypes
import gc
import json
import os
import signal
from collections import Counter
from pathlib import Path
from types import FrameType

from jumpa.cli import main

PLACE = "BENCH_COUNTS"
_MOST = 40
_sqlite_bytes = ctypes.CDLL(_sqlite3.__file__).sqlite3_memory_used
_sqlite_bytes.restype = ctypes.c_int64


def write(number: int, _frame: FrameType | None) -> None:
    """Write the counts where the environment says; the file is there when it is whole."""
    found: dict[str, object] = {"sqlite_bytes": _sqlite_bytes()}
    if number == signal.SIGUSR2:
        gc.collect()
        kinds = Counter(type(one).__qualname__ for one in gc.get_objects())
        found["kinds"] = dict(kinds.most_common(_MOST))
    try:
        found["tasks"] = len(asyncio.all_tasks())
    except RuntimeError:
        # Between two turns of the loop; the asker asks again.
        return
    place = Path(os.environ[PLACE])
    draft = place.with_suffix(".draft")
    draft.write_text(json.dumps(found))
    draft.rename(place)


if __name__ == "__main__":
    signal.signal(signal.SIGUSR1, write)
    signal.signal(signal.SIGUSR2, write)
    main()
