"""The store of files, the same on disk, in memory and on a server that speaks S3."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from buckets import S3, s3

from jumpa.kit import objects
from jumpa.kit.objects import Bucket, ObjectMissingError, ObjectStore, ObjectsUnavailableError

PART = 5 * 1024 * 1024


@pytest.fixture(scope="module")
def bucket_server() -> Iterator[S3]:
    with s3() as running:
        yield running


@pytest.fixture(params=["disk", "memory", "bucket", "folder of a bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStore:
    if request.param == "disk":
        return objects.on_disk(tmp_path / "objects")
    if request.param == "memory":
        return objects.in_memory()
    prefix = "a/b" if request.param.startswith("folder") else ""
    running: S3 = request.getfixturevalue("bucket_server")
    return objects.in_bucket(running.make_bucket(prefix))


async def pieces(*contents: bytes) -> AsyncIterator[bytes]:
    for content in contents:
        yield content


async def stored(store: ObjectStore, *contents: bytes) -> UUID:
    name = uuid4()
    await store.put(name, pieces(*contents))
    return name


async def content(store: ObjectStore, name: UUID, start: int, end: int) -> bytes:
    return b"".join([piece async for piece in await store.read(name, start, end)])


async def listed(store: ObjectStore) -> list[UUID]:
    return [name async for name in store.names()]


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


class TestPut:
    async def test_keeps_what_came_in_pieces(self, store: ObjectStore) -> None:
        name = await stored(store, b"one ", b"", b"two")

        assert await content(store, name, 0, 7) == b"one two"
        assert await listed(store) == [name]

    async def test_keeps_what_is_larger_than_a_part(self, store: ObjectStore) -> None:
        sent = [bytes([number]) * (PART // 2 + 1) for number in range(5)]

        name = await stored(store, *sent)

        assert await content(store, name, 0, 5 * len(sent[0])) == b"".join(sent)

    async def test_leaves_nothing_when_the_sender_breaks_off(self, store: ObjectStore) -> None:
        async def broken() -> AsyncIterator[bytes]:
            for _ in range(3):
                yield b"x" * PART
            raise ConnectionResetError

        with pytest.raises(ObjectsUnavailableError):
            await store.put(uuid4(), broken())

        assert await listed(store) == []

    async def test_keeps_many_at_once_apart(self, store: ObjectStore) -> None:
        names = await asyncio.gather(*(stored(store, str(n).encode()) for n in range(20)))

        found = await asyncio.gather(*(content(store, name, 0, 2) for name in names))
        assert found == [str(n).encode() for n in range(20)]


class TestRead:
    @pytest.mark.parametrize(("start", "end"), [(0, 1), (3, 9), (9, 10), (0, 10)])
    async def test_gives_a_part(self, store: ObjectStore, start: int, end: int) -> None:
        name = await stored(store, b"0123456789")

        assert await content(store, name, start, end) == b"0123456789"[start:end]

    async def test_says_that_there_is_none(self, store: ObjectStore) -> None:
        with pytest.raises(ObjectMissingError):
            await store.read(uuid4(), 0, 1)


class TestDelete:
    async def test_forgets_and_may_be_done_again(self, store: ObjectStore) -> None:
        kept, gone = await stored(store, b"1"), await stored(store, b"2")

        for _ in range(2):
            await store.delete(gone)

        assert await listed(store) == [kept]
        with pytest.raises(ObjectMissingError):
            await store.read(gone, 0, 1)


class TestOnDisk:
    async def test_removes_what_a_killed_server_was_writing(self, tmp_path: Path) -> None:
        store = objects.on_disk(tmp_path)
        name = await stored(store, b"whole")
        (whole,) = files(tmp_path)
        whole.with_name(f"{uuid4().hex}#1").write_bytes(b"half")

        store.clean()

        assert files(tmp_path) == [whole]
        assert await listed(store) == [name]

    async def test_says_that_the_disk_cannot_be_written(self, tmp_path: Path) -> None:
        store = objects.on_disk(tmp_path)
        name = uuid4()
        (tmp_path / name.hex[-2:]).write_bytes(b"in the way")

        with pytest.raises(ObjectsUnavailableError):
            await store.put(name, pieces(b"x"))


class TestInBucket:
    async def test_lies_below_the_prefix(self, bucket_server: S3) -> None:
        bucket = bucket_server.make_bucket("jumpa/files")

        name = await stored(objects.in_bucket(bucket), b"x")

        (found,) = bucket_server.client.list_objects_v2(Bucket=bucket.name)["Contents"]
        assert found["Key"] == f"jumpa/files/{name.hex[-2:]}/{name.hex}"

    async def test_says_that_the_bucket_is_not_there(self, bucket_server: S3) -> None:
        bucket = Bucket("no-such-bucket", endpoint=bucket_server.endpoint, key_id="a", secret="b")

        with pytest.raises(ObjectsUnavailableError):
            await stored(objects.in_bucket(bucket), b"x")

    async def test_says_soon_that_nobody_answers(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            endpoint = f"http://127.0.0.1:{probe.getsockname()[1]}"
        store = objects.in_bucket(Bucket("bucket", endpoint=endpoint, key_id="a", secret="b"))

        with pytest.raises(ObjectsUnavailableError):
            await stored(store, b"x")

    def test_tells_no_secret(self) -> None:
        bucket = Bucket("bucket", key_id="a", secret="hunter3")

        assert "hunter3" not in repr(bucket) + repr(objects.in_bucket(bucket))
