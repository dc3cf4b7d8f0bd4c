"""How long somebody has not answered, by the time in which this process was there to hear it."""

from dataclasses import dataclass


@dataclass(slots=True)
class Silence:
    """Grows with every look by the time since the last one, and by no more than `longest_s`.

    Whoever stood still for a minute with the whole machine has not waited for a minute.
    """

    looked_at_s: float
    longest_s: float
    lasted_s: float = 0

    def look(self, now_s: float) -> float:
        """Return how long it has lasted."""
        self.lasted_s = self.so_far(now_s)
        self.looked_at_s = now_s
        return self.lasted_s

    def so_far(self, now_s: float) -> float:
        """Return how long it has lasted, without a look."""
        return self.lasted_s + min(now_s - self.looked_at_s, self.longest_s)

    def end(self) -> None:
        """An answer has come."""
        self.lasted_s = 0
