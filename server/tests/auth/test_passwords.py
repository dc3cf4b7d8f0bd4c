"""Forgetting, resetting and changing a password (S1-093, S1-094, S1-097)."""

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
    sign_in,
    sign_in_again,
    work_of,
)
from sqlalchemy import update

from jumpa.domains.users.models import User
from jumpa.kit.actor import SERVER

FORGOT, RESET = f"{API}/auth/forgot-password", f"{API}/auth/reset-password"


async def forget(server: Server, email: str = "ayu@example.com") -> httpx2.Response:
    return await server.client.post(FORGOT, json={"email": email})


async def reset(server: Server, token: str, password: str = OTHER_PASSWORD) -> httpx2.Response:
    return await server.client.post(RESET, json={"token": token, "password": password})


class TestForgotPassword:
    async def test_answers_the_same_with_and_without_an_account(self, server: Server) -> None:
        await make_user(server)

        known, unknown = await forget(server), await forget(server, "nobody@example.com")

        assert (known.status_code, known.json()) == (202, {"status": "letter_sent"})
        assert (unknown.status_code, unknown.json()) == (202, {"status": "letter_sent"})
        assert set(known.headers) == set(unknown.headers)
        assert [letter.recipient for letter in (await letters(server)).sent] == ["ayu@example.com"]

    async def test_writes_nothing_to_a_closed_account(self, server: Server) -> None:
        await make_user(server)
        async with work_of(server).write(SERVER) as ctx:
            await ctx.session.execute(update(User).values(status="banned"))

        assert (await forget(server)).status_code == 202
        assert (await letters(server)).sent == []

    async def test_fills_no_letter_box(self, server: Server) -> None:
        await make_user(server)
        for _ in range(3):
            await forget(server)

        assert_problem(await forget(server), 429, "too_many_requests")
        assert len((await letters(server)).sent) == 3


class TestResetPassword:
    async def test_sets_the_password_and_ends_every_session(self, server: Server) -> None:
        ayu = await sign_in(server)
        await forget(server)

        assert (await reset(server, await last_token(server))).status_code == 204

        assert_problem(await ayu.get("/users/profile"), 401, "access_token_invalid")
        assert_problem(await log_in(server), 401, "credentials_wrong")
        assert (await log_in(server, password=OTHER_PASSWORD)).status_code == 200
        assert "was changed" in (await letters(server)).sent[-1].text

    async def test_works_once_also_at_the_same_time(self, server: Server) -> None:
        await make_user(server)
        await forget(server)
        token = await last_token(server)

        answers = await asyncio.gather(*(reset(server, token) for _ in range(3)))

        assert sorted(answer.status_code for answer in answers) == [204, 410, 410]

    async def test_does_not_work_after_its_time(self, server: Server) -> None:
        await make_user(server)
        await forget(server)
        token = await last_token(server)
        server.clock.move(minutes=30)

        assert_problem(await reset(server, token), 410, "link_spent")
        assert (await log_in(server)).status_code == 200

    async def test_keeps_the_link_when_the_password_is_weak(self, server: Server) -> None:
        await make_user(server)
        await forget(server)
        token = await last_token(server)

        assert_problem(await reset(server, token, "password"), 400, "password_weak")
        assert (await reset(server, token)).status_code == 204

    @pytest.mark.parametrize("token", ["x", "A" * 43, "\u0000"])
    async def test_refuses_what_was_never_sent(self, server: Server, token: str) -> None:
        assert_problem(await reset(server, token), 410, "link_spent")


class TestUpdatePassword:
    async def change(self, person: object, current: str, new: str) -> httpx2.Response:
        body = {"current_password": current, "new_password": new}
        return await person.put("/users/password", json=body)  # type: ignore[attr-defined, no-any-return]  # SignedIn

    async def test_needs_the_one_of_now(self, server: Server) -> None:
        ayu = await sign_in(server)

        refused = await self.change(ayu, OTHER_PASSWORD, OTHER_PASSWORD)

        assert_problem(refused, 403, "password_wrong")
        assert (await log_in(server)).status_code == 200

    async def test_keeps_this_session_and_ends_the_others(self, server: Server) -> None:
        ayu = await sign_in(server)
        phone = await sign_in_again(server, ayu.user)

        assert (await self.change(ayu, PASSWORD, OTHER_PASSWORD)).status_code == 204

        assert (await ayu.get("/users/profile")).status_code == 200
        assert (await phone.get("/users/profile")).status_code == 401
        assert_problem(await log_in(server), 401, "credentials_wrong")
        assert (await log_in(server, password=OTHER_PASSWORD)).status_code == 200

    async def test_refuses_a_weak_one(self, server: Server) -> None:
        ayu = await sign_in(server)

        assert_problem(await self.change(ayu, PASSWORD, "lestari1"), 400, "password_weak")

    async def test_happens_once_at_the_same_time(self, server: Server) -> None:
        ayu = await sign_in(server)

        answers = await asyncio.gather(
            *(self.change(ayu, PASSWORD, f"{OTHER_PASSWORD} {number}") for number in range(3))
        )

        assert sorted(answer.status_code for answer in answers) == [204, 403, 403]

    async def test_cannot_be_guessed_through(self, server: Server) -> None:
        ayu = await sign_in(server)
        for number in range(5):
            await self.change(ayu, f"guess {number}", OTHER_PASSWORD)

        refused = await self.change(ayu, PASSWORD, OTHER_PASSWORD)

        assert_problem(refused, 429, "too_many_requests")
