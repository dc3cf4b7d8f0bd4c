"""Texts that people type: made alike, and refused when they cannot be seen."""

import unicodedata
from typing import Annotated, Any

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

_UNPRINTABLE = frozenset({"Cc", "Cs", "Cn", "Co", "Zl", "Zp"})
# Right-to-left overrides and the like can make one name look like another.
_DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_MAX_TEXT = 1000
_MAX_NAME = 100
_MAX_EMAIL = 254


def clean(text: str) -> str:
    """Normalise (NFC), gather white space and refuse what cannot be seen."""
    normal = unicodedata.normalize("NFC", text).strip()
    if any(unicodedata.category(c) in _UNPRINTABLE or c in _DIRECTION_MARKS for c in normal):
        raise ValueError("must not contain control characters")
    return " ".join(normal.split())


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


def normal_email(text: str) -> str:
    """Return the address in lower case; ValueError when it cannot be one (RFC 5321)."""
    try:
        found = validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise ValueError("must be an e-mail address") from error
    return found.normalized.lower()


Line = Annotated[str, Field(max_length=_MAX_TEXT), AfterValidator(clean)]
Name = Annotated[Line, AfterValidator(_name)]
Email = Annotated[str, Field(max_length=_MAX_EMAIL), AfterValidator(normal_email)]


def example(value: dict[str, Any]) -> ConfigDict:
    """Return the configuration of a model that shows an example; added to what it inherits."""
    return ConfigDict(json_schema_extra={"examples": [value]})


class Sent(BaseModel):
    """A body that clients send."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)
