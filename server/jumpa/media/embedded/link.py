"""The link to jumpa-sfu: frames of sfu.proto over a private Unix socket."""

import asyncio
import os
import shutil
import socket
import struct
import tempfile
from pathlib import Path

from google.protobuf.message import DecodeError

from jumpa.media.embedded import sfu_pb2
from jumpa.media.errors import MediaUnavailableError

VERSION = int(sfu_pb2.VERSION_CURRENT)
MAX_FRAME_BYTES = 4 * 1024 * 1024
MAX_PENDING_BYTES = 64 * 1024 * 1024
_DIRECTORY_CHARACTERS = 80
_LENGTH = struct.Struct(">I")
_CREDENTIALS = struct.Struct("3i")


class LinkError(MediaUnavailableError):
    """The link to the media process is broken."""

    code = "link_broken"


class Link:
    """One connection to one SFU process."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._queued = bytearray()

    @property
    def peer_pid(self) -> int:
        """The process at the other end, as the kernel says."""
        return _credentials(self._writer)[0]

    def send(self, command: sfu_pb2.Command) -> None:
        """Queue a command; an SFU that stopped reading loses its link.

        All of one turn of the loop are written together, after what was queued for clients before:
        the SFU that wakes up takes the processor from whoever should answer them first.
        """
        contents = command.SerializeToString()
        waiting = self._writer.transport.get_write_buffer_size() + len(self._queued)
        if waiting > MAX_PENDING_BYTES:
            self.close()
            return
        if not self._queued:
            asyncio.get_running_loop().call_soon(self._write)
        self._queued += _LENGTH.pack(len(contents)) + contents

    async def receive(self) -> sfu_pb2.Event | None:
        """Return the next event, or None when the link has closed; raises LinkError."""
        try:
            (length,) = _LENGTH.unpack(await self._reader.readexactly(_LENGTH.size))
            if length > MAX_FRAME_BYTES:
                raise LinkError(f"the media process sent a frame of {length} bytes")
            contents = await self._reader.readexactly(length)
        except (asyncio.IncompleteReadError, ConnectionError):
            return None
        try:
            return sfu_pb2.Event.FromString(contents)
        except DecodeError as error:
            raise LinkError("the media process sent a frame that is no Event") from error

    def close(self) -> None:
        """Close at once, which ends the SFU."""
        self._writer.transport.abort()

    def _write(self) -> None:
        if not self._writer.transport.is_closing():
            self._writer.write(bytes(self._queued))
        self._queued.clear()


class LinkListener:
    """Listens for the SFU in a directory that only this user can enter."""

    def __init__(self) -> None:
        self._directory: str | None = None
        self._server: asyncio.Server | None = None
        self._accepted: asyncio.Queue[Link] = asyncio.Queue()
        self._is_closed = False

    @property
    def path(self) -> Path:
        """Where the SFU connects; short, since socket paths end at 107 bytes."""
        return Path(self._directory or "") / "link"

    async def open(self) -> None:
        """Start to listen."""
        self._directory = tempfile.mkdtemp(prefix="jumpa-", dir=_short_directory())
        self._server = await asyncio.start_unix_server(
            self._accept, self.path, limit=MAX_FRAME_BYTES
        )

    async def accept(self, pid: int, timeout_s: float) -> Link:
        """Return the link of this process; others are turned away."""
        try:
            async with asyncio.timeout(timeout_s):
                while True:
                    link = await self._accepted.get()
                    if link.peer_pid == pid:
                        return link
                    link.close()
        except TimeoutError as error:
            raise LinkError("the media process did not connect") from error

    def turn_away(self) -> None:
        """Close links that nobody waits for: they belong to processes that have ended."""
        while not self._accepted.empty():
            self._accepted.get_nowait().close()

    async def close(self) -> None:
        """Stop to listen and remove the directory."""
        self._is_closed = True
        if self._server is not None:
            await _settle_accepting(self._server)
            self._server.close()
        self.turn_away()
        if self._directory is not None:
            await asyncio.to_thread(shutil.rmtree, self._directory, ignore_errors=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._is_closed or _credentials(writer)[1] != os.getuid():
            writer.transport.abort()
            return
        self._accepted.put_nowait(Link(reader, writer))


async def _settle_accepting(server: asyncio.Server) -> None:
    """Accept nothing more, and let what has just been accepted reach its protocol.

    A server that is closed in between loses the socket without closing it (CPython 3.11).
    """
    for listening in server.sockets:
        asyncio.get_running_loop().remove_reader(listening.fileno())
    await asyncio.sleep(0)


def _credentials(writer: asyncio.StreamWriter) -> tuple[int, int]:
    peer: socket.socket = writer.get_extra_info("socket")
    raw = peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    pid, uid, _ = _CREDENTIALS.unpack(raw)
    return pid, uid


def _short_directory() -> str:
    directory = tempfile.gettempdir()
    is_short = len(directory) < _DIRECTORY_CHARACTERS
    return directory if is_short else "/tmp"  # noqa: S108  # mkdtemp makes it private
