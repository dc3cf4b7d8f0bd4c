"""Administrators look at the log of webhooks, and send one again."""

from uuid import UUID, uuid4

import pytest
from factories import FOREIGN_KEY, NOW, Server
from people import SignedIn, assert_problem
from people import work_of as work
from sqlalchemy import select
from uuid_utils.compat import uuid7

from jumpa.config import Settings, WebhookSettings
from jumpa.domains.audit.models import AuditEntry
from jumpa.domains.organisations.models import HOME
from jumpa.domains.webhooks.models import State, Webhook
from jumpa.kit.actor import SERVER

ONE, TWO = "https://one.example/hook", "https://two.example:8443/hook?secret=tea#spoon"
PATH = "/administration/webhooks"


@pytest.fixture
def settings() -> Settings:
    return Settings(webhook=WebhookSettings(urls=(ONE, TWO), api_key=FOREIGN_KEY))


async def keep(server: Server, url: str = ONE, state: State = State.FAILED) -> UUID:
    """Put a webhook into the log."""
    webhook = Webhook(
        id=uuid7(),
        organisation_id=HOME,
        url=url,
        event="room_started",
        room="tea",
        body='{"event": "what only the receiver reads"}',
        state=state,
        attempts=57,
        due_at=NOW,
        created_at=NOW,
        ended_at=None if state == State.WAITING else NOW,
        status=500,
        failure="The receiver did not take it.",
    )
    async with work(server).write(SERVER) as ctx:
        ctx.session.add(webhook)
    return webhook.id


class TestReceivers:
    async def test_are_those_of_the_settings_with_counts_and_without_secrets(
        self, server: Server, administrator: SignedIn
    ) -> None:
        for state in (State.FAILED, State.FAILED, State.DELIVERED):
            await keep(server, TWO, state)
        await keep(server, "https://gone.example/hook")

        answer = await administrator.get(f"{PATH}/receivers")

        assert answer.json() == [
            {"url": "one.example/hook", "waiting": 0, "delivered": 0, "failed": 0},
            {"url": "two.example:8443/hook", "waiting": 0, "delivered": 1, "failed": 2},
        ]

    async def test_are_shown_to_nobody_else(self, member: SignedIn, elsewhere: SignedIn) -> None:
        assert_problem(await member.get(f"{PATH}/receivers"), 403, "administrator_needed")
        assert (await elsewhere.get(f"{PATH}/receivers")).json() == []


class TestDeliveries:
    async def test_are_shown_newest_first_in_pages(
        self, server: Server, administrator: SignedIn
    ) -> None:
        made = [str(await keep(server)) for _ in range(3)][::-1]

        first = (await administrator.get(f"{PATH}/deliveries", params={"limit": 2})).json()
        more = {"limit": 2, "cursor": first["next_cursor"]}
        second = (await administrator.get(f"{PATH}/deliveries", params=more)).json()

        assert [one["id"] for one in first["items"] + second["items"]] == made
        assert second["next_cursor"] is None

    async def test_tell_what_became_of_them_and_nothing_secret(
        self, server: Server, administrator: SignedIn
    ) -> None:
        await keep(server, TWO)
        await keep(server, TWO, State.DELIVERED)

        answer = await administrator.get(f"{PATH}/deliveries", params={"state": "failed"})

        (one,) = answer.json()["items"]
        assert (one["receiver"], one["event"]) == ("two.example:8443/hook", "room_started")
        assert (one["state"], one["attempts"], one["status"]) == ("failed", 57, 500)
        assert "secret" not in answer.text
        assert "only the receiver" not in answer.text

    async def test_are_shown_to_nobody_else(
        self, server: Server, member: SignedIn, elsewhere: SignedIn
    ) -> None:
        await keep(server)

        assert_problem(await member.get(f"{PATH}/deliveries"), 403, "administrator_needed")
        assert (await elsewhere.get(f"{PATH}/deliveries")).json()["items"] == []

    @pytest.mark.parametrize(
        ("query", "status", "code"),
        [
            ({"cursor": "nothing"}, 400, "cursor_malformed"),
            ({"state": "lost"}, 422, "request_malformed"),
            ({"limit": 0}, 422, "request_malformed"),
        ],
    )
    async def test_refuse_what_cannot_be_read(
        self, administrator: SignedIn, query: dict[str, object], status: int, code: str
    ) -> None:
        answer = await administrator.get(f"{PATH}/deliveries", params=query)

        assert_problem(answer, status, code)


class TestRetry:
    async def test_lets_it_leave_at_once_and_is_noted(
        self, server: Server, administrator: SignedIn
    ) -> None:
        failed = await keep(server)
        woken = server.app.webhooks.deliverers[0].rounds._wake
        server.clock.move(minutes=5)

        answer = await administrator.post(f"{PATH}/deliveries/{failed}/retry")

        assert answer.status_code == 200, answer.text
        assert (answer.json()["state"], answer.json()["due_at"]) == (
            "waiting",
            "2026-11-21T09:05:00Z",
        )
        assert woken.is_set()
        async with work(server).read(SERVER) as ctx:
            deeds = await ctx.session.scalars(
                select(AuditEntry).where(AuditEntry.action == "webhook.retried")
            )
            (deed,) = deeds
        assert (deed.actor_id, deed.subject_id) == (administrator.user.id, failed)

    async def test_is_refused_for_a_receiver_that_is_gone(
        self, server: Server, administrator: SignedIn
    ) -> None:
        failed = await keep(server, "https://gone.example/hook")

        answer = await administrator.post(f"{PATH}/deliveries/{failed}/retry")

        assert_problem(answer, 409, "receiver_gone")
        found = (await administrator.get(f"{PATH}/deliveries")).json()["items"]
        assert [one["state"] for one in found] == ["failed"]

    async def test_says_when_there_is_none(self, administrator: SignedIn) -> None:
        answer = await administrator.post(f"{PATH}/deliveries/{uuid4()}/retry")

        assert_problem(answer, 404, "webhook_not_found")

    async def test_is_for_administrators_of_its_organisation(
        self, server: Server, member: SignedIn, elsewhere: SignedIn
    ) -> None:
        path = f"{PATH}/deliveries/{await keep(server)}/retry"

        assert_problem(await member.post(path), 403, "administrator_needed")
        assert_problem(await elsewhere.post(path), 404, "webhook_not_found")
