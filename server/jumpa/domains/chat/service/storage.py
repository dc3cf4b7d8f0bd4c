"""What an organisation keeps of its chats."""

from dataclasses import dataclass

from jumpa.domains.chat.repository import StorageRepository
from jumpa.kit.context import Context


@dataclass(frozen=True, slots=True)
class Stored:
    """How much is kept; files that are still coming count as large as they will be."""

    files: int
    file_bytes: int
    messages: int


async def used(ctx: Context) -> Stored:
    """Return what whoever asks may see of it."""
    kept = StorageRepository(ctx.session)
    files, size = await kept.files()
    return Stored(files, size, await kept.messages())
