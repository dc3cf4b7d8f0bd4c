"""How numbers of telephones are kept: sealed, and told apart under a key of the server's own."""

import hashlib
import hmac
import re
from dataclasses import dataclass, field
from uuid import UUID

from jumpa.domains.notifications.errors import PhoneNumberUnusableError
from jumpa.domains.notifications.models import PhoneNumber
from jumpa.kit.keyring import KeyRing

_SEPARATORS = re.compile(r"[\s().\-/]")
# E.164: a country and a number in it, fifteen digits together.
_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")


@dataclass(frozen=True, slots=True)
class PhoneBook:
    """The keys; `country` is the calling code of numbers that are written without one."""

    ring: KeyRing = field(repr=False)
    key: bytes = field(repr=False)
    country: str

    def normal(self, text: str) -> str:
        """Return a number as E.164 writes it; PhoneNumberUnusableError."""
        number = _SEPARATORS.sub("", text)
        if number.startswith("00"):
            number = f"+{number[2:]}"
        elif number.startswith("0"):
            number = f"+{self.country}{number[1:]}"
        if not _NUMBER.fullmatch(number):
            raise PhoneNumberUnusableError
        return number

    def seal(self, name: UUID, number: str) -> str:
        """Return what is kept of a number."""
        return self.ring.seal(number, f"phone {name}")

    def open(self, row: PhoneNumber) -> str:
        """Return the number; raises SealBrokenError."""
        return self.ring.open(row.sealed, f"phone {row.name}")

    def digest(self, text: str) -> str:
        """Return what tells equal texts and cannot be guessed back without the key."""
        return hmac.digest(self.key, text.encode(), hashlib.sha256).hex()

    def code_digest(self, name: UUID, code: str) -> str:
        """Return what is kept of a code."""
        return self.digest(f"code {name} {code}")
