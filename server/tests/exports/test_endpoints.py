"""People ask for their data once, fetch it for a week, and nobody else does."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from exports.taking import EXPORT, Owner, opened, owner
from factories import NOW, Server
from notifications.told import choose, do_due, mailer_of, titles
from obstore.store import MemoryStore
from people import assert_problem, make_organisation, sign_in, work_of
from sqlalchemy import func, select
from typing_extensions import override

from jumpa.domains.audit.service import AuditLog
from jumpa.domains.exports.models import Export
from jumpa.domains.exports.service.exporting import Exporter
from jumpa.domains.exports.service.parts import ExportParts
from jumpa.domains.users.models import User
from jumpa.kit import objects
from jumpa.kit.actor import SERVER
from jumpa.kit.objects import ObjectsFullError, ObjectStore
from jumpa.kit.work import jobs
from jumpa.kit.work.jobs import Job

CONTENT = f"{EXPORT}/content"


async def exported(server: Server) -> list[Job]:
    async with work_of(server).read(SERVER) as ctx:
        return list(await jobs.list_last(ctx, None, "export", None, 50))


async def rows(server: Server) -> int:
    async with work_of(server).read(SERVER) as ctx:
        return await ctx.session.scalar(select(func.count()).select_from(Export)) or 0


async def stored(server: Server) -> list[UUID]:
    return [name async for name in server.parts.objects.names()]


class Disturbed(ObjectStore):
    """A store in which something happens while it stores."""

    def __init__(self, meanwhile: Callable[[], Awaitable[None]]) -> None:
        super().__init__(MemoryStore())
        self._meanwhile = meanwhile

    @override
    async def put(self, name: UUID, chunks: AsyncIterator[bytes]) -> None:
        await super().put(name, chunks)
        await self._meanwhile()


class TestAsk:
    async def test_makes_a_file_and_tells_its_person(self, ayu: Owner) -> None:
        asked = await ayu.ask()
        assert (asked["state"], asked["size"], asked["expires_at"]) == ("waiting", None, None)

        await ayu.make()
        await do_due(ayu.server)

        seen = (await ayu.person.get(EXPORT)).json()
        assert seen["state"] == "ready"
        assert seen["size"] == len((await ayu.person.get(CONTENT)).content)
        assert seen["expires_at"] == (NOW + timedelta(days=7)).isoformat().replace("+00:00", "Z")
        assert await titles(ayu.person) == ["Your data is ready"]
        (letter,) = mailer_of(ayu.server).sent
        assert "/security" in letter.text

    async def test_writes_no_letter_to_who_wants_none(self, ayu: Owner) -> None:
        off = {"in_app": True, "mail": False, "push": False}
        await choose(ayu.person, kinds={"export_ready": off})
        await ayu.took()
        await do_due(ayu.server)

        assert mailer_of(ayu.server).sent == []
        assert len(await titles(ayu.person)) == 1

    async def test_makes_one_however_often_somebody_asks_meanwhile(self, ayu: Owner) -> None:
        await asyncio.gather(*(ayu.ask() for _ in range(3)))
        assert (await ayu.ask())["state"] == "waiting"

        assert len(await exported(ayu.server)) == 1

    async def test_is_refused_the_fourth_time_of_a_day(self, ayu: Owner) -> None:
        for _ in range(3):
            await ayu.took()

        assert_problem(await ayu.person.post(EXPORT), 429, "too_many_requests")
        ayu.server.now.seconds += 86_400
        await ayu.took()

    async def test_ends_the_file_before(self, ayu: Owner) -> None:
        await ayu.took()
        (first,) = await stored(ayu.server)
        await ayu.ask()

        assert_problem(await ayu.person.get(CONTENT), 409, "export_not_ready")
        await ayu.make()
        await ayu.server.clean_up()
        (second,) = await stored(ayu.server)
        assert second != first

    async def test_is_seen_by_administrators_among_the_jobs(self, ayu: Owner) -> None:
        dewi = await sign_in(ayu.server, "dewi@example.com", role="administrator")
        await ayu.ask()

        answer = await dewi.get("/jobs", params={"kind": "export"})

        assert [job["state"] for job in answer.json()["items"]] == ["waiting"]
        assert "ayu" not in answer.text.lower()

    async def test_keeps_a_file_that_two_servers_made_at_once(self, ayu: Owner) -> None:
        await ayu.ask()
        (job,) = await exported(ayu.server)
        done: list[None] = []

        async def meanwhile() -> None:
            if not done:
                done.append(None)
                await exporter.make(job)

        store = Disturbed(meanwhile)
        parts = ExportParts(work_of(ayu.server), store, AuditLog(b"key"), timedelta(7))
        exporter = Exporter(parts)
        await exporter.make(job)
        await do_due(ayu.server)

        assert [name async for name in store.names()] == [job.id]
        assert await ayu.state() == "ready"
        assert await titles(ayu.person) == ["Your data is ready"]

    async def test_leaves_the_disk_its_reserve(self, ayu: Owner, tmp_path: Path) -> None:
        store = objects.on_disk(tmp_path / "objects", reserve_bytes=2**60)
        await ayu.ask()
        (job,) = await exported(ayu.server)
        parts = ExportParts(work_of(ayu.server), store, AuditLog(b"key"), timedelta(7))

        with pytest.raises(ObjectsFullError):
            await Exporter(parts).make(job)

        assert [name async for name in store.names()] == []
        assert await ayu.state() == "waiting"


class TestState:
    async def test_is_none_before_somebody_asked(self, ayu: Owner) -> None:
        for method, path in (("GET", EXPORT), ("GET", CONTENT), ("DELETE", EXPORT)):
            assert_problem(await ayu.person.call(method, path), 404, "export_not_found")

    async def test_is_one_s_own(self, ayu: Owner) -> None:
        await ayu.took()
        elsewhere = await make_organisation(ayu.server)
        for other in (
            await owner(ayu.server, "budi@example.com"),
            await owner(ayu.server, "dewi@example.com", role="administrator"),
            await owner(ayu.server, "eka@example.com", organisation_id=elsewhere),
        ):
            for method, path in (("GET", EXPORT), ("GET", CONTENT), ("DELETE", EXPORT)):
                assert_problem(await other.person.call(method, path), 404, "export_not_found")
        assert await ayu.state() == "ready"

    async def test_is_failed_once_it_was_given_up_and_can_be_asked_for_again(
        self, ayu: Owner, tmp_path: Path
    ) -> None:
        folder = tmp_path / "objects"
        ayu.server.parts.objects._store = objects.on_disk(folder)._store
        folder.rmdir()
        folder.touch()
        await ayu.ask()
        for _ in range(4):
            await ayu.make()
            await ayu.wake(hours=1)
        assert await ayu.state() == "failed"
        assert_problem(await ayu.person.get(CONTENT), 409, "export_not_ready")

        folder.unlink()
        folder.mkdir()
        assert "profile.json" in (await ayu.took()).namelist()

    async def test_is_failed_when_an_administrator_cancelled_it(self, ayu: Owner) -> None:
        dewi = await sign_in(ayu.server, "dewi@example.com", role="administrator")
        await ayu.ask()
        (job,) = await exported(ayu.server)
        await dewi.post(f"/jobs/{job.id}/cancel")

        assert await ayu.state() == "failed"
        await ayu.took()


class TestContent:
    async def test_is_fetched_in_parts(self, ayu: Owner) -> None:
        await ayu.took()
        whole = (await ayu.person.get(CONTENT)).content

        begin = await ayu.person.get(CONTENT, headers={"Range": "bytes=0-99"})
        end = await ayu.person.get(CONTENT, headers={"Range": "bytes=100-"})

        assert (begin.status_code, end.status_code) == (206, 206)
        opened(begin.content + end.content)
        assert begin.content + end.content == whole
        assert begin.headers["cache-control"] == "no-store"

    async def test_is_gone_after_a_week(self, ayu: Owner) -> None:
        await ayu.took()
        await ayu.wake(days=7, seconds=-1)
        await ayu.fetched()

        await ayu.wake(seconds=1)
        assert_problem(await ayu.person.get(CONTENT), 404, "export_not_found")
        await ayu.server.clean_up()

        assert await stored(ayu.server) == []
        assert await rows(ayu.server) == 0


class TestRemove:
    async def test_takes_the_file_away(self, ayu: Owner) -> None:
        await ayu.took()

        assert (await ayu.person.delete(EXPORT)).status_code == 204

        assert_problem(await ayu.person.get(CONTENT), 404, "export_not_found")
        assert_problem(await ayu.person.delete(EXPORT), 404, "export_not_found")
        await ayu.server.clean_up()
        assert await stored(ayu.server) == []

    async def test_takes_back_what_is_not_made_yet(self, ayu: Owner) -> None:
        await ayu.ask()
        await ayu.person.delete(EXPORT)
        await ayu.make()

        assert [job.state for job in await exported(ayu.server)] == ["cancelled"]
        assert await stored(ayu.server) == []

    @pytest.mark.parametrize("is_person_gone", [False, True])
    async def test_leaves_nothing_of_what_is_being_made(
        self, ayu: Owner, is_person_gone: bool
    ) -> None:
        async def meanwhile() -> None:
            if not is_person_gone:
                await ayu.person.delete(EXPORT)
                return
            async with work_of(ayu.server).write(SERVER) as ctx:
                await ctx.session.delete(await ctx.session.get(User, ayu.person.user.id))

        await ayu.ask()
        (job,) = await exported(ayu.server)
        store = Disturbed(meanwhile)
        audit = AuditLog(b"key")
        await Exporter(ExportParts(work_of(ayu.server), store, audit, timedelta(1))).make(job)

        assert [name async for name in store.names()] == []
        ayu.server.clock.move(hours=1, seconds=1)
        await ayu.server.clean_up()
        assert await rows(ayu.server) == 0
