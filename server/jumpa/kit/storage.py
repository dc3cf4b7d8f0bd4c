"""The data folder: its secret, its lock, and files that are written whole or not at all."""

import fcntl
import os
import secrets
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from jumpa.kit.errors import JumpaError, Kind

SECRET_BYTES = 32
_PRIVATE_FILE = 0o600
_PRIVATE_FOLDER = 0o700
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class DataFolderError(JumpaError):
    """The data folder cannot be used."""

    kind: ClassVar = Kind.UNAVAILABLE
    code: ClassVar = "data_folder_unusable"


def open_folder(folder: Path) -> Path:
    """Create the data folder for this user alone, or check that it can be written."""
    try:
        folder.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise DataFolderError(f"{folder} cannot be created: {error.strerror}.") from error
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise DataFolderError(f"{folder} cannot be written by this user.")
    return folder.resolve()


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep the folder to this process; raises when another server has it."""
    descriptor = os.open(folder / "lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, _PRIVATE_FILE)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise DataFolderError(
                f"{folder} is in use by another server; choose another folder with --data."
            ) from error
        yield
    finally:
        os.close(descriptor)


def read_secret(folder: Path) -> bytes:
    """Return the server's secret, made at the first start; refuses one that others can read."""
    path = folder / "secret"
    try:
        make_private(path, secrets.token_bytes(SECRET_BYTES))
    except FileExistsError:
        check_private(path)
    secret = path.read_bytes()
    if len(secret) != SECRET_BYTES:
        raise DataFolderError(
            f"{path} is damaged: it has {len(secret)} bytes, not {SECRET_BYTES}."
            " Restore it, or remove it to make a new one."
        )
    return secret


def check_private(path: Path) -> None:
    """Refuse a file that others may read."""
    if path.stat().st_mode & _OTHERS:
        raise DataFolderError(f"{path} can be read by others; run: chmod 600 {path}")


def make_private(path: Path, content: bytes) -> None:
    """Create a whole file that only this user can read; raises FileExistsError."""
    written = _written_beside(path, content)
    try:
        # A link, unlike a rename, never takes the place of a file that is there.
        os.link(written, path)
    finally:
        written.unlink()


def replace_private(path: Path, content: bytes) -> None:
    """Write a file that only this user can read; readers see the old or the new one."""
    _written_beside(path, content).replace(path)


def _written_beside(path: Path, content: bytes) -> Path:
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return Path(name)
