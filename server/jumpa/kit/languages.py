"""The languages that people are written in, and which of them somebody asked for."""

from typing import Literal, get_args

Language = Literal["en", "id"]
USUAL: Language = "en"
_LONGEST = 500


def choose(accepted: str) -> Language:
    """Return the language that an Accept-Language header likes best (RFC 9110, 12.5.4)."""
    liked = [_weighed(part) for part in accepted[:_LONGEST].split(",")]
    known = [(weight, language) for weight, language in liked if language is not None and weight]
    # Of equals the first one: `max` keeps it.
    return max(known, key=lambda pair: pair[0])[1] if known else USUAL


def _weighed(part: str) -> tuple[float, Language | None]:
    tag, _, parameters = part.partition(";")
    name, _, weight = parameters.strip().partition("=")
    primary = tag.strip().lower().partition("-")[0]
    language = next((known for known in get_args(Language) if known == primary), None)
    try:
        return (float(weight) if name.strip() == "q" else 1.0), language
    except ValueError:
        return 0.0, language
