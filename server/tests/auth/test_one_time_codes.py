"""One-time codes: on, off, once each, and recovery."""

import asyncio
from xml.etree.ElementTree import fromstring

import httpx2
import pyotp
import pytest
from factories import Server
from people import (
    OTHER_PASSWORD,
    PASSWORD,
    SignedIn,
    assert_problem,
    last_token,
    log_in,
    sign_in,
    work_of,
)
from sqlalchemy import select

from jumpa.domains.auth.models import Authenticator, UserToken
from jumpa.kit.actor import SERVER


async def begin(person: SignedIn, password: str = PASSWORD) -> httpx2.Response:
    return await person.post("/auth/authenticator", json={"password": password})


async def confirm(person: SignedIn, code: str) -> httpx2.Response:
    return await person.post("/auth/authenticator/confirm", json={"code": code})


def code_of(server: Server, secret: str) -> str:
    return pyotp.TOTP(secret).at(server.clock())


async def turn_on(server: Server, person: SignedIn) -> tuple[str, list[str]]:
    """Return the secret and the recovery codes; the code of now is used up."""
    secret = (await begin(person)).json()["secret"]
    confirmed = await confirm(person, code_of(server, secret))
    assert confirmed.status_code == 200, confirmed.text
    server.clock.move(seconds=30)
    return secret, confirmed.json()["recovery_codes"]


class TestTurnOn:
    async def test_needs_the_password_and_a_code(self, server: Server) -> None:
        ayu = await sign_in(server)

        assert_problem(await begin(ayu, OTHER_PASSWORD), 403, "password_wrong")
        enrolment = (await begin(ayu)).json()

        assert enrolment["uri"].startswith("otpauth://totp/Jumpa:ayu%40example.com?")
        assert fromstring(enrolment["picture"]).tag == "{http://www.w3.org/2000/svg}svg"
        assert (await log_in(server)).status_code == 200
        assert_problem(await confirm(ayu, "000000"), 400, "code_wrong")
        assert (await confirm(ayu, code_of(server, enrolment["secret"]))).status_code == 200
        assert_problem(await begin(ayu), 409, "authenticator_exists")

    async def test_cannot_be_confirmed_before_it_began(self, server: Server) -> None:
        ayu = await sign_in(server)

        assert_problem(await confirm(ayu, "123456"), 404, "authenticator_not_found")

    async def test_keeps_the_secret_sealed_and_recovery_codes_hashed(self, server: Server) -> None:
        ayu = await sign_in(server)

        secret, codes = await turn_on(server, ayu)

        async with work_of(server).read(SERVER) as ctx:
            kept = (await ctx.session.scalars(select(Authenticator))).one()
            tokens = (await ctx.session.scalars(select(UserToken))).all()
        assert secret not in kept.sealed_secret
        assert kept.sealed_secret.startswith("k1.")
        assert not {token.token_hash for token in tokens} & set(codes)
        assert len(set(codes)) == 10

    async def test_gives_a_new_secret_as_long_as_it_is_not_confirmed(self, server: Server) -> None:
        ayu = await sign_in(server)
        first = (await begin(ayu)).json()["secret"]

        second = (await begin(ayu)).json()["secret"]

        assert_problem(await confirm(ayu, code_of(server, first)), 400, "code_wrong")
        assert (await confirm(ayu, code_of(server, second))).status_code == 200


class TestLogIn:
    async def test_needs_a_code_after_the_right_password_only(self, server: Server) -> None:
        ayu = await sign_in(server)
        secret, _ = await turn_on(server, ayu)

        assert_problem(await log_in(server), 401, "one_time_code_needed")
        wrong = await log_in(server, password=OTHER_PASSWORD, code=code_of(server, secret))
        assert_problem(wrong, 401, "credentials_wrong")
        assert (await log_in(server, code=code_of(server, secret))).status_code == 200

    async def test_takes_each_code_once(self, server: Server) -> None:
        ayu = await sign_in(server)
        secret, _ = await turn_on(server, ayu)
        code = code_of(server, secret)

        answers = await asyncio.gather(log_in(server, code=code), log_in(server, code=code))

        assert sorted(answer.status_code for answer in answers) == [200, 401]

    @pytest.mark.parametrize(("seconds", "status"), [(-90, 401), (-30, 401), (30, 200), (90, 401)])
    async def test_takes_clocks_that_are_a_little_wrong(
        self, server: Server, seconds: int, status: int
    ) -> None:
        ayu = await sign_in(server)
        secret, _ = await turn_on(server, ayu)
        server.clock.move(seconds=seconds)
        code = code_of(server, secret)
        server.clock.move(seconds=-seconds)

        assert (await log_in(server, code=code)).status_code == status

    async def test_takes_each_recovery_code_once(self, server: Server) -> None:
        ayu = await sign_in(server)
        _, codes = await turn_on(server, ayu)
        typed = f"{codes[0][:5]}-{codes[0][5:]}".upper()

        assert (await log_in(server, code=typed)).status_code == 200
        assert_problem(await log_in(server, code=codes[0]), 401, "one_time_code_wrong")
        assert (await log_in(server, code=codes[1])).status_code == 200

    async def test_takes_nobody_elses_recovery_code(self, server: Server) -> None:
        ayu, budi = await sign_in(server), await sign_in(server, "budi@example.com")
        await turn_on(server, ayu)
        _, codes = await turn_on(server, budi)

        assert_problem(await log_in(server, code=codes[0]), 401, "one_time_code_wrong")
        assert (await log_in(server, "budi@example.com", code=codes[0])).status_code == 200

    async def test_still_needs_a_code_after_the_password_was_reset(self, server: Server) -> None:
        ayu = await sign_in(server)
        await turn_on(server, ayu)
        await server.client.post("/api/v1/auth/forgot-password", json={"email": ayu.user.email})
        body = {"token": await last_token(server), "password": OTHER_PASSWORD}
        await server.client.post("/api/v1/auth/reset-password", json=body)

        assert_problem(await log_in(server, password=OTHER_PASSWORD), 401, "one_time_code_needed")

    async def test_cannot_be_guessed_through(self, server: Server) -> None:
        ayu = await sign_in(server)
        secret, _ = await turn_on(server, ayu)
        for number in range(4):
            await log_in(server, code=f"00000{number}")

        assert_problem(await log_in(server, code=code_of(server, secret)), 429, "too_many_requests")


class TestTurnOff:
    async def remove(self, person: SignedIn, password: str = PASSWORD) -> httpx2.Response:
        return await person.post("/auth/authenticator/remove", json={"password": password})

    async def test_needs_the_password(self, server: Server) -> None:
        ayu = await sign_in(server)
        _, codes = await turn_on(server, ayu)

        assert_problem(await self.remove(ayu, OTHER_PASSWORD), 403, "password_wrong")
        assert (await self.remove(ayu)).status_code == 204
        assert (await log_in(server)).status_code == 200
        assert_problem(await self.remove(ayu), 404, "authenticator_not_found")
        async with work_of(server).read(SERVER) as ctx:
            assert (await ctx.session.scalars(select(UserToken))).all() == []
        assert codes


class TestSecurity:
    async def test_tells_its_owner_by_what_they_sign_in(self, server: Server) -> None:
        ayu = await sign_in(server)
        before = (await ayu.get("/auth/security")).json()

        _, codes = await turn_on(server, ayu)
        await log_in(server, code=codes[0])

        after = (await ayu.get("/auth/security")).json()
        assert before == {
            "has_password": True,
            "has_one_time_codes": False,
            "recovery_codes": 0,
            "passkeys": 0,
            "is_oidc_connected": False,
        }
        assert after == {**before, "has_one_time_codes": True, "recovery_codes": 9}

    async def test_begins_no_codes_before_they_are_confirmed(self, server: Server) -> None:
        ayu = await sign_in(server)

        await begin(ayu)

        assert (await ayu.get("/auth/security")).json()["has_one_time_codes"] is False
