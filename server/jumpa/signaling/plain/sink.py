"""Where messages to one plain client go."""

from __future__ import annotations

import json

from livekit.protocol import rtc

from jumpa.kit.errors import JumpaError
from jumpa.signaling.outbox import Outbox
from jumpa.signaling.plain.people import Told
from jumpa.signaling.plain.telling import NORMAL, Teller, close_code


class PlainSink:
    """A LiveKit signal connection on one side, JSON on the other; implements SignalSink."""

    def __init__(self, limit_bytes: int) -> None:
        self.outbox = Outbox(limit_bytes)
        self.close_code = NORMAL
        self._teller = Teller()

    def send(self, message: bytes) -> None:
        """Queue what a serialised SignalResponse becomes."""
        response = rtc.SignalResponse.FromString(message)
        for told in self._teller.tell(response):
            self.tell(told)
        if response.HasField("leave"):
            self.close_code = close_code(self._teller.reason)

    def tell(self, message: Told) -> None:
        """Queue a message of our own."""
        self.outbox.send(json.dumps(message, ensure_ascii=False).encode())

    def refuse(self, error: JumpaError, about: str = "") -> None:
        """Say what went wrong; `about` is the type of the message that it answers."""
        told: Told = {"type": "error", "code": error.code, "message": str(error)}
        self.tell({**told, "about": about} if about else told)

    def close(self) -> None:
        """Close the connection once everything queued has been written."""
        self.outbox.close()
