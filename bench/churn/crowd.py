"""A crowd that comes, sends, listens and goes; now and then it vanishes without a word."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass

from bench import servers
from bench.api.client import Client
from bench.churn.rooms import Room
from bench.errors import BenchError

LOAD = servers.ROOT / "target" / "release" / "jumpa-load"
_VIDEO, _AUDIO, _LISTENERS = 1, 4, 7
PEOPLE = _VIDEO + _AUDIO + _LISTENERS
_VANISHES_EVERY = 5
_STAYS_S = 1.5
_PATIENCE_S = 60


@dataclass(slots=True)
class Crowd:
    """The `number`-th crowd, from its room's making to its end."""

    client: Client
    url: str
    number: int
    joined: Callable[[int], None]

    async def hold(self) -> None:
        """Let it come and go; raises BenchError with a line for each who could not stay."""
        room = await Room.create(self.client)
        host = await room.join("Host", is_host=True)
        process = await asyncio.create_subprocess_exec(
            str(LOAD), *self._arguments(room.code), stdout=asyncio.subprocess.PIPE
        )
        self.joined(PEOPLE)
        if self.number % _VANISHES_EVERY == 0:
            await asyncio.sleep(_STAYS_S)
            process.kill()
            await process.wait()
        else:
            async with asyncio.timeout(_PATIENCE_S):
                report, _ = await process.communicate()
            failures = json.loads(report)["joins"]["failures"] if report else ["it gave up"]
            if failures:
                raise BenchError("\n".join(failures))
        await (room.delete(host) if self.number % 2 else room.end(host))

    def _arguments(self, code: str) -> list[str]:
        words = ["--url", self.url, "--api-key", f"{servers.KEY}={servers.SECRET}", "--room", code]
        words += ["--video-publishers", str(_VIDEO), "--audio-publishers", str(_AUDIO)]
        words += ["--subscribers", str(_LISTENERS), "--publishers-listen"]
        return [*words, "--joins-per-second", "12", "--warmup", "0.1", "--seconds", "0.5"]
