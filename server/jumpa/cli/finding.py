"""What a look at the server's surroundings found."""

from dataclasses import dataclass
from typing import Literal

from typing_extensions import override


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    level: Literal["ok", "warning", "failure"]
    text: str

    @property
    def is_failure(self) -> bool:
        """Whether the server would not serve."""
        return self.level == "failure"

    @override
    def __str__(self) -> str:
        return f"{self.level:8} {self.text}"
