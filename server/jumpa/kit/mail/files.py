"""Letters lie in a folder, for machines without a mail server."""

import asyncio
import logging
from dataclasses import dataclass
from pathlib import Path

from typing_extensions import override

from jumpa.kit import storage
from jumpa.kit.mail.letter import Letter, Mailer, MailUnavailableError

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FileMailer(Mailer):
    """Writes each letter to a file that only this user can read."""

    folder: Path
    sender: str

    @override
    async def send(self, letter: Letter, name: str) -> None:
        """Write one letter; a second attempt writes the same file."""
        path = self.folder / f"{name}.eml"
        content = letter.to_message(self.sender, name).as_bytes()
        try:
            await asyncio.to_thread(self._write, path, content)
        except OSError as error:
            raise MailUnavailableError(str(error)) from error
        logger.info("a letter lies in %s", path)

    def _write(self, path: Path, content: bytes) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        storage.replace_private(path, content)
