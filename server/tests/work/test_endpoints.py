"""Administrators look at jobs, do them again and take them back."""

from uuid import UUID, uuid4

import httpx2
from factories import FakeMailer, Server
from people import SignedIn, assert_problem, letters, make_organisation, work_of

from jumpa.domains.organisations.models import HOME
from jumpa.kit.actor import SERVER
from jumpa.kit.work import jobs
from jumpa.kit.work.jobs import Wanted


async def ask(server: Server, kind: str = "letter", organisation_id: UUID = HOME) -> UUID:
    wanted = Wanted(kind, "what only the job knows", organisation_id)
    async with work_of(server).write(SERVER) as ctx:
        await jobs.enqueue(ctx, wanted)
    return wanted.id


def ids(answer: httpx2.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [job["id"] for job in answer.json()["items"]]


class TestListJobs:
    async def test_shows_the_newest_first_in_pages(
        self, server: Server, administrator: SignedIn
    ) -> None:
        made = [str(await ask(server)) for _ in range(5)][::-1]

        first = await administrator.get("/jobs", params={"limit": 3})
        more = {"limit": 3, "cursor": first.json()["next_cursor"]}
        second = await administrator.get("/jobs", params=more)

        assert ids(first) + ids(second) == made
        assert second.json()["next_cursor"] is None

    async def test_shows_those_of_a_state_and_kind(
        self, server: Server, administrator: SignedIn
    ) -> None:
        one, other = await ask(server), await ask(server, "reminder")
        await administrator.post(f"/jobs/{other}/cancel")

        assert ids(await administrator.get("/jobs", params={"state": "waiting"})) == [str(one)]
        assert ids(await administrator.get("/jobs", params={"kind": "reminder"})) == [str(other)]

    async def test_never_shows_what_a_job_holds(
        self, server: Server, administrator: SignedIn
    ) -> None:
        await ask(server)

        assert "only the job knows" not in (await administrator.get("/jobs")).text

    async def test_is_for_administrators(self, member: SignedIn) -> None:
        assert_problem(await member.get("/jobs"), 403, "administrator_needed")

    async def test_shows_nothing_of_other_organisations(
        self, server: Server, administrator: SignedIn
    ) -> None:
        foreign = await ask(server, organisation_id=await make_organisation(server))

        assert ids(await administrator.get("/jobs")) == []
        for deed in ("retry", "cancel"):
            answer = await administrator.post(f"/jobs/{foreign}/{deed}")
            assert_problem(answer, 404, "job_not_found")


class TestCountJobs:
    async def test_counts_by_kind_and_state(self, server: Server, administrator: SignedIn) -> None:
        _, _, last = [await ask(server, kind) for kind in ("letter", "letter", "reminder")]
        await administrator.post(f"/jobs/{last}/cancel")
        await ask(server, "foreign", await make_organisation(server))

        answer = await administrator.get("/jobs/counts")

        assert answer.json() == [
            {"kind": "letter", "state": "waiting", "count": 2},
            {"kind": "reminder", "state": "cancelled", "count": 1},
        ]

    async def test_is_for_administrators(self, member: SignedIn) -> None:
        assert_problem(await member.get("/jobs/counts"), 403, "administrator_needed")


class TestRetryJob:
    async def test_sends_a_letter_at_once_that_waits_for_another_attempt(
        self, server: Server, administrator: SignedIn
    ) -> None:
        mailer = server.parts.mailer
        assert isinstance(mailer, FakeMailer)
        mailer.is_away = True
        await administrator.post("/auth/forgot-password", json={"email": "dewi@example.com"})
        await letters(server)
        job = ids(await administrator.get("/jobs"))[0]
        mailer.is_away = False

        answer = await administrator.post(f"/jobs/{job}/retry")

        assert (answer.status_code, answer.json()["attempts"]) == (200, 0)
        assert len((await letters(server)).sent) == 1
        again = await administrator.post(f"/jobs/{job}/retry")
        assert_problem(again, 409, "job_ended")

    async def test_says_when_there_is_no_such_job(self, administrator: SignedIn) -> None:
        answer = await administrator.post(f"/jobs/{uuid4()}/retry")

        assert_problem(answer, 404, "job_not_found")

    async def test_is_for_administrators(self, server: Server, member: SignedIn) -> None:
        answer = await member.post(f"/jobs/{await ask(server)}/retry")

        assert_problem(answer, 403, "administrator_needed")


class TestCancelJob:
    async def test_takes_a_job_back_and_forgets_what_it_held(
        self, server: Server, administrator: SignedIn
    ) -> None:
        job = await ask(server)

        answer = await administrator.post(f"/jobs/{job}/cancel")

        assert answer.json()["state"] == "cancelled"
        assert (await letters(server)).sent == []
        assert_problem(await administrator.post(f"/jobs/{job}/cancel"), 409, "job_ended")

    async def test_is_for_administrators(self, server: Server, member: SignedIn) -> None:
        answer = await member.post(f"/jobs/{await ask(server)}/cancel")

        assert_problem(answer, 403, "administrator_needed")
