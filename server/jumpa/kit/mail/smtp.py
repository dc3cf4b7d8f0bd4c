"""Letters leave through a mail server."""

from dataclasses import dataclass, field
from typing import Literal

import aiosmtplib
from typing_extensions import override

from jumpa.kit.mail.letter import Letter, Mailer, MailUnavailableError


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """The mail server; an empty `user` signs in nowhere."""

    host: str
    port: int
    security: Literal["starttls", "tls", "none"]
    user: str
    password: str = field(repr=False)
    timeout_s: float


@dataclass(frozen=True, slots=True)
class SmtpMailer(Mailer):
    """Hands letters to a mail server (RFC 5321)."""

    server: SmtpServer
    sender: str

    @override
    async def send(self, letter: Letter, name: str) -> None:
        """Send one letter; raises MailUnavailableError."""
        server = self.server
        try:
            await aiosmtplib.send(
                letter.to_message(self.sender, name),
                hostname=server.host,
                port=server.port,
                use_tls=server.security == "tls",
                # None would send in the clear whenever the server does not offer TLS.
                start_tls=server.security == "starttls",
                username=server.user or None,
                password=server.password or None,
                timeout=server.timeout_s,
            )
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise MailUnavailableError(f"{type(error).__name__}: {error}"[:500]) from error
