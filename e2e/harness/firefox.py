"""The system's Firefox, driven by WebDriver BiDi, with a camera and a microphone that it makes up.

Playwright speaks BiDi too, but asks for commands that the release with extended support lacks.
"""

import asyncio
import itertools
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

from typing_extensions import override
from websockets.asyncio.client import ClientConnection, connect

from harness import browsers
from harness.app import PROBE
from harness.senses import Senses

NAMES = ("firefox-esr", "firefox")
TONE_HZ = 2220
START_S = 60
COMMAND_S = 60
LISTENING = re.compile(rb"WebDriver BiDi listening on (ws://\S+)")
# A call on one machine: made-up devices that nobody is asked about, a speaker that is none,
# and sound without a press before.
PREFERENCES: dict[str, int | bool | str] = {
    "media.navigator.streams.fake": True,
    "media.navigator.audio.fake_frequency": TONE_HZ,
    "media.navigator.permission.disabled": True,
    "media.autoplay.default": 0,
    "media.autoplay.blocking_policy": 0,
    "media.cubeb.force_mock_context": True,
    "intl.accept_languages": "en-GB",
    "app.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}
# The middle of what is to be pressed or written in; nothing until it is there and enabled.
PLACE = """(() => {
  const named = (control) => (control.ariaLabel ?? control.labels?.[0]?.textContent ?? '').trim();
  const control = [...document.querySelectorAll('button, input')].find(
    (one) => !one.disabled && (named(one) || one.textContent.trim()) === %s);
  if (control === undefined) return null;
  control.scrollIntoView({ block: 'center' });
  const { x, y, width, height } = control.getBoundingClientRect();
  return [Math.round(x + width / 2), Math.round(y + height / 2)];
})()"""


class Fox(Senses):
    """One tab, by what is written on its buttons."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._tab = ""
        self.complaints: list[str] = []

    async def begin(self) -> None:
        """Open a tab with the probe in it."""
        await self._command("session.new", capabilities={})
        await self._command("session.subscribe", events=["log.entryAdded"])
        probe = f"() => {{ {PROBE.read_text()} }}"
        await self._command("script.addPreloadScript", functionDeclaration=probe)
        self._tab = (await self._command("browsingContext.create", type="tab"))["context"]

    async def open(self, address: str) -> None:
        await self._command(
            "browsingContext.navigate", context=self._tab, url=address, wait="complete"
        )

    @override
    async def evaluate(self, expression: str) -> Any:
        answer = await self._command(
            "script.evaluate",
            expression=f"(async () => JSON.stringify((await {expression}) ?? null))()",
            target={"context": self._tab},
            awaitPromise=True,
            userActivation=True,
        )
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    async def press(self, name: str) -> None:
        """Point at the middle of a button or a field, and press."""
        async with asyncio.timeout(COMMAND_S):
            while (place := await self.evaluate(PLACE % json.dumps(name))) is None:
                await asyncio.sleep(0.1)
        x, y = place
        await self._act("pointer", {"type": "pointerMove", "x": x, "y": y}, DOWN, UP)

    async def write(self, name: str, text: str) -> None:
        """Press a field, and type."""
        await self.press(name)
        strokes: list[dict[str, object]] = [
            {"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")
        ]
        await self._act("key", *strokes)

    async def _act(self, device: str, *actions: dict[str, object]) -> None:
        source = {"type": device, "id": device, "actions": list(actions)}
        await self._command("input.performActions", context=self._tab, actions=[source])

    async def _command(self, method: str, **params: object) -> dict[str, Any]:
        number = next(self._numbers)
        await self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        async with asyncio.timeout(COMMAND_S):
            while True:
                said = json.loads(await self._socket.recv())
                if said.get("method") == "log.entryAdded" and said["params"]["level"] == "error":
                    self.complaints.append(str(said["params"]["text"]))
                if said.get("id") == number:
                    break
        if said["type"] == "error":
            raise RuntimeError(f"{method}: {said['message']}")
        return cast("dict[str, Any]", said["result"])


DOWN: dict[str, object] = {"type": "pointerDown", "button": 0}
UP: dict[str, object] = {"type": "pointerUp", "button": 0}


@asynccontextmanager
async def launch(folder: Path) -> AsyncIterator[Fox]:
    """Start a Firefox with a profile of its own and one tab; it ends with the context."""
    lines = (
        f"user_pref({json.dumps(key)}, {json.dumps(to)});\n" for key, to in PREFERENCES.items()
    )
    (folder / "user.js").write_text("".join(lines))
    process = await asyncio.create_subprocess_exec(
        browsers.find("firefox", NAMES),
        *("--headless", "--no-remote", "--remote-debugging-port", "0", "--profile", str(folder)),
        stderr=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
    )
    assert process.stderr is not None
    try:
        async with asyncio.timeout(START_S):
            while (found := LISTENING.search(await process.stderr.readline())) is None:
                assert not process.stderr.at_eof(), "Firefox ended early"
        draining = asyncio.create_task(process.stderr.read())
        async with connect(f"{found[1].decode()}/session", max_size=None) as socket:
            fox = Fox(socket)
            await fox.begin()
            yield fox
    finally:
        process.terminate()
        await process.wait()
    await draining
