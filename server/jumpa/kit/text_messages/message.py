"""A message to a telephone, and the port through which it leaves."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, Protocol

from jumpa.kit.errors import JumpaError, Kind
from jumpa.kit.languages import Language


class Purpose(StrEnum):
    """What a message is for; each has a wording that was agreed with the service before."""

    NEWS = "news"
    CODE = "code"


class Status(StrEnum):
    """How far a message came; a later one never goes back."""

    SENDING = "sending"
    ACCEPTED = "accepted"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


class TextServiceUnavailableError(JumpaError):
    """The service for text messages did not take the message; it may later."""

    kind: ClassVar = Kind.UNAVAILABLE
    code: ClassVar = "text_service_unavailable"


class TextRefusedError(JumpaError):
    """The service for text messages does not take this message, now or later."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "text_refused"


class ReceiptForgedError(JumpaError):
    """This was not signed by the service for text messages."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "receipt_forged"


class ReceiptMalformedError(JumpaError):
    """This is nothing that the service for text messages says."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "receipt_malformed"


@dataclass(frozen=True, slots=True)
class TextMessage:
    """Words for the places of an agreed wording; `number` is E.164, with the plus sign."""

    number: str = field(repr=False)
    purpose: Purpose
    language: Language
    words: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a message, by the name that it was sent under."""

    name: str
    status: Status
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody wrote back."""

    number: str = field(repr=False)
    text: str = field(repr=False)


class TextMessages(Protocol):
    """A service that takes messages to telephones, and tells later what became of them."""

    async def send(self, message: TextMessage, name: str) -> None:
        """Hand one message on; TextServiceUnavailableError and TextRefusedError."""

    def answer_challenge(self, asked: dict[str, str]) -> str | None:
        """Return what proves to the service that receipts are taken here, or None."""

    def read(self, signature: str, body: bytes) -> Sequence[Receipt | Reply]:
        """Return what it tells; ReceiptForgedError and ReceiptMalformedError."""
