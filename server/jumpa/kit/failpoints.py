"""Named places at which tests kill, break or delay a server; nothing happens until one is armed.

`JUMPA_FAILPOINT` says where and what: `join.received:kill`, `join.received:error`,
`join.received:sleep:500` (ms); `migrate.step@3:kill` waits for the third time.
"""

import logging
import os
import re
import signal
import time
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from jumpa.kit.errors import JumpaError, Kind

logger = logging.getLogger(__name__)

VARIABLE = "JUMPA_FAILPOINT"
_SAID = re.compile(
    r"(?P<name>[a-z._]+)(@(?P<time>[1-9]\d{0,5}))?:(?P<action>kill|error|sleep)"
    r"(:(?P<ms>\d{1,6}))?"
)


class FailPoint(StrEnum):
    """Every place; each has a test that kills a server there."""

    REGISTER_RECEIVED = "register.received"
    REGISTER_WRITTEN = "register.written"
    REGISTER_COMMITTED = "register.committed"
    WORK_TAKEN = "work.taken"
    WORK_CHANGED = "work.changed"
    WORK_DONE = "work.done"
    LETTER_TAKEN = "letter.taken"
    LETTER_SENT = "letter.sent"
    VERIFY_WRITTEN = "verify.written"
    VERIFY_COMMITTED = "verify.committed"
    REFRESH_RECEIVED = "refresh.received"
    REFRESH_WRITTEN = "refresh.written"
    REFRESH_COMMITTED = "refresh.committed"
    JOIN_RECEIVED = "join.received"
    JOIN_WRITTEN = "join.written"
    JOIN_COMMITTED = "join.committed"
    CHAT_RECEIVED = "chat.received"
    CHAT_WRITTEN = "chat.written"
    CHAT_COMMITTED = "chat.committed"
    CHAT_TOLD = "chat.told"
    UPLOAD_RECEIVED = "upload.received"
    UPLOAD_STORED = "upload.stored"
    UPLOAD_WRITTEN = "upload.written"
    UPLOAD_COMMITTED = "upload.committed"
    PLAN_WRITTEN = "plan.written"
    PLAN_COMMITTED = "plan.committed"
    INVITE_WRITTEN = "invite.written"
    INVITE_COMMITTED = "invite.committed"
    ANSWER_WRITTEN = "answer.written"
    ANSWER_COMMITTED = "answer.committed"
    CALL_OFF_WRITTEN = "call_off.written"
    CALL_OFF_COMMITTED = "call_off.committed"
    WEBHOOK_WRITTEN = "webhook.written"
    WEBHOOK_STORED = "webhook.stored"
    WEBHOOK_TAKEN = "webhook.taken"
    WEBHOOK_SENT = "webhook.sent"
    PUSH_SENT = "push.sent"
    TEXT_SENT = "text.sent"
    CALENDAR_WRITTEN = "calendar.written"
    EXPORT_STORED = "export.stored"
    EXPORT_WRITTEN = "export.written"
    MIGRATE_STARTED = "migrate.started"
    MIGRATE_STEP = "migrate.step"
    MIGRATE_WRITTEN = "migrate.written"
    MIGRATE_COMMITTED = "migrate.committed"


class FailPointUnknownError(JumpaError):
    """This is no fail point."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "fail_point_unknown"


class FailPointReachedError(RuntimeError):
    """The error that a test asked for."""


@dataclass(slots=True)
class _Armed:
    point: FailPoint | None = None
    action: str = ""
    seconds: float = 0
    left: int = 1


_armed = _Armed()


def arm(said: str) -> None:
    """Arm the place that `JUMPA_FAILPOINT` names; empty disarms."""
    _armed.point = None
    if not said:
        return
    found = _SAID.fullmatch(said)
    if found is None or found["name"] not in set(FailPoint):
        names = ", ".join(FailPoint)
        raise FailPointUnknownError(f"{VARIABLE} is not a fail point. There are: {names}.")
    _armed.point = FailPoint(found["name"])
    _armed.action = found["action"]
    _armed.seconds = int(found["ms"] or 0) / 1000
    _armed.left = int(found["time"] or 1)
    logger.warning("a fail point is armed; this server is for tests only")


def reach(point: FailPoint) -> None:
    """Do what was asked for at this place, if anything."""
    if point is not _armed.point:
        return
    _armed.left -= 1
    if _armed.left:
        return
    if _armed.action == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if _armed.action == "error":
        raise FailPointReachedError(point)
    time.sleep(_armed.seconds)
