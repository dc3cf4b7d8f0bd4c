"""One file that holds others, with the digest of each; taken whole or not at all.

A tar in gzip whose last member is `manifest.json`, so that one that was cut off has none.
"""

import gzip
import hashlib
import json
import os
import re
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, ClassVar

from jumpa.kit.errors import JumpaError, Kind

MANIFEST = "manifest.json"
_FORMAT = 1
_PRIVATE_FILE = 0o600
_PRIVATE_FOLDER = 0o700
_PIECE_BYTES = 1024 * 1024
_PART = r"[A-Za-z0-9_][A-Za-z0-9._-]{0,199}"
_NAME = re.compile(rf"({_PART}/){{0,5}}{_PART}", re.ASCII)


class ArchiveDamagedError(JumpaError):
    """This backup is damaged; nothing was restored."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "archive_damaged"


class ArchiveExistsError(JumpaError):
    """There is a file of this name already."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "archive_exists"


class ArchiveUnwritableError(JumpaError):
    """The backup cannot be written here."""

    kind: ClassVar = Kind.UNAVAILABLE
    code: ClassVar = "archive_unwritable"


def is_name(name: str) -> bool:
    """Whether a member may be called so: no way leads out of the folder."""
    return _NAME.fullmatch(name) is not None


class Packing:
    """An archive that is being written."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self._files: dict[str, dict[str, Any]] = {}

    def add(self, name: str, path: Path) -> None:
        """Add a file that does not change meanwhile; raises FileNotFoundError."""
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            hashing = _Hashing(file)
            self._tar.addfile(_member(name, size), hashing)
        self._files[name] = {"size": size, "sha256": hashing.digest}

    def finish(self, facts: Mapping[str, object], file: IO[bytes]) -> None:
        """Write what the archive is; `file` is empty and for the manifest's own use."""
        manifest = {"format": _FORMAT, **facts, "files": self._files}
        written = json.dumps(manifest, indent=1).encode()
        file.write(written)
        file.seek(0)
        self._tar.addfile(_member(MANIFEST, len(written)), file)


@contextmanager
def packing(target: Path) -> Iterator[Packing]:
    """Write an archive that only this user reads; it stands there once it is whole."""
    if target.exists():
        raise ArchiveExistsError(f"{target} is there already; choose another name.")
    partial = target.with_name(f".{target.name}.partial")
    try:
        partial.unlink(missing_ok=True)
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE_FILE)
        with os.fdopen(descriptor, "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as tar:
                yield Packing(tar)
            file.flush()
            os.fsync(file.fileno())
        # A link, unlike a rename, never takes the place of a file that is there.
        os.link(partial, target)
    except OSError as error:
        raise ArchiveUnwritableError(f"{target} cannot be written: {error.strerror}.") from error
    finally:
        partial.unlink(missing_ok=True)


def unpack(source: Path, folder: Path) -> dict[str, Any]:
    """Unpack into an empty folder and check all of it; return the manifest.

    Raises ArchiveDamagedError; what was unpacked until then is to be thrown away.
    """
    found: dict[str, dict[str, Any]] = {}
    manifest: Any = None
    try:
        with gzip.open(source) as packed, tarfile.open(fileobj=packed, mode="r|") as tar:
            for member in tar:
                if manifest is not None or not member.isreg() or not is_name(member.name):
                    raise ArchiveDamagedError(f"{source} has a member that is none of ours.")
                content = tar.extractfile(member)
                if content is None or member.name in found:
                    raise ArchiveDamagedError
                if member.name == MANIFEST:
                    manifest = json.load(content)
                else:
                    found[member.name] = _unpacked(content, folder, member.name)
            # The checksum of it all stands at the very end.
            while packed.read(_PIECE_BYTES):
                continue
    except OSError as error:
        raise ArchiveDamagedError(f"{source} cannot be read: {error}.") from error
    except (tarfile.TarError, EOFError, zlib.error, ValueError) as error:
        raise ArchiveDamagedError(f"{source} is damaged or no backup: {error}.") from error
    if not isinstance(manifest, dict) or manifest.get("format") != _FORMAT:
        raise ArchiveDamagedError(f"{source} is cut off, or from another version of this program.")
    if manifest.get("files") != found:
        raise ArchiveDamagedError(f"{source} is damaged: its files are not those that it tells of.")
    checked: dict[str, Any] = manifest
    return checked


class _Hashing:
    """Reads a file for tar, and hashes what it read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._hash = hashlib.sha256()

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()

    def read(self, size: int = -1) -> bytes:
        read = self._file.read(size)
        self._hash.update(read)
        return read


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size = size
    member.mode = _PRIVATE_FILE
    return member


def _unpacked(content: IO[bytes], folder: Path, name: str) -> dict[str, Any]:
    path = folder / name
    for parent in reversed(path.relative_to(folder).parents):
        (folder / parent).mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE_FILE)
    digest, size = hashlib.sha256(), 0
    with os.fdopen(descriptor, "wb") as file:
        while piece := content.read(_PIECE_BYTES):
            digest.update(piece)
            size += file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return {"size": size, "sha256": digest.hexdigest()}
