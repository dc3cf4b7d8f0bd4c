"""The commands for backups."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from jumpa.cli.flags import KeyFlags, settings_of
from jumpa.cli.say import say

_FLAGS = KeyFlags()
_Replace = Annotated[
    bool, Parameter(help="Put what the data folder holds aside, beside it.", negative=())
]


def backup(target: Path, *, flags: KeyFlags = _FLAGS) -> None:
    """Write a backup into a file or folder, while the server runs or not.

    It holds the database, the keys and the files that people sent: keep it secret. What lies in a
    bucket and the settings file are not in it.
    """
    from jumpa.app.backup import back_up  # noqa: PLC0415  # as slow to load as a server
    from jumpa.kit.clock import system_clock  # noqa: PLC0415  # the same

    made = back_up(settings_of(flags), target, system_clock())
    say(f"{made.path} {made.size} bytes, {made.files} files of people. Keep it secret.")


def restore(source: Path, *, replace: _Replace = False, flags: KeyFlags = _FLAGS) -> None:
    """Restore a backup into an empty data folder, whole or not at all; stop the server before.

    With PostgreSQL the database that the settings name has to be empty.
    """
    from jumpa.app import backup as backups  # noqa: PLC0415  # as slow to load as a server
    from jumpa.kit.clock import system_clock  # noqa: PLC0415  # the same

    settings = settings_of(flags)
    restored = backups.restore(settings, source, system_clock(), replace=replace)
    say(f"The backup of {restored.created_at} is restored into {settings.storage.data}.")
    if restored.aside:
        say(f"What was there before lies in {restored.aside}.")
