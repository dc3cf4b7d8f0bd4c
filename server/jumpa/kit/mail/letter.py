"""A letter, and the port through which it leaves."""

import json
from dataclasses import asdict, dataclass
from email.message import EmailMessage
from typing import ClassVar, Protocol

from jumpa.kit.errors import JumpaError, Kind


class MailUnavailableError(JumpaError):
    """The letter could not be handed to the mail server."""

    kind: ClassVar = Kind.UNAVAILABLE
    code: ClassVar = "mail_unavailable"


@dataclass(frozen=True, slots=True)
class Letter:
    """Plain text to one address."""

    recipient: str
    subject: str
    text: str

    def to_text(self) -> str:
        """Return it as it is kept."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> "Letter":
        """Read what `to_text` wrote."""
        return cls(**json.loads(text))

    def to_message(self, sender: str, name: str) -> EmailMessage:
        """Return it as it travels; the same `name` gives the same Message-ID at each attempt."""
        message = EmailMessage()
        message["From"] = sender
        message["To"] = self.recipient
        message["Subject"] = self.subject
        message["Message-ID"] = f"<{name}@jumpa>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(self.text)
        return message


class Mailer(Protocol):
    """Hands letters on; raises MailUnavailableError."""

    async def send(self, letter: Letter, name: str) -> None:
        """Send one letter."""
