"""Administrators invite addresses; whoever opens the letter makes an account inside."""

import asyncio
from uuid import uuid4

import httpx2
import pytest
from factories import Server
from people import (
    API,
    OTHER_PASSWORD,
    SignedIn,
    assert_problem,
    last_token,
    letters,
    log_in,
    make_user,
    sign_in,
    sign_in_again,
    work_of,
)
from sqlalchemy import select

from jumpa.config import AccountSettings, RateSettings, Settings
from jumpa.domains.audit.models import AuditEntry
from jumpa.domains.users.models import User
from jumpa.kit.actor import SERVER

INVITATIONS = "/organisation/invitations"
BUDI = "budi@example.com"


async def invite(who: SignedIn, email: str = BUDI, **more: object) -> dict[str, str]:
    answer = await who.post(INVITATIONS, json={"email": email, **more})
    assert answer.status_code in {200, 201}, answer.text
    made: dict[str, str] = answer.json()
    return made


async def look(server: Server, token: str) -> httpx2.Response:
    return await server.client.post(f"{API}/auth/invitation/look", json={"token": token})


async def accept(server: Server, token: str, **more: object) -> httpx2.Response:
    body = {
        "token": token,
        "password": OTHER_PASSWORD,
        "first_name": "Budi",
        "last_name": "Hartono",
        **more,
    }
    return await server.client.post(f"{API}/auth/invitation/accept", json=body)


async def invited(who: SignedIn) -> list[str]:
    answer = await who.get(INVITATIONS)
    assert answer.status_code == 200, answer.text
    return [one["email"] for one in answer.json()["items"]]


async def deeds(server: Server) -> list[str]:
    async with work_of(server).read(SERVER) as ctx:
        found = select(AuditEntry.action).order_by(AuditEntry.number)
        return list(await ctx.session.scalars(found))


@pytest.fixture
def settings() -> Settings:
    """A server that nobody can register at: invited people come in anyway."""
    return Settings(
        accounts=AccountSettings(registration="closed"), rates=RateSettings(letters_per_minute=50)
    )


class TestInviteColleague:
    @pytest.mark.parametrize(
        ("language", "subject", "words"),
        [
            ("en", "Dewi Lestari invites you to Jumpa", "Open this link"),
            ("id", "Dewi Lestari mengundang Anda ke Jumpa", "Buka tautan ini"),
        ],
    )
    async def test_writes_in_the_language_that_was_chosen(
        self, server: Server, administrator: SignedIn, language: str, subject: str, words: str
    ) -> None:
        await invite(administrator, language=language)

        letter = (await letters(server)).sent[-1]

        assert (letter.recipient, letter.subject) == (BUDI, subject)
        assert words in letter.text
        assert "http://localhost:7880/join-organisation#" in letter.text
        assert "2026-11-28 09:00" in letter.text

    async def test_leads_to_an_account_inside(
        self, server: Server, administrator: SignedIn
    ) -> None:
        await invite(administrator, "BUDI@example.com", role="administrator")
        token = await last_token(server)

        assert (await look(server, token)).json()["email"] == BUDI
        assert (await accept(server, token)).status_code == 204

        tokens = await log_in(server, BUDI, OTHER_PASSWORD)
        async with work_of(server).read(SERVER) as ctx:
            user = await ctx.session.scalar(select(User).where(User.email == BUDI))
        assert user is not None
        assert (user.organisation_id, user.role) == (
            administrator.user.organisation_id,
            "administrator",
        )
        assert (await SignedIn(server.client, user, tokens.json()).get(INVITATIONS)).json()[
            "items"
        ] == []
        assert {"invitation.sent", "user.joined"} <= {*await deeds(server)}

    async def test_sends_another_link_to_who_was_invited_already(
        self, server: Server, administrator: SignedIn
    ) -> None:
        first = await administrator.post(INVITATIONS, json={"email": BUDI})
        old = await last_token(server)

        second = await administrator.post(INVITATIONS, json={"email": BUDI, "role": "member"})

        assert (first.status_code, second.status_code) == (201, 200)
        assert first.json()["id"] == second.json()["id"]
        assert_problem(await accept(server, old), 410, "link_spent")
        assert (await accept(server, await last_token(server))).status_code == 204

    async def test_is_done_once_when_it_comes_twice_at_once(self, administrator: SignedIn) -> None:
        made = await asyncio.gather(*(invite(administrator) for _ in range(4)))

        assert len({one["id"] for one in made}) == 1
        assert await invited(administrator) == [BUDI]

    async def test_is_for_people_who_are_not_here(
        self, administrator: SignedIn, member: SignedIn
    ) -> None:
        answer = await administrator.post(INVITATIONS, json={"email": member.user.email})

        assert_problem(answer, 409, "email_taken")

    async def test_does_not_tell_who_is_in_another_organisation(
        self, server: Server, administrator: SignedIn, elsewhere: SignedIn
    ) -> None:
        await invite(administrator, elsewhere.user.email)

        answer = await accept(server, await last_token(server))

        # Only whoever reads the letters of that address learns of it.
        assert_problem(answer, 409, "email_taken")

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"email": ""},
            {"email": "no address"},
            {"email": "x" * 300 + "@example.com"},
            {"email": BUDI, "role": "king"},
            {"email": BUDI, "language": "fr"},
            {"email": BUDI, "organisation_id": str(uuid4())},
        ],
    )
    async def test_refuses_what_it_cannot_read(
        self, administrator: SignedIn, body: dict[str, str]
    ) -> None:
        answer = await administrator.post(INVITATIONS, json=body)

        assert_problem(answer, 422, "request_malformed")
        assert await invited(administrator) == []


class TestQuota:
    @pytest.fixture
    def settings(self) -> Settings:
        return Settings(rates=RateSettings(letters_per_minute=2, invitations_per_hour=4))

    async def test_keeps_one_letter_box_from_being_filled(self, administrator: SignedIn) -> None:
        made = await invite(administrator)
        await administrator.post(f"{INVITATIONS}/{made['id']}/resend")

        answer = await administrator.post(f"{INVITATIONS}/{made['id']}/resend")

        assert answer.status_code == 429

    async def test_keeps_one_person_from_writing_to_everybody(
        self, administrator: SignedIn
    ) -> None:
        for number in range(4):
            await invite(administrator, f"n{number}@example.com")

        answer = await administrator.post(INVITATIONS, json={"email": BUDI})

        assert answer.status_code == 429


class TestWithdrawColleagueInvitation:
    async def test_ends_its_link(self, server: Server, administrator: SignedIn) -> None:
        made = await invite(administrator)
        token = await last_token(server)

        answer = await administrator.delete(f"{INVITATIONS}/{made['id']}")

        assert answer.status_code == 204
        assert_problem(await look(server, token), 410, "link_spent")
        assert_problem(await accept(server, token), 410, "link_spent")
        assert await invited(administrator) == []
        again = await administrator.delete(f"{INVITATIONS}/{made['id']}")
        assert_problem(again, 404, "colleague_invitation_not_found")


class TestResendColleagueInvitation:
    async def test_makes_an_expired_one_work_again(
        self, server: Server, administrator: SignedIn
    ) -> None:
        made = await invite(administrator)
        token = await last_token(server)
        server.clock.move(days=7)
        assert_problem(await accept(server, token), 410, "link_spent")
        administrator = SignedIn(
            server.client, administrator.user, (await log_in(server, "dewi@example.com")).json()
        )
        assert (await administrator.get(INVITATIONS)).json()["items"][0]["is_expired"]

        answer = await administrator.post(f"{INVITATIONS}/{made['id']}/resend")

        assert not answer.json()["is_expired"]
        assert (await accept(server, await last_token(server))).status_code == 204


class TestExpired:
    async def test_are_forgotten_after_a_month(
        self, server: Server, administrator: SignedIn
    ) -> None:
        await invite(administrator)
        server.clock.move(days=8)
        later = await sign_in_again(server, administrator.user)
        await invite(later, "citra@example.com")
        server.clock.move(days=30)

        await server.clean_up()

        later = await sign_in_again(server, administrator.user)
        assert await invited(later) == ["citra@example.com"]


class TestDoors:
    @pytest.mark.parametrize(
        ("method", "path"), [("POST", "/{}/resend"), ("DELETE", "/{}"), ("GET", ""), ("POST", "")]
    )
    async def test_are_for_administrators_of_the_organisation(
        self,
        administrator: SignedIn,
        member: SignedIn,
        elsewhere: SignedIn,
        method: str,
        path: str,
    ) -> None:
        made = await invite(administrator)
        more = {"json": {"email": "eve@example.com"}} if (method, path) == ("POST", "") else {}
        at = f"{INVITATIONS}{path.format(made['id'])}"

        assert_problem(await member.call(method, at, **more), 403, "administrator_needed")
        if path:
            answer = await elsewhere.call(method, at)
            assert_problem(answer, 404, "colleague_invitation_not_found")
        else:
            assert BUDI not in (await elsewhere.call(method, at, **more)).text
        assert await invited(administrator) == [BUDI]


class TestInviter:
    @pytest.mark.parametrize(
        ("method", "path", "body"),
        [
            ("PUT", "/organisation/people/{}/role", {"role": "member"}),
            ("POST", "/organisation/people/{}/close", None),
            ("DELETE", "/organisation/people/{}", None),
        ],
    )
    async def test_who_may_invite_no_longer_brings_nobody_in(
        self,
        server: Server,
        administrator: SignedIn,
        method: str,
        path: str,
        body: dict[str, str] | None,
    ) -> None:
        citra = await sign_in(server, "citra@example.com", role="administrator")
        made = await invite(citra, role="administrator")
        token = await last_token(server)
        assert (await look(server, token)).status_code == 200

        answer = await administrator.call(method, path.format(citra.user.id), json=body)

        assert answer.is_success, answer.text
        assert_problem(await look(server, token), 410, "link_spent")
        assert_problem(await accept(server, token), 410, "link_spent")
        (seen,) = (await administrator.get(INVITATIONS)).json()["items"]
        assert seen["is_expired"]
        sent = await administrator.post(f"{INVITATIONS}/{made['id']}/resend")
        assert not sent.json()["is_expired"]
        assert (await accept(server, await last_token(server))).status_code == 204


class TestAcceptColleagueInvitation:
    @pytest.mark.parametrize("token", ["x", "../..", "a.b.c", "'; --", "x" * 200])
    async def test_refuses_a_forged_link(self, server: Server, token: str) -> None:
        assert_problem(await look(server, token), 410, "link_spent")
        assert_problem(await accept(server, token), 410, "link_spent")

    async def test_happens_once(self, server: Server, administrator: SignedIn) -> None:
        await invite(administrator)
        token = await last_token(server)

        answers = await asyncio.gather(*(accept(server, token) for _ in range(4)))

        assert sorted(answer.status_code for answer in answers) == [204, 410, 410, 410]

    async def test_keeps_the_link_when_the_password_is_weak(
        self, server: Server, administrator: SignedIn
    ) -> None:
        await invite(administrator)
        token = await last_token(server)

        weak = await accept(server, token, password="budi1234")  # weak on purpose

        assert_problem(weak, 400, "password_weak")
        assert (await accept(server, token)).status_code == 204

    async def test_gives_nobody_a_role_that_was_not_meant(
        self, server: Server, administrator: SignedIn
    ) -> None:
        await invite(administrator)
        token = await last_token(server)

        assert_problem(await accept(server, token, role="administrator"), 422, "request_malformed")

    async def test_says_that_somebody_registered_meanwhile(
        self, server: Server, administrator: SignedIn
    ) -> None:
        await invite(administrator)
        token = await last_token(server)
        await make_user(server, BUDI)

        assert_problem(await accept(server, token), 409, "email_taken")
