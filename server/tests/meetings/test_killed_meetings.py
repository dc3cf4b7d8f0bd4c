"""A server that is killed while people plan tells everybody once, and loses nobody."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from email import message_from_string
from email.message import EmailMessage
from email.policy import default
from typing import Any

import httpx2
import pytest
from killing.site import Site
from killing.test_killed import KEY, post, registered, signed_in
from people import API

from jumpa.kit.failpoints import FailPoint

pytestmark = pytest.mark.media

BUDI, CITRA = "budi@example.com", "citra@example.com"
REMINDERS = "SELECT count(*) FROM notifications WHERE type = 'meeting_reminder'"
TOLD_OF_ANSWERS = "SELECT count(*) FROM notifications WHERE type = 'meeting_answered'"
MEETINGS = "SELECT count(*) FROM meetings"
INVITED = "SELECT count(*) FROM meeting_invitations"
ACCEPTED = "SELECT count(*) FROM meeting_invitations WHERE answer = 'accepted'"
CANCELLED = "SELECT count(*) FROM meetings WHERE status = 'cancelled'"
LATER = 3 * 24 * 60
WAITING = "SELECT kind FROM jobs WHERE state = 'waiting'"


def soon(minutes: int) -> dict[str, Any]:
    """Return a meeting that begins so many minutes from now."""
    start = datetime.now(UTC).replace(tzinfo=None, second=0, microsecond=0)
    begins, ends = (start + timedelta(minutes=more) for more in (minutes, minutes + 30))
    times = {"start": begins.isoformat(), "end": ends.isoformat(), "time_zone": "UTC"}
    return {"title": "Tea", **times, "invited": [{"email": BUDI}]}


def count(site: Site, statement: str) -> int:
    ((found,),) = site.rows(statement)
    return int(found)


def letters_to(site: Site, email: str) -> list[EmailMessage]:
    """Return the letters to somebody, in the order of their calendars' SEQUENCE."""
    found = [message_from_string(text, policy=default) for text in site.outbox]
    mine = [letter for letter in found if letter["To"] == email]
    return sorted(mine, key=lambda letter: "METHOD:CANCEL" in calendar(letter))


def calendar(letter: EmailMessage) -> str:
    (part,) = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    content = part.get_content()
    return content if isinstance(content, str) else content.decode()


def answer_token(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    text: str = body.get_content()
    return text.partition("/invitation#")[2].split()[0]


def settle(site: Site, client: httpx2.Client) -> None:
    """Wait until nothing waits any more, besides what is for later."""
    while site.rows(WAITING) not in ([], [("meeting_due",)]):
        assert client.get("/health").status_code == 200


Act = Callable[[httpx2.Client], object]


def dies(
    site: Site, points: Sequence[str], act: Act, statement: str, counts: Sequence[int]
) -> None:
    """Let the server die at each point while it is asked something, and count what is kept."""
    for point, expected in zip(points, counts, strict=True):
        with site.dying(point) as client:
            act(client)
        assert count(site, statement) == expected, point


def signed_in_at(site: Site) -> dict[str, str]:
    token = registered(site)
    with site.serving() as client:
        return signed_in(client, token)


def methods(site: Site, email: str) -> list[str]:
    """Return what somebody's calendar was told."""
    return [
        "CANCEL" if "METHOD:CANCEL" in calendar(letter) else "REQUEST"
        for letter in letters_to(site, email)
    ]


class TestMeeting:
    def test_is_planned_once_and_whoever_is_invited_hears_of_it_once(self, site: Site) -> None:
        ayu = signed_in_at(site)
        tea = soon(LATER)

        def plan(client: httpx2.Client) -> httpx2.Response:
            return post(client, "/meetings", json=tea, headers={**ayu, **KEY})

        dies(site, (FailPoint.PLAN_WRITTEN, FailPoint.PLAN_COMMITTED), plan, MEETINGS, (0, 1))
        with site.serving() as client:
            again = plan(client)
            assert again.status_code == 201, again.text
        path = f"/meetings/{again.json()['id']}/invitations"
        more = {"invited": [{"email": BUDI}, {"email": CITRA}]}

        def invite(client: httpx2.Client) -> httpx2.Response:
            return post(client, path, json=more, headers=ayu)

        dies(site, (FailPoint.INVITE_WRITTEN, FailPoint.INVITE_COMMITTED), invite, INVITED, (1, 2))
        site.make_due()
        with site.serving() as client:
            assert invite(client).status_code == 200
            settle(site, client)

        assert count(site, MEETINGS) == 1
        assert methods(site, BUDI) == methods(site, CITRA) == ["REQUEST"]

    def test_is_answered_and_called_off_once(self, site: Site) -> None:
        ayu = signed_in_at(site)
        with site.serving() as client:
            made = post(client, "/meetings", json=soon(LATER), headers=ayu).json()
            settle(site, client)
        (invited,) = letters_to(site, BUDI)
        said = {"token": answer_token(invited), "answer": "accepted"}

        def answer(client: httpx2.Client) -> httpx2.Response:
            return post(client, "/invitations/answer", json=said)

        def call_off(client: httpx2.Client) -> httpx2.Response:
            return client.delete(f"{API}/meetings/{made['id']}", headers=ayu)

        answering = (FailPoint.ANSWER_WRITTEN, FailPoint.ANSWER_COMMITTED)
        dies(site, answering, answer, ACCEPTED, (0, 1))
        calling_off = (FailPoint.CALL_OFF_WRITTEN, FailPoint.CALL_OFF_COMMITTED)
        dies(site, calling_off, call_off, CANCELLED, (0, 1))
        site.make_due()
        with site.serving() as client:
            assert [answer(client).status_code, call_off(client).status_code] == [410, 410]
            settle(site, client)

        assert methods(site, BUDI) == ["REQUEST", "CANCEL"]
        assert count(site, TOLD_OF_ANSWERS) == 1


class TestReminder:
    def test_comes_once_however_often_the_server_dies(self, site: Site) -> None:
        ayu = signed_in_at(site)
        with site.dying(FailPoint.PLAN_COMMITTED) as client:
            post(client, "/meetings", json=soon(8), headers=ayu)
        for point in (
            FailPoint.WORK_TAKEN,
            FailPoint.WORK_CHANGED,
            f"{FailPoint.WORK_CHANGED}@2",
            f"{FailPoint.WORK_CHANGED}@2",
        ):
            site.dies_alone(point)
            assert count(site, REMINDERS) <= 1
            site.make_due()

        with site.serving() as client:
            settle(site, client)

        assert count(site, REMINDERS) == 1
