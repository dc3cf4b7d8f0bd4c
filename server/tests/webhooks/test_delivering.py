"""What is stored reaches every receiver, in order, once it can be reached."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest
from factories import Clock
from sqlalchemy import select
from webhooks.receivers import BUSY, KEY, OK, SECRET, Receiver, checked, receiving

from jumpa.domains.webhooks.models import State, Webhook
from jumpa.domains.webhooks.service import administration, storing
from jumpa.domains.webhooks.service.composing import compose
from jumpa.domains.webhooks.service.delivering import Deliverer, pause_after
from jumpa.domains.webhooks.service.sending import Sender
from jumpa.kit.actor import SERVER
from jumpa.kit.clock import system_clock
from jumpa.kit.context import UnitOfWork
from jumpa.kit.db.database import Database
from jumpa.kit.outbound.client import Outbound, OutboundLimits
from jumpa.kit.outbound.network import CheckedNetwork
from jumpa.media.engine import RoomFinished, RoomStarted

DAY = timedelta(days=1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def work(database: Database, clock: Clock) -> UnitOfWork:
    async def publish(_: object) -> None:
        pass

    return UnitOfWork(database.sessions, publish, clock)


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as opened:
        yield opened


async def deliverer(
    work: UnitOfWork,
    stack: AsyncExitStack,
    url: str,
    allowed: frozenset[str] = frozenset({"localhost"}),
    timeout_s: float = 30,
) -> Deliverer:
    outbound = Outbound(CheckedNetwork(allowed), OutboundLimits(timeout_s, 64 * 1024))
    stack.push_async_callback(outbound.close)
    return Deliverer(work, url, Sender(outbound, KEY, SECRET, system_clock), DAY)


async def keep(work: UnitOfWork, *rooms: str, urls: list[str], finish: bool = True) -> None:
    """Store that rooms were opened, and closed."""
    kinds = (RoomStarted, RoomFinished) if finish else (RoomStarted,)
    events = [compose(kind(room, f"RM_{room}"), work.clock()) for kind in kinds for room in rooms]
    async with work.write(SERVER) as ctx:
        await storing.store(ctx, [event for event in events if event], urls)


async def log(work: UnitOfWork) -> list[Webhook]:
    async with work.read(SERVER) as ctx:
        return list(await ctx.session.scalars(select(Webhook).order_by(Webhook.id)))


async def states(work: UnitOfWork) -> list[str]:
    return [webhook.state for webhook in await log(work)]


class TestDeliverDue:
    async def test_is_signed_as_livekit_signs(
        self, work: UnitOfWork, stack: AsyncExitStack, clock: Clock
    ) -> None:
        receiver = await stack.enter_async_context(receiving())
        await keep(work, "téa \U0001f375", urls=[receiver.url], finish=False)

        await (await deliverer(work, stack, receiver.url)).deliver_due()

        (event,) = receiver.events
        assert (event.event, event.room.name) == ("room_started", "téa \U0001f375")
        assert event.id.startswith("EV_")
        assert event.created_at == int(clock().timestamp())
        assert receiver.heads[0].startswith("POST /hook HTTP/1.1")
        assert "content-type: application/webhook+json" in receiver.heads[0].lower()
        with pytest.raises(Exception, match="hash mismatch"):
            checked(receiver.bodies[0] + " ", token_of(receiver))
        with pytest.raises(Exception, match="Signature"):
            checked(receiver.bodies[0], token_of(receiver), "another secret with enough bytes")

    async def test_keeps_the_order_of_each_room(
        self, work: UnitOfWork, stack: AsyncExitStack
    ) -> None:
        receiver = await stack.enter_async_context(receiving())
        await keep(work, "tea", "milk", urls=[receiver.url])

        assert await (await deliverer(work, stack, receiver.url)).deliver_due() == 4

        for room in ("tea", "milk"):
            told = [event for name, event in receiver.told if name == room]
            assert told == ["room_started", "room_finished"]
        assert await states(work) == [State.DELIVERED] * 4

    async def test_waits_with_a_room_whose_first_was_not_taken(
        self, work: UnitOfWork, stack: AsyncExitStack, clock: Clock
    ) -> None:
        receiver = await stack.enter_async_context(receiving(BUSY, OK))
        await keep(work, "tea", urls=[receiver.url])
        sends = await deliverer(work, stack, receiver.url)

        assert await sends.deliver_due() == 0
        assert await sends.deliver_due() == 0
        assert len(receiver.events) == 1
        clock.move(seconds=2)
        assert await sends.deliver_due() == 2

        assert [event for _, event in receiver.told] == [
            "room_started",
            "room_started",
            "room_finished",
        ]
        assert receiver.events[0].id == receiver.events[1].id
        assert [(each.attempts, each.status) for each in await log(work)] == [(2, 200), (1, 200)]

    async def test_does_not_hold_other_rooms_up(
        self, work: UnitOfWork, stack: AsyncExitStack
    ) -> None:
        receiver = await stack.enter_async_context(receiving(BUSY, OK))
        await keep(work, "tea", urls=[receiver.url])
        sends = await deliverer(work, stack, receiver.url)
        await sends.deliver_due()
        await keep(work, "milk", urls=[receiver.url])

        assert await sends.deliver_due() == 2

        assert receiver.told[1:] == [("milk", "room_started"), ("milk", "room_finished")]

    async def test_does_not_hold_other_receivers_up(
        self, work: UnitOfWork, stack: AsyncExitStack
    ) -> None:
        receiver = await stack.enter_async_context(receiving())
        dead = "http://localhost:1/hook"
        await keep(work, "tea", urls=[dead, receiver.url])

        assert await (await deliverer(work, stack, dead)).deliver_due() == 0
        assert await (await deliverer(work, stack, receiver.url)).deliver_due() == 2

        tried, waiting = [each for each in await log(work) if each.url == dead]
        assert tried.failure
        assert (tried.attempts, waiting.attempts) == (1, 0)

    async def test_is_given_up_after_a_day_and_lets_the_next_pass(
        self, work: UnitOfWork, stack: AsyncExitStack, clock: Clock
    ) -> None:
        receiver = await stack.enter_async_context(receiving(BUSY, BUSY, OK))
        await keep(work, "tea", urls=[receiver.url])
        sends = await deliverer(work, stack, receiver.url)
        await sends.deliver_due()
        clock.move(hours=24)

        await sends.deliver_due()
        await sends.deliver_due()

        assert await states(work) == [State.FAILED, State.DELIVERED]

    async def test_sends_each_once_when_two_servers_look(
        self, work: UnitOfWork, stack: AsyncExitStack
    ) -> None:
        receiver = await stack.enter_async_context(receiving())
        await keep(work, *(f"room {number}" for number in range(5)), urls=[receiver.url])
        sends = await deliverer(work, stack, receiver.url)

        await asyncio.gather(sends.deliver_due(), sends.deliver_due())

        assert len({event.id for event in receiver.events}) == len(receiver.events) == 10

    async def test_sends_what_a_dead_server_had_taken_after_a_minute(
        self, work: UnitOfWork, stack: AsyncExitStack, clock: Clock
    ) -> None:
        receiver = await stack.enter_async_context(receiving())
        await keep(work, "tea", urls=[receiver.url])
        async with work.write(SERVER) as ctx:
            for webhook in await ctx.session.scalars(select(Webhook)):
                webhook.due_at = clock() + timedelta(seconds=60)
        sends = await deliverer(work, stack, receiver.url)

        assert await sends.deliver_due() == 0
        clock.move(seconds=60)
        assert await sends.deliver_due() == 2


class TestReceivers:
    """A receiver may be slow, endless, elsewhere or out of its mind."""

    @pytest.mark.parametrize(
        "answer",
        [
            BUSY,
            b"HTTP/1.1 301 Away\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n",
            b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n" + b"x" * 100_000,
            b"no such protocol\r\n\r\n",
            b"",
        ],
    )
    async def test_that_do_not_take_it_get_it_again(
        self, work: UnitOfWork, stack: AsyncExitStack, answer: bytes
    ) -> None:
        receiver = await stack.enter_async_context(receiving(answer))
        await keep(work, "tea", urls=[receiver.url], finish=False)

        assert await (await deliverer(work, stack, receiver.url)).deliver_due() == 0

        (webhook,) = await log(work)
        assert (webhook.state, webhook.attempts) == (State.WAITING, 1)
        assert webhook.failure
        assert webhook.due_at == work.clock() + pause_after(1)

    async def test_that_say_nothing_are_left_after_a_while(
        self, work: UnitOfWork, stack: AsyncExitStack
    ) -> None:
        let_go = asyncio.Event()

        async def hang(_: asyncio.StreamWriter) -> None:
            await let_go.wait()

        receiver = await stack.enter_async_context(receiving(say=hang))
        stack.callback(let_go.set)
        await keep(work, "tea", urls=[receiver.url], finish=False)

        assert await (await deliverer(work, stack, receiver.url, timeout_s=0.2)).deliver_due() == 0

        assert await states(work) == [State.WAITING]

    @pytest.mark.parametrize(
        "url",
        [
            "http://localhost:1/",
            "https://127.0.0.1/",
            "https://169.254.169.254/latest/meta-data",
            "https://[::ffff:127.0.0.1]/",
            "http://example.com/",
        ],
    )
    async def test_inside_are_not_asked_unless_allowed(
        self, work: UnitOfWork, stack: AsyncExitStack, url: str
    ) -> None:
        await keep(work, "tea", urls=[url], finish=False)

        assert await (await deliverer(work, stack, url, frozenset())).deliver_due() == 0

        (webhook,) = await log(work)
        assert "private network" in webhook.failure or "https" in webhook.failure
        assert webhook.status is None


class TestRun:
    async def test_delivers_what_is_there_and_what_comes(
        self, work: UnitOfWork, stack: AsyncExitStack
    ) -> None:
        receiver = await stack.enter_async_context(receiving())
        await keep(work, "tea", urls=[receiver.url], finish=False)
        sends = await deliverer(work, stack, receiver.url)
        running = asyncio.create_task(sends.rounds.run())

        await receiver.arrived.wait()
        receiver.arrived.clear()
        await keep(work, "milk", urls=[receiver.url], finish=False)
        sends.rounds.wake()
        await receiver.arrived.wait()
        running.cancel()
        await asyncio.wait({running})

        assert receiver.told == [("tea", "room_started"), ("milk", "room_started")]


class TestRetry:
    async def test_sends_again_what_was_given_up(
        self, work: UnitOfWork, stack: AsyncExitStack, clock: Clock
    ) -> None:
        receiver = await stack.enter_async_context(receiving(BUSY, OK))
        await keep(work, "tea", urls=[receiver.url], finish=False)
        clock.move(hours=24)
        sends = await deliverer(work, stack, receiver.url)
        await sends.deliver_due()
        (webhook,) = await log(work)
        assert webhook.state == State.FAILED

        async with work.write(SERVER) as ctx:
            await administration.retry(ctx, webhook.id)
        await sends.deliver_due()

        assert await states(work) == [State.DELIVERED]


class TestSweep:
    async def test_ends_what_nobody_receives_and_forgets_what_is_old(
        self, work: UnitOfWork, stack: AsyncExitStack, clock: Clock
    ) -> None:
        receiver = await stack.enter_async_context(receiving())
        await keep(work, "tea", urls=[receiver.url, "http://localhost:1/gone"], finish=False)
        await (await deliverer(work, stack, receiver.url)).deliver_due()

        async def sweep() -> list[tuple[str, str]]:
            async with work.write(SERVER) as ctx:
                await administration.sweep(ctx, [receiver.url], timedelta(days=7))
            return [(each.url, each.state) for each in await log(work)]

        ended = await sweep()
        clock.move(days=7, seconds=1)

        assert ended == [
            (receiver.url, State.DELIVERED),
            ("http://localhost:1/gone", State.FAILED),
        ]
        assert await sweep() == []


def token_of(receiver: Receiver) -> str:
    lines = receiver.heads[0].splitlines()
    return next(line.split(": ")[1] for line in lines if line.lower().startswith("authorization"))
