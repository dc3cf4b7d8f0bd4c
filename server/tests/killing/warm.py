"""Starts `jumpa` again and again without loading it again: a fork has everything already.

Reads a line for each wish, `{"folder", "words", "variables"}` or `{"wait": pid}`, and answers
with a pid or an exit status.
"""

import json
import os
import sys

from jumpa.api.table import endpoints
from jumpa.app import running
from jumpa.cli import main

LOADED = (endpoints(), running)


def become(folder: str, words: list[str], variables: dict[str, str]) -> None:
    """Be `jumpa` from now on."""
    os.setsid()
    os.chdir(folder)
    for name in [name for name in os.environ if name.startswith("JUMPA_")]:
        del os.environ[name]
    os.environ.update(variables)
    null = os.open(os.devnull, os.O_RDWR)
    log = os.open("log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for kept, replaced in ((null, 0), (null, 1), (log, 2)):
        os.dup2(kept, replaced)
    main(words)


for line in sys.stdin:
    wish = json.loads(line)
    if "wait" in wish:
        answer = os.waitstatus_to_exitcode(os.waitpid(wish["wait"], 0)[1])
    else:
        answer = os.fork()
        if not answer:
            become(**wish)
    sys.stdout.write(f"{answer}\n")
    sys.stdout.flush()
