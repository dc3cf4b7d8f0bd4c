"""The chain of the audit log shows what was done to it."""

import asyncio
from uuid import uuid4

import pytest
from sqlalchemy import delete, select, update

from jumpa.domains.audit.models import AuditEntry
from jumpa.domains.audit.service import AuditLog, Checked, Deed
from jumpa.domains.organisations import service as organisations
from jumpa.domains.organisations.models import HOME
from jumpa.kit.actor import SERVER, Actor
from jumpa.kit.context import UnitOfWork

LOG = AuditLog(b"k" * 32)


async def record(work: UnitOfWork, count: int, organisation_id: object = HOME) -> None:
    for number in range(count):
        async with work.write(SERVER) as ctx:
            deed = Deed(f"deed.{number}", organisation_id, uuid4(), {"number": number})  # type: ignore[arg-type]  # an id
            await LOG.record(ctx, deed)


async def check(work: UnitOfWork, log: AuditLog = LOG) -> Checked:
    async with work.read(SERVER) as ctx:
        return await log.verify(ctx, HOME)


class TestVerify:
    async def test_follows_a_whole_chain(self, work: UnitOfWork) -> None:
        await record(work, 5)

        checked = await check(work)

        assert (checked.entries, checked.broken_at) == (5, None)
        assert len(checked.last_digest) == 64

    async def test_finds_nothing_in_nothing(self, work: UnitOfWork) -> None:
        assert await check(work) == Checked(0)

    @pytest.mark.parametrize(
        "change",
        [
            {"action": "harmless"},
            {"facts": "{}"},
            {"actor_id": uuid4()},
            {"subject_id": None},
            {"address": "192.0.2.1"},
            {"previous_digest": "1" * 64},
            {"digest": "1" * 64},
        ],
        ids=lambda change: next(iter(change)),
    )
    async def test_finds_a_changed_entry(self, work: UnitOfWork, change: dict[str, object]) -> None:
        await record(work, 4)
        async with work.write(SERVER) as ctx:
            await ctx.session.execute(
                update(AuditEntry).where(AuditEntry.number == 2).values(**change)
            )

        assert (await check(work)).broken_at == 2

    async def test_finds_a_missing_entry(self, work: UnitOfWork) -> None:
        await record(work, 4)
        async with work.write(SERVER) as ctx:
            await ctx.session.execute(delete(AuditEntry).where(AuditEntry.number == 3))

        assert (await check(work)).broken_at == 3

    async def test_finds_a_chain_that_was_written_again_without_the_key(
        self, work: UnitOfWork
    ) -> None:
        await record(work, 3)

        assert (await check(work, AuditLog(b"x" * 32))).broken_at == 1

    async def test_tells_a_lost_end_by_its_count(self, work: UnitOfWork) -> None:
        await record(work, 3)
        before = await check(work)
        async with work.write(SERVER) as ctx:
            await ctx.session.execute(delete(AuditEntry).where(AuditEntry.number == 3))

        after = await check(work)

        assert after.entries < before.entries
        assert after.last_digest != before.last_digest


class TestRecord:
    async def test_makes_one_chain_of_many_at_once(self, work: UnitOfWork) -> None:
        async def once() -> None:
            async with work.write(SERVER) as ctx:
                await LOG.record(ctx, Deed("deed", HOME))

        await asyncio.gather(*(once() for _ in range(20)))

        assert (await check(work)).entries == 20

    async def test_makes_a_chain_for_each_organisation(self, work: UnitOfWork) -> None:
        async with work.write(SERVER) as ctx:
            other = (await organisations.create(ctx, "Other")).organisation_id
        await record(work, 2)
        await record(work, 3, other)

        async with work.read(Actor(organisation_id=other)) as ctx:
            assert (await LOG.verify(ctx, other)).entries == 3
            assert (await LOG.verify(ctx, HOME)).entries == 0

    async def test_keeps_nothing_of_work_that_failed(self, work: UnitOfWork) -> None:
        async def fail() -> None:
            async with work.write(SERVER) as ctx:
                await LOG.record(ctx, Deed("deed", HOME))
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await fail()

        assert (await check(work)).entries == 0

    async def test_notes_who_and_from_where(self, work: UnitOfWork) -> None:
        actor = Actor(user_id=uuid4(), address="192.0.2.9", sees_all=True)

        async with work.write(actor) as ctx:
            await LOG.record(ctx, Deed("deed", HOME))

        async with work.read(SERVER) as ctx:
            entry = (await ctx.session.scalars(select(AuditEntry))).one()
        assert (entry.actor_id, entry.address) == (actor.user_id, "192.0.2.9")
