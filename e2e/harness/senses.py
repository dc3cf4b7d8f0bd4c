"""What somebody sees and hears of the others, read by harness/probe.js in their page."""

import asyncio
from abc import ABC, abstractmethod
from typing import Any

# Counts the sounds that a page plays from now on.
COUNT_SOUNDS = """() => {
  window.sounds = 0;
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () { window.sounds += 1; return play.call(this); };
  const start = AudioScheduledSourceNode.prototype.start;
  AudioScheduledSourceNode.prototype.start = function (...when) {
    window.sounds += 1;
    return start.apply(this, when);
  };
}"""


class Senses(ABC):
    """Whoever sits before a page with the probe in it."""

    identity: str = ""

    @abstractmethod
    async def evaluate(self, expression: str) -> Any:  # noqa: ANN401  # whatever the page returns
        """Evaluate in the page."""

    async def hears(self, tones_hz: set[int]) -> bool:
        """Whether every tone is heard and no other."""
        heard = [ear["hz"] for ear in await self.evaluate("hear()") if ear["hz"]]
        return len(heard) == len(tones_hz) and all(
            any(abs(hz - tone) < 15 for hz in heard) for tone in tones_hz
        )

    async def sees_moving(self, count: int) -> bool:
        """Whether that many pictures of others change from one moment to the next."""
        first = await self.pictures()
        await asyncio.sleep(0.4)
        second = await self.pictures()
        moving = [who for who in first if who in second and first[who] != second[who]]
        return len(moving) == len(first) == count

    async def pictures(self) -> dict[str, int]:
        """A print of the picture of each other person."""
        return {
            eye["participant"]: eye["print"]
            for eye in await self.evaluate("see()")
            if eye["participant"] not in ("?", self.identity)
        }
