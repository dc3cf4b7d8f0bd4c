"""A letter, and the port through which it leaves."""

import json
from dataclasses import asdict, dataclass
from email.message import EmailMessage
from typing import ClassVar, Protocol

from jumpa.kit.errors import JumpaError, Kind

_CALENDAR_FILE = "invite.ics"


class MailUnavailableError(JumpaError):
    """The letter could not be handed to the mail server."""

    kind: ClassVar = Kind.UNAVAILABLE
    code: ClassVar = "mail_unavailable"


@dataclass(frozen=True, slots=True)
class Letter:
    """A text to one address; what is empty is left out.

    `calendar` is an iCalendar object with the method that its own METHOD names (RFC 6047).
    """

    recipient: str
    subject: str
    text: str
    html: str = ""
    reply_to: str = ""
    calendar: str = ""
    method: str = ""

    def to_text(self) -> str:
        """Return it as it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False)

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
        if self.reply_to:
            message["Reply-To"] = self.reply_to
        message.set_content(self.text)
        if self.html:
            message.add_alternative(self.html, subtype="html")
        if self.calendar:
            self._add_calendar(message)
        return message

    def _add_calendar(self, message: EmailMessage) -> None:
        # Some calendars take the part beside the text, others only what is attached.
        method = {"method": self.method}
        message.add_alternative(self.calendar, subtype="calendar", cte="base64", params=method)
        content = self.calendar.encode()
        message.add_attachment(content, "application", "ics", filename=_CALENDAR_FILE)


class Mailer(Protocol):
    """Hands letters on; raises MailUnavailableError."""

    async def send(self, letter: Letter, name: str) -> None:
        """Send one letter."""
