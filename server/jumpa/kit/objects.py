"""Where files lie: a folder, or a bucket that speaks S3; names are made by the server alone."""

import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, MemoryStore, S3Store
from typing_extensions import override

from jumpa.kit.errors import JumpaError, Kind

if TYPE_CHECKING:
    from obstore.store import S3Config

PIECE_BYTES = 256 * 1024
# S3 takes no smaller part but the last.
_PART_BYTES = 5 * 1024 * 1024
_PARTS_AT_ONCE = 2
_CONNECT = timedelta(seconds=5)
_SILENCE = timedelta(seconds=20)
_LONGEST = timedelta(hours=1)
_RETRIES, _RETRY_FOR = 3, timedelta(seconds=10)
# How the disk store calls a file that is still being written.
_UNFINISHED = "*#[0-9]*"


class ObjectsUnavailableError(JumpaError):
    """Files cannot be stored or read at the moment; try again soon."""

    kind: ClassVar = Kind.UNAVAILABLE
    code: ClassVar = "objects_unavailable"


class ObjectMissingError(JumpaError):
    """This file is not there any more."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "object_missing"


class ObjectsFullError(JumpaError):
    """This server has no space for more files."""

    kind: ClassVar = Kind.UNAVAILABLE
    code: ClassVar = "objects_full"


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket of S3 or of what speaks like it; without a key the machine's own role is used."""

    name: str
    prefix: str = ""
    endpoint: str = ""
    region: str = "us-east-1"
    key_id: str = ""
    secret: str = field(default="", repr=False)


class ObjectStore:
    """Keeps files by id."""

    def __init__(
        self,
        store: LocalStore | MemoryStore | S3Store,
        folder: Path | None = None,
        reserve_bytes: int = 0,
    ) -> None:
        self._store = store
        self._folder = folder
        self._reserve_bytes = reserve_bytes

    @override
    def __repr__(self) -> str:
        return f"ObjectStore({self._folder or type(self._store).__name__})"

    def check_space(self, size: int) -> None:
        """Raise ObjectsFullError when the disk would have less than its reserve left."""
        if self._folder is None or not self._reserve_bytes:
            return
        if shutil.disk_usage(self._folder).free - size < self._reserve_bytes:
            raise ObjectsFullError

    def free_bytes(self) -> int | None:
        """Return how much more the disk takes, without its reserve; a bucket does not say."""
        if self._folder is None:
            return None
        return max(0, shutil.disk_usage(self._folder).free - self._reserve_bytes)

    async def put(self, name: UUID, chunks: AsyncIterator[bytes]) -> None:
        """Store a file whole; when the chunks fail nothing is left of it."""
        try:
            with _reached():
                await obstore.put_async(
                    self._store,
                    _key(name),
                    chunks,
                    chunk_size=_PART_BYTES,
                    max_concurrency=_PARTS_AT_ONCE,
                )
        except ObjectMissingError as error:
            # Of what is being written only the bucket itself can be missing.
            raise ObjectsUnavailableError from error

    async def read(self, name: UUID, start: int, end: int) -> AsyncIterator[bytes]:
        """Open a file from one byte to before another; raises ObjectMissingError at once."""
        with _reached():
            found = await obstore.get_async(
                self._store, _key(name), options={"range": (start, end)}
            )
        return _pieces(found.stream(min_chunk_size=PIECE_BYTES))

    async def delete(self, name: UUID) -> None:
        """Forget a file; doing so again changes nothing."""
        try:
            with _reached():
                await obstore.delete_async(self._store, _key(name))
        except ObjectMissingError:
            return

    async def names(self) -> AsyncIterator[UUID]:
        """Yield the name of every file."""
        with _reached():
            async for batch in obstore.list(self._store):
                for found in batch:
                    yield UUID(found["path"].rpartition("/")[2])

    def clean(self) -> None:
        """Remove what a killed server was writing; only while nobody else writes."""
        for left in self._folder.rglob(_UNFINISHED) if self._folder else ():
            left.unlink(missing_ok=True)


def on_disk(folder: Path, reserve_bytes: int = 0) -> ObjectStore:
    """Keep files in a folder, made when it is not there, and so much of its disk free."""
    return ObjectStore(LocalStore(folder, mkdir=True), folder, reserve_bytes)


def in_memory() -> ObjectStore:
    """Keep files until the process ends."""
    return ObjectStore(MemoryStore())


def in_bucket(bucket: Bucket) -> ObjectStore:
    """Keep files in a bucket; nothing is asked of it until the first file."""
    # Servers other than Amazon's seldom have a host name for each bucket.
    config: S3Config = {"region": bucket.region, "virtual_hosted_style_request": False}
    if bucket.key_id:
        config |= {"access_key_id": bucket.key_id, "secret_access_key": bucket.secret}
    if bucket.endpoint:
        config["endpoint"] = bucket.endpoint
    store = S3Store(
        bucket.name,
        prefix=bucket.prefix or None,
        config=config,
        client_options={
            "allow_http": bucket.endpoint.startswith("http://"),
            "connect_timeout": _CONNECT,
            "read_timeout": _SILENCE,
            "timeout": _LONGEST,
        },
        retry_config={"max_retries": _RETRIES, "retry_timeout": _RETRY_FOR},
    )
    return ObjectStore(store)


async def _pieces(stream: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    with _reached():
        async for piece in stream:
            yield bytes(piece)


def _key(name: UUID) -> str:
    # The end of an id is its random part, so the folders fill evenly.
    return f"{name.hex[-2:]}/{name.hex}"


@contextmanager
def _reached() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise ObjectMissingError from error
    except (BaseError, OSError) as error:
        raise ObjectsUnavailableError from error
