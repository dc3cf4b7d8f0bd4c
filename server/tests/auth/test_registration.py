"""Registering, and proving an address (S1-040, S1-088, S1-092)."""

import asyncio

import httpx2
import pytest
from factories import Server
from people import (
    API,
    OTHER_PASSWORD,
    PASSWORD,
    assert_problem,
    last_token,
    letters,
    log_in,
    make_user,
    work_of,
)
from sqlalchemy import func, select

from jumpa.config import AccountSettings, Settings
from jumpa.domains.auth.models import UserToken
from jumpa.domains.users.models import User
from jumpa.kit.actor import SERVER

REGISTER, VERIFY = f"{API}/auth/register", f"{API}/auth/verify-email"
AYU = {
    "email": "ayu@example.com",
    "password": PASSWORD,
    "first_name": "Ayu",
    "last_name": "Lestari",
}


async def register(server: Server, **changes: object) -> httpx2.Response:
    return await server.client.post(REGISTER, json={**AYU, **changes})


async def verify(server: Server, token: str) -> httpx2.Response:
    return await server.client.post(VERIFY, json={"token": token})


async def count_users(server: Server) -> int:
    async with work_of(server).read(SERVER) as ctx:
        return await ctx.session.scalar(select(func.count()).select_from(User)) or 0


class TestRegister:
    async def test_leads_through_a_letter_to_an_account(self, server: Server) -> None:
        answer = await register(server)

        assert (answer.status_code, answer.json()) == (202, {"status": "letter_sent"})
        assert await count_users(server) == 0
        letter = (await letters(server)).sent[0]
        assert letter.recipient == "ayu@example.com"
        assert "http://localhost:7880/verify-email#" in letter.text

        assert (await verify(server, await last_token(server))).status_code == 204
        assert (await log_in(server)).status_code == 200

    async def test_makes_addresses_alike(self, server: Server) -> None:
        await register(server, email=" Ayu@EXAMPLE.com".strip())
        await verify(server, await last_token(server))

        assert (await log_in(server, "AYU@example.COM")).status_code == 200

    async def test_answers_the_same_when_there_is_an_account(self, server: Server) -> None:
        new = await register(server, email="new@example.com")
        await make_user(server)

        known = await register(server, password=OTHER_PASSWORD)

        assert (known.status_code, known.json()) == (new.status_code, new.json())
        assert set(known.headers) == set(new.headers)
        assert "has an account" in (await letters(server)).sent[-1].text
        assert await count_users(server) == 1
        assert (await log_in(server, password=OTHER_PASSWORD)).status_code == 401

    async def test_stores_neither_password_nor_token_nor_address_in_the_clear(
        self, server: Server
    ) -> None:
        await register(server)
        token = await last_token(server)

        async with work_of(server).read(SERVER) as ctx:
            row = (await ctx.session.scalars(select(UserToken))).one()
        stored = " ".join(str(value) for value in vars(row).values())
        assert PASSWORD not in stored
        assert token not in stored
        assert "ayu@example.com" not in stored

    async def test_gives_each_link_the_password_that_was_asked_for_with_it(
        self, server: Server
    ) -> None:
        await register(server, password=OTHER_PASSWORD, first_name="Mallory")
        await register(server)

        await verify(server, await last_token(server))

        assert (await log_in(server)).status_code == 200
        assert (await log_in(server, password=OTHER_PASSWORD)).status_code == 401

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"email": "nobody"}, "email"),
            ({"email": "a@b@example.com"}, "email"),
            ({"email": "a b@example.com"}, "email"),
            ({"email": "a\r\nBcc: x@example.com"}, "email"),
            ({"email": "x" * 300 + "@example.com"}, "email"),
            ({"email": ""}, "email"),
            ({"email": None}, "email"),
            ({"first_name": ""}, "first_name"),
            ({"first_name": "   "}, "first_name"),
            ({"first_name": "a\x00b"}, "first_name"),
            ({"last_name": "x" * 101}, "last_name"),
            ({"last_name": "\u202eevil"}, "last_name"),
            ({"password": ""}, "password"),
            ({"password": "x" * 257}, "password"),
            ({"password": 12345678}, "password"),
            ({"role": "administrator"}, "role"),
            ({"status": "active"}, "status"),
            ({"organisation_id": "0"}, "organisation_id"),
        ],
    )
    async def test_refuses_what_cannot_be(
        self, server: Server, changes: dict[str, object], field: str
    ) -> None:
        answer = await register(server, **changes)

        assert_problem(answer, 422, "request_malformed")
        assert [problem["field"] for problem in answer.json()["fields"]] == [field]
        assert (await letters(server)).sent == []

    @pytest.mark.parametrize(
        "password",
        ["short", "password1", "12345678", "qwertyuiop", "ayulestari", "ayu@example.com"],
    )
    async def test_refuses_a_password_that_is_guessed_early(
        self, server: Server, password: str
    ) -> None:
        assert_problem(await register(server, password=password), 400, "password_weak")

    @pytest.mark.parametrize(
        "password",
        ["x y z " * 40, "\u00fcb\u00e9r \u732b long passphrase", "p" * 3 + "kq zv m" * 12],
    )
    async def test_takes_long_and_foreign_passwords_whole(
        self, server: Server, password: str
    ) -> None:
        await register(server, password=password)
        await verify(server, await last_token(server))

        assert (await log_in(server, password=password)).status_code == 200
        assert (await log_in(server, password=password[:-1])).status_code == 401

    async def test_sends_few_letters_to_one_address(self, server: Server) -> None:
        for _ in range(3):
            assert (await register(server)).status_code == 202

        refused = await register(server)

        assert_problem(refused, 429, "too_many_requests")
        assert int(refused.headers["retry-after"]) == 20
        assert (await register(server, email="budi@example.com")).status_code == 202

    async def test_tells_what_is_left(self, server: Server) -> None:
        answer = await register(server)

        assert '"letter";r=2;t=20' in answer.headers["ratelimit"]
        assert '"registration";q=10;w=60' in answer.headers["ratelimit-policy"]


class TestVerifyEmail:
    async def test_works_once(self, server: Server) -> None:
        await register(server)
        token = await last_token(server)

        assert (await verify(server, token)).status_code == 204
        assert_problem(await verify(server, token), 410, "link_spent")

    async def test_works_once_also_at_the_same_time(self, server: Server) -> None:
        await register(server)
        token = await last_token(server)

        answers = await asyncio.gather(*(verify(server, token) for _ in range(5)))

        assert sorted(answer.status_code for answer in answers) == [204, 410, 410, 410, 410]
        assert await count_users(server) == 1

    async def test_makes_one_account_of_two_registrations(self, server: Server) -> None:
        await register(server)
        first = await last_token(server)
        await register(server)

        await verify(server, first)

        assert_problem(await verify(server, await last_token(server)), 410, "link_spent")
        assert await count_users(server) == 1

    async def test_does_not_work_after_its_time(self, server: Server) -> None:
        await register(server)
        token = await last_token(server)
        server.clock.move(hours=24)

        assert_problem(await verify(server, token), 410, "link_spent")

    @pytest.mark.parametrize("token", ["x", "\u0000", "'; --", "A" * 43])
    async def test_refuses_what_was_never_sent(self, server: Server, token: str) -> None:
        assert_problem(await verify(server, token), 410, "link_spent")

    @pytest.mark.parametrize("body", [{}, {"token": ""}, {"token": "x" * 201}, {"token": None}, []])
    async def test_refuses_what_is_no_token(self, server: Server, body: object) -> None:
        answer = await server.client.post(VERIFY, json=body)

        assert_problem(answer, 422, "request_malformed")

    async def test_refuses_the_token_of_another_purpose(self, server: Server) -> None:
        await make_user(server)
        await server.client.post(f"{API}/auth/forgot-password", json={"email": AYU["email"]})

        assert_problem(await verify(server, await last_token(server)), 410, "link_spent")


class TestClosed:
    @pytest.fixture
    def settings(self) -> Settings:
        return Settings(accounts=AccountSettings(registration="closed"))

    async def test_lets_nobody_register(self, server: Server) -> None:
        assert_problem(await register(server), 403, "registration_closed")
        assert (await letters(server)).sent == []
