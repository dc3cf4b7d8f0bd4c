"""How a comparison is run."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """How long, how often and which scenarios."""

    seconds: float
    repeats: int
    publish: bool
    only: str
