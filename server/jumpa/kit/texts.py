"""Texts that people type: made alike, and refused when they cannot be seen."""

import unicodedata
from typing import Annotated, Any

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

_UNPRINTABLE = frozenset({"Cc", "Cs", "Cn", "Co", "Zl", "Zp"})
# Right-to-left overrides and the like can make one name look like another.
_DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
# Neither in headers nor in any file system.
_UNSAFE_IN_NAMES = frozenset('<>:"|?*;%')
_MAX_TEXT = 1000
_MAX_FILE_NAME = 200
_MAX_NAME = 100
_MAX_EMAIL = 254


def clean(text: str) -> str:
    """Normalise (NFC), gather white space and refuse what cannot be seen."""
    normal = unicodedata.normalize("NFC", text).strip()
    if any(unicodedata.category(c) in _UNPRINTABLE or c in _DIRECTION_MARKS for c in normal):
        raise ValueError("must not contain control characters")
    return " ".join(normal.split())


def lines(text: str) -> str:
    """Normalise (NFC) a text of several lines; ValueError when it holds other controls."""
    normal = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if any(unicodedata.category(c) in {"Cc", "Cs"} for c in normal if c not in "\n\t"):
        raise ValueError("must not contain control characters")
    return normal


def fold(text: str) -> str:
    """Return what a text is compared and searched by."""
    return unicodedata.normalize("NFKC", text).casefold()


def _name(text: str) -> str:
    if len(text) > _MAX_NAME:
        raise ValueError(f"must have at most {_MAX_NAME} characters")
    if not any(unicodedata.category(character)[0] in "LNPS" for character in text):
        raise ValueError("must contain something that can be read")
    return text


def readable_name(text: str) -> str:
    """Return a name made alike; ValueError when nobody could read it."""
    return _name(clean(text))


def file_name(text: str) -> str:
    """Return the last part of a path as a name for a file; ValueError when nothing is left."""
    normal = unicodedata.normalize("NFC", text).replace("\\", "/").rpartition("/")[2]
    readable = "".join(
        "_" if character in _UNSAFE_IN_NAMES else character
        for character in normal
        if unicodedata.category(character) not in _UNPRINTABLE | {"Cf"}
    )
    stem, dot, extension = " ".join(readable.split()).strip(". ").rpartition(".")
    whole = f"{stem[: _MAX_FILE_NAME - len(extension) - 1]}{dot}{extension}"[:_MAX_FILE_NAME]
    if not any(unicodedata.category(character)[0] in "LNS" for character in whole):
        raise ValueError("must be a name")
    return whole


def normal_email(text: str) -> str:
    """Return the address in lower case; ValueError when it cannot be one (RFC 5321)."""
    try:
        found = validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise ValueError("must be an e-mail address") from error
    return found.normalized.lower()


Line = Annotated[str, Field(max_length=_MAX_TEXT), AfterValidator(clean)]
Name = Annotated[Line, AfterValidator(_name)]
FileName = Annotated[str, Field(max_length=_MAX_TEXT), AfterValidator(file_name)]
Email = Annotated[str, Field(max_length=_MAX_EMAIL), AfterValidator(normal_email)]


def example(value: dict[str, Any]) -> ConfigDict:
    """Return the configuration of a model that shows an example; added to what it inherits."""
    return ConfigDict(json_schema_extra={"examples": [value]})


class Sent(BaseModel):
    """A body that clients send."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)
