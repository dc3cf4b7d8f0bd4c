"""Servers that people name are told their news, signed as Standard Webhooks say."""

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from factories import Server
from hosts import heard, serving
from notifications.told import choose, do_due, tell
from people import SignedIn, assert_problem, sign_in, sign_in_again

from jumpa.domains.notifications.service.hooking import ATTEMPTS, signed
from jumpa.kit.actor import SERVER
from jumpa.kit.work import jobs

HOOKS = "/notifications/webhooks"
REMINDERS = ["meeting_reminder"]


@dataclass
class Receiver:
    """Keeps what came; answers with `statuses` one after another, then with the last."""

    statuses: list[int]
    heads: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    url: str = ""

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await heard(reader)).decode().splitlines()
        headers = {k.lower(): v for k, v in (line.split(": ", 1) for line in head[1:] if line)}
        self.bodies.append(await reader.readexactly(int(headers["content-length"])))
        self.heads.append(headers)
        status = self.statuses[min(len(self.heads), len(self.statuses)) - 1]
        location = "Location: http://localhost:1/elsewhere\r\n" if status in {301, 307} else ""
        writer.write(f"HTTP/1.1 {status} Said\r\n{location}Content-Length: 0\r\n\r\n".encode())
        await writer.drain()


@asynccontextmanager
async def receiving(*statuses: int) -> AsyncIterator[Receiver]:
    receiver = Receiver([*statuses] or [204])
    async with serving(receiver.handle) as port:
        receiver.url = f"http://localhost:{port}/hook?key=hidden"
        yield receiver


async def add(person: SignedIn, url: str, kinds: list[str] = REMINDERS) -> dict[str, Any]:
    answer = await person.post(HOOKS, json={"url": url, "kinds": kinds})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def log(person: SignedIn, made: dict[str, Any]) -> list[dict[str, Any]]:
    answer = await person.get(f"{HOOKS}/{made['id']}/deliveries")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


def verified(head: dict[str, str], body: bytes, secret: str) -> dict[str, Any]:
    """Read a webhook as Standard Webhooks' receivers do."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    content = f"{head['webhook-id']}.{head['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    assert f"v1,{expected}" in head["webhook-signature"].split(" ")
    read: dict[str, Any] = json.loads(body)
    return read


class TestSigned:
    def test_gives_what_the_specification_shows(self) -> None:
        secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        name, body = "msg_p5jXN8AQM9LWM0D4loKWxJek", b'{"test": 2432232314}'

        headers = signed(name, 1614265330, body, secret)

        expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        assert headers["webhook-signature"] == expected


class TestDeliver:
    async def test_brings_news_of_the_kinds_that_were_chosen(
        self, server: Server, ayu: SignedIn
    ) -> None:
        await choose(ayu, quiet_hours={"start": "00:00", "end": "23:59"})
        async with receiving() as receiver:
            made = await add(ayu, receiver.url)
            await tell(server, ayu, "one")
            await tell(server, ayu, "two", kind="meeting_answered")

        (head,), (body,) = receiver.heads, receiver.bodies
        read = verified(head, body, made["secret"])
        assert read["type"] == "meeting_reminder"
        assert read["data"]["title"] == "Weekly tea begins soon"
        assert read["data"]["url"] == "http://localhost:7880/r/tea"
        (delivery,) = await log(ayu, made)
        assert delivery["id"] == head["webhook-id"]
        assert (delivery["state"], delivery["status"], delivery["attempts"]) == (
            "delivered", 204, 1,
        )  # fmt: skip

    async def test_is_tried_for_a_day_under_the_same_name(
        self, server: Server, ayu: SignedIn
    ) -> None:
        begin = server.clock.time
        async with receiving(500) as receiver:
            made = await add(ayu, receiver.url)
            await tell(server, ayu)
            for _ in range(ATTEMPTS):
                server.clock.move(hours=7.3)
                await do_due(server)

        assert len(receiver.heads) == ATTEMPTS
        assert len({head["webhook-id"] for head in receiver.heads}) == 1
        assert (server.clock.time - begin).total_seconds() > 86_400
        server.clock.time = begin
        (delivery,) = await log(ayu, made)
        assert (delivery["state"], delivery["failure"]) == (
            "failed", "The receiver answered with status 500.",
        )  # fmt: skip

    async def test_arrives_after_the_receiver_was_away(self, server: Server, ayu: SignedIn) -> None:
        async with receiving(503, 200) as receiver:
            made = await add(ayu, receiver.url)
            await tell(server, ayu)
            assert (await log(ayu, made))[0]["state"] == "waiting"
            server.clock.move(minutes=1)
            await do_due(server)

        assert [one["state"] for one in await log(ayu, made)] == ["delivered"]

    async def test_ends_for_a_receiver_that_is_gone(self, server: Server, ayu: SignedIn) -> None:
        async with receiving(410) as receiver:
            made = await add(ayu, receiver.url)
            await tell(server, ayu, "one")
            await tell(server, ayu, "two")

        assert len(receiver.heads) == 1
        assert (await ayu.get(HOOKS)).json()[0]["is_on"] is False
        assert [one["state"] for one in await log(ayu, made)] == ["failed"]

    async def test_follows_no_one_elsewhere(self, server: Server, ayu: SignedIn) -> None:
        async with receiving(307) as receiver:
            made = await add(ayu, receiver.url)
            await tell(server, ayu)

        (delivery,) = await log(ayu, made)
        assert (delivery["state"], delivery["status"]) == ("waiting", 307)

    async def test_never_leads_into_a_private_network(self, server: Server, ayu: SignedIn) -> None:
        made = [
            await add(ayu, url)
            for url in ("https://127.0.0.1/x", "https://[::1]/x", "https://169.254.169.254/x")
        ]
        await tell(server, ayu)

        for one in made:
            (delivery,) = await log(ayu, one)
            assert delivery["status"] is None
            assert "private network" in delivery["failure"]

    async def test_leaves_address_and_secret_in_no_row(self, server: Server, ayu: SignedIn) -> None:
        async with receiving(500) as receiver:
            made = await add(ayu, receiver.url)
            await tell(server, ayu)

        async with server.app.work.read(SERVER) as ctx:
            found = await jobs.list_last(ctx, None, None, None, 99)
        for job in found:
            assert made["secret"] not in job.payload + job.failure
            assert "key=hidden" not in job.payload + job.failure


class TestAdd:
    @pytest.mark.parametrize(
        "url", ["http://example.org/x", "ftp://example.org", "https://a@example.org", "x"]
    )
    async def test_refuses_what_is_no_address_of_a_receiver(self, ayu: SignedIn, url: str) -> None:
        answer = await ayu.post(HOOKS, json={"url": url, "kinds": REMINDERS})

        assert_problem(answer, 400, "notification_hook_refused")

    @pytest.mark.parametrize("kinds", [[], ["x"], None])
    async def test_needs_kinds_of_news(self, ayu: SignedIn, kinds: object) -> None:
        answer = await ayu.post(HOOKS, json={"url": "https://example.org/", "kinds": kinds})

        assert_problem(answer, 422, "request_malformed")

    async def test_has_a_bound(self, ayu: SignedIn) -> None:
        for number in range(10):
            await add(ayu, f"https://example.org/{number}")

        answer = await ayu.post(HOOKS, json={"url": "https://example.org/", "kinds": REMINDERS})

        assert_problem(answer, 409, "notification_hooks_exhausted")
        assert len((await ayu.get(HOOKS)).json()) == 10
        assert "secret" not in (await ayu.get(HOOKS)).text


class TestRemove:
    async def test_ends_what_waits(self, server: Server, ayu: SignedIn) -> None:
        async with receiving(500) as receiver:
            made = await add(ayu, receiver.url)
            await tell(server, ayu)
            assert (await ayu.delete(f"{HOOKS}/{made['id']}")).status_code == 204
            server.clock.move(minutes=1)
            await do_due(server)

        assert len(receiver.heads) == 1
        assert_problem(
            await ayu.delete(f"{HOOKS}/{made['id']}"), 404, "notification_hook_not_found"
        )

    async def test_is_for_one_s_own_alone(self, server: Server, ayu: SignedIn) -> None:
        budi = await sign_in(server, "budi@example.com")
        made = await add(ayu, "https://example.org/")

        removed = await budi.delete(f"{HOOKS}/{made['id']}")
        read = await budi.get(f"{HOOKS}/{made['id']}/deliveries")

        for answer in (removed, read):
            assert_problem(answer, 404, "notification_hook_not_found")
        assert (await budi.get(HOOKS)).json() == []


class TestRetry:
    async def test_sends_again_what_was_given_up(self, server: Server, ayu: SignedIn) -> None:
        async with receiving(*[500] * ATTEMPTS, 204) as receiver:
            made = await add(ayu, receiver.url)
            await tell(server, ayu)
            for _ in range(ATTEMPTS):
                server.clock.move(hours=7.3)
                await do_due(server)
            ayu = await sign_in_again(server, ayu.user)
            (given_up,) = await log(ayu, made)
            retry = f"{HOOKS}/{made['id']}/deliveries/{given_up['id']}/retry"

            answer = await ayu.post(retry)
            assert (answer.status_code, answer.json()["state"]) == (200, "waiting")
            await do_due(server)

        assert receiver.heads[-1]["webhook-id"] == given_up["id"]
        assert [one["state"] for one in await log(ayu, made)] == ["delivered"]
        assert_problem(await ayu.post(retry), 409, "job_ended")

    async def test_is_for_one_s_own_alone(self, server: Server, ayu: SignedIn) -> None:
        budi = await sign_in(server, "budi@example.com")
        async with receiving(500) as receiver:
            made = await add(ayu, receiver.url)
            other = await add(ayu, receiver.url, ["test"])
            theirs = await add(budi, receiver.url)
            await tell(server, ayu)
        (waiting,) = await log(ayu, made)
        end = f"deliveries/{waiting['id']}/retry"

        assert_problem(
            await budi.post(f"{HOOKS}/{made['id']}/{end}"), 404, "notification_hook_not_found"
        )
        for person, hook in ((budi, theirs), (ayu, other)):
            assert_problem(
                await person.post(f"{HOOKS}/{hook['id']}/{end}"),
                404,
                "notification_delivery_not_found",
            )
