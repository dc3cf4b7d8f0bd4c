"""Jobs from the command line."""

import asyncio
from uuid import UUID

import pytest
from cli.kept import Run

from jumpa.app.offline import opened
from jumpa.config import Settings
from jumpa.domains.organisations.models import HOME
from jumpa.kit.actor import SERVER
from jumpa.kit.work import jobs
from jumpa.kit.work.jobs import Wanted

pytestmark = pytest.mark.usefixtures("in_folder")


def keep(kind: str) -> UUID:
    """Store a job that nobody has done."""
    wanted = Wanted(kind, "what only the job knows", HOME)

    async def kept() -> None:
        async with opened(Settings()) as parts, parts.work.write(SERVER) as ctx:
            await jobs.enqueue(ctx, wanted)

    asyncio.run(kept())
    return wanted.id


class TestList:
    def test_shows_the_newest_first_and_not_what_they_hold(self, run: Run) -> None:
        assert run("work", "list") == (0, "")
        made = [str(keep(kind)) for kind in ("letter", "reminder")]

        status, said = run("work", "list", "--state", "waiting")

        assert status == 0
        assert [line.split()[0] for line in said.splitlines()] == made[::-1]
        assert "only the job knows" not in said
        assert run("work", "list", "--kind", "letter")[1].split()[0] == made[0]
        assert run("work", "list", "--state", "failed") == (0, "")


class TestRetryAndCancel:
    def test_act_on_a_job_that_was_not_done(self, run: Run) -> None:
        job = str(keep("letter"))

        assert run("work", "retry", job)[1].split()[:2] == [job, "waiting"]
        assert run("work", "cancel", job)[1].split()[:2] == [job, "cancelled"]
        status, said = run("work", "retry", job)
        assert status != 0
        assert "done or cancelled" in said

    @pytest.mark.parametrize(
        ("wanted", "says"),
        [("00000000-0000-7000-8000-000000000009", "no such"), ("tea", "no job")],
    )
    def test_need_one_that_is_there(self, run: Run, wanted: str, says: str) -> None:
        status, said = run("work", "retry", wanted)

        assert status != 0
        assert says in said
