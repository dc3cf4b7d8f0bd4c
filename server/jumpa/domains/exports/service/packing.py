"""ZIP files that are written while they are sent, so that none is ever whole in memory."""

import zipfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

_PIECE_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Member:
    """A file in the ZIP; what was compressed before is not compressed again."""

    name: str
    content: AsyncIterator[bytes]
    is_text: bool


class _Sink:
    """A file that can only be written, and is emptied as it goes."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.size = 0

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        self.size += len(piece)
        return len(piece)

    def flush(self) -> None:
        """Do nothing: whoever sends it takes it."""

    def take(self) -> bytes:
        taken, self._pieces, self.size = b"".join(self._pieces), [], 0
        return taken


async def packed(members: AsyncIterator[Member], at: datetime) -> AsyncIterator[bytes]:
    """Yield a ZIP of these members, all of them as old as `at`."""
    sink = _Sink()
    moment = (at.year, at.month, at.day, at.hour, at.minute, at.second)
    with zipfile.ZipFile(sink, "w") as archive:  # type: ignore[call-overload]  # only written
        async for member in members:
            info = zipfile.ZipInfo(member.name, moment)
            info.compress_type = zipfile.ZIP_DEFLATED if member.is_text else zipfile.ZIP_STORED
            # How large it will be is not known, so it may be larger than 2 GiB.
            with archive.open(info, "w", force_zip64=True) as file:
                async for piece in member.content:
                    file.write(piece)
                    if sink.size >= _PIECE_BYTES:
                        yield sink.take()
    yield sink.take()
