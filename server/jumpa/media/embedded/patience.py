"""How long a client is left alone that has been asked to come back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=5), timedelta(seconds=80)


@dataclass(slots=True)
class Patience:
    """When a client was last asked, and how long it is left alone since then."""

    asked_at: datetime | None = None
    pause: timedelta = _FIRST_PAUSE

    def is_due(self, now: datetime) -> bool:
        """Whether to ask now; it counts as asked, and soon after the last one doubles the pause."""
        if self.asked_at is None or now - self.asked_at >= 2 * _LONGEST_PAUSE:
            self.pause = _FIRST_PAUSE
        elif now - self.asked_at < self.pause:
            return False
        else:
            self.pause = min(self.pause * 2, _LONGEST_PAUSE)
        self.asked_at = now
        return True
