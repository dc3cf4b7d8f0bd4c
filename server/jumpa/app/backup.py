"""Backups of a running server, and the way back from one."""

import contextlib
import ctypes
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

import jumpa
from jumpa.app.objects import FOLDER as OBJECTS
from jumpa.app.running import ADDRESSES_FILE, DATABASE_FILE
from jumpa.config import Settings
from jumpa.kit import archive, storage
from jumpa.kit.db.copying import (
    Copied,
    check_revision,
    copy_postgresql,
    copy_sqlite,
    fill_postgresql,
    look_at_sqlite,
)
from jumpa.kit.db.database import choose_url
from jumpa.kit.db.migrating import upgrade
from jumpa.kit.errors import JumpaError, Kind

_DATA, _DATABASE = "data", "database"
_SQLITE, _POSTGRESQL = "sqlite", "postgresql"
# The running server's own, and what is copied in another way.
_LEFT_OUT = ("lock", ADDRESSES_FILE, OBJECTS, "backups")
_EXCHANGE = 2
_PREFIX = ".jumpa-copy-"
_FORGOTTEN_S = 86_400


class DataNotEmptyError(JumpaError):
    """The data folder is not empty; add --replace to put what it holds aside."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "data_not_empty"


class OtherDatabaseError(JumpaError):
    """The backup is of another kind of database than the settings name."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "other_database"


class FolderFixedError(JumpaError):
    """The data folder cannot be renamed."""

    kind: ClassVar = Kind.UNAVAILABLE
    code: ClassVar = "data_folder_fixed"


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What a backup has: where it is, its size in bytes, its files of people."""

    path: Path
    size: int
    files: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and where the earlier data lies now."""

    created_at: str
    version: str
    aside: Path | None


def back_up(settings: Settings, target: Path, now: datetime) -> BackedUp:
    """Write a backup while the server runs or not; blocks."""
    folder = storage.open_folder(settings.storage.data)
    if target.is_dir():
        target = target / f"jumpa-{now:%Y%m%d-%H%M%S}.tar.gz"
    with archive.packing(target) as packing, _beside(folder, now) as copies:
        (copies / _DATABASE).mkdir()
        # First the database: files that come after its moment are in no message of it.
        copied = _copy(settings, folder, copies / _DATABASE)
        for path in sorted((copies / _DATABASE).iterdir()):
            packing.add(f"{_DATABASE}/{path.name}", path)
        for name in _own_files(folder):
            packing.add(f"{_DATA}/{name}", folder / name)
        files = 0 if settings.objects.url else _pack_objects(packing, folder, copied.files)
        facts = {
            "version": jumpa.__version__,
            "created_at": now.isoformat(),
            "database": _kind(settings, folder),
            "revision": copied.revision,
            "tables": copied.tables,
            "objects": "elsewhere" if settings.objects.url else "included",
        }
        with (copies / archive.MANIFEST).open("w+b") as manifest:
            packing.finish(facts, manifest)
    return BackedUp(target, target.stat().st_size, files)


def restore(settings: Settings, source: Path, now: datetime, *, replace: bool = False) -> Restored:
    """Restore a backup, whole or not at all; blocks, and refuses while a server runs."""
    folder = storage.open_folder(settings.storage.data)
    with storage.locked(folder), _beside(folder.parent, now) as work:
        is_empty = not [path for path in folder.iterdir() if path.name != "lock"]
        if not (is_empty or replace):
            raise DataNotEmptyError
        manifest = archive.unpack(source, work)
        copied = _checked(manifest, settings, folder)
        new = work / _DATA
        new.mkdir(mode=0o700, exist_ok=True)
        aside = None if is_empty else folder.with_name(f"{folder.name}.before-{now:%Y%m%d-%H%M%S}")
        if manifest["database"] == _POSTGRESQL:
            url = choose_url(_named(settings), folder / DATABASE_FILE)
            busy_timeout_s = settings.storage.busy_timeout_s
            fill_postgresql(
                url, work / _DATABASE, copied, busy_timeout_s, lambda: _swap(folder, new, aside)
            )
        else:
            (work / _DATABASE / DATABASE_FILE).replace(new / DATABASE_FILE)
            look_at_sqlite(new / DATABASE_FILE)
            upgrade(choose_url("", new / DATABASE_FILE))
            _swap(folder, new, aside)
    return Restored(manifest["created_at"], manifest["version"], aside)


def _copy(settings: Settings, folder: Path, target: Path) -> Copied:
    busy_timeout_s = settings.storage.busy_timeout_s
    if _kind(settings, folder) == _POSTGRESQL:
        url = choose_url(_named(settings), folder / DATABASE_FILE)
        return copy_postgresql(url, target, busy_timeout_s)
    return copy_sqlite(folder / DATABASE_FILE, target / DATABASE_FILE, busy_timeout_s)


def _pack_objects(packing: archive.Packing, folder: Path, files: frozenset[UUID]) -> int:
    packed = 0
    for name in sorted(files):
        part = f"{OBJECTS}/{name.hex[-2:]}/{name.hex}"
        # What was taken back since the moment of the database is not to come back.
        with contextlib.suppress(FileNotFoundError):
            packing.add(f"{_DATA}/{part}", folder / part)
            packed += 1
    return packed


def _own_files(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        is_left_out = name.split("/")[0] in _LEFT_OUT or name.startswith(DATABASE_FILE)
        if path.is_file() and not path.is_symlink() and not is_left_out and archive.is_name(name):
            yield name


def _checked(manifest: dict[str, Any], settings: Settings, folder: Path) -> Copied:
    try:
        facts = [manifest[name] for name in ("database", "revision", "version", "created_at")]
        tables = {str(table): [*map(str, names)] for table, names in manifest["tables"].items()}
    except (KeyError, AttributeError, TypeError) as error:
        raise archive.ArchiveDamagedError from error
    members = {*manifest["files"]}
    sought = {f"{_DATABASE}/{table}.csv" for table in tables}
    if facts[0] == _SQLITE:
        sought = {f"{_DATABASE}/{DATABASE_FILE}"}
    if not all(isinstance(fact, str) for fact in facts) or not sought <= members:
        raise archive.ArchiveDamagedError
    if facts[0] != _kind(settings, folder):
        raise OtherDatabaseError(f"The backup is of {facts[0]}, and the settings name another.")
    check_revision(facts[1])
    return Copied(facts[1], frozenset(), tables)


def _swap(folder: Path, new: Path, aside: Path | None) -> None:
    """Put the new folder in the old one's place, in one step."""
    try:
        if aside is None:
            (folder / "lock").unlink(missing_ok=True)
            new.rename(folder)
            return
        if _exchanged(folder, new):
            new.rename(aside)
        else:
            folder.rename(aside)
            _rename_or_undo(new, folder, aside)
    except OSError as error:
        raise FolderFixedError(
            f"{folder} cannot be renamed ({error.strerror}); if a volume is mounted there,"
            " name a folder inside it with --data."
        ) from error


def _rename_or_undo(new: Path, folder: Path, aside: Path) -> None:
    try:
        new.rename(folder)
    except OSError:
        aside.rename(folder)
        raise


def _exchanged(one: Path, other: Path) -> bool:
    exchange = getattr(ctypes.CDLL(None), "renameat2", None)
    here = -100
    return exchange is not None and not exchange(
        here, os.fsencode(one), here, os.fsencode(other), _EXCHANGE
    )


@contextmanager
def _beside(folder: Path, now: datetime) -> Iterator[Path]:
    """Make a folder on the same disk, gone afterwards; what was killed long ago goes as well."""
    for left in folder.glob(f"{_PREFIX}*"):
        if now.timestamp() - left.stat().st_mtime > _FORGOTTEN_S:
            shutil.rmtree(left, ignore_errors=True)
    try:
        made = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=folder))
    except OSError as error:
        raise FolderFixedError(f"{folder} cannot be written: {error.strerror}.") from error
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _kind(settings: Settings, folder: Path) -> str:
    return choose_url(_named(settings), folder / DATABASE_FILE).get_backend_name()


def _named(settings: Settings) -> str:
    return settings.database.url.get_secret_value() if settings.database.url else ""
