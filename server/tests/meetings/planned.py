"""People who plan and are invited, for tests of meetings."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx2
from factories import Server
from icalendar import Calendar
from people import API, SignedIn, letters, sign_in_again

from jumpa.kit.mail.letter import Letter

START, END = "2026-12-01T09:00", "2026-12-01T09:30"
TEA = {"title": "Tea", "start": START, "end": END, "time_zone": "Asia/Jakarta"}
WEEKLY = {**TEA, "rule": "FREQ=WEEKLY;BYDAY=TU"}
NEAR = {"from": "2026-11-30T00:00:00Z", "until": "2026-12-31T00:00:00Z"}
_LINK = re.compile(r"/invitation#(\S+)")


@dataclass
class Planner:
    """Somebody who plans meetings."""

    server: Server
    person: SignedIn

    async def plan(self, *invited: str, **more: object) -> dict[str, Any]:
        """Plan a meeting and return it."""
        body = {**TEA, "invited": [{"email": email} for email in invited], **more}
        answer = await self.person.post("/meetings", json=body)
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    async def wake(self, at: datetime) -> None:
        """Let it be later, and sign in again: sessions are short."""
        self.server.clock.time = at
        self.person = await sign_in_again(self.server, self.person.user)

    async def read(self, meeting_id: str) -> dict[str, Any]:
        answer = await self.person.get(f"/meetings/{meeting_id}")
        assert answer.status_code == 200, answer.text
        read: dict[str, Any] = answer.json()
        return read

    async def starts(self, **window: str) -> list[str]:
        """Return when one's meetings begin, in a window."""
        answer = await self.person.get("/meetings", params={**NEAR, **window})
        assert answer.status_code == 200, answer.text
        return [item["start"] for item in answer.json()["items"]]

    async def sent(self) -> list[Letter]:
        """Return the letters that left so far."""
        return (await letters(self.server)).sent

    async def answer(self, letter: Letter, said: str) -> httpx2.Response:
        body = {"token": token_of(letter), "answer": said}
        return await self.server.client.post(f"{API}/invitations/answer", json=body)


def token_of(letter: Letter) -> str:
    """Return what stands in the link of a letter."""
    found = _LINK.search(letter.text)
    assert found is not None, letter.text
    return found.group(1)


def events(letter: Letter) -> list[Any]:
    """Return what a calendar reads of a letter."""
    return list(Calendar.from_ical(letter.calendar).events)
