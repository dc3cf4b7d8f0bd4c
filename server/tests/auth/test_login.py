"""Signing in (S1-041, S1-042, S1-089, S2-008, S2-014)."""

import asyncio

import pytest
from factories import PASSWORDS, Server
from people import (
    API,
    OTHER_PASSWORD,
    PASSWORD,
    assert_problem,
    log_in,
    make_user,
    read_user,
    sign_in,
    work_of,
)
from pwdlib.hashers.bcrypt import BcryptHasher
from sqlalchemy import select

from jumpa.config import AccountSettings, RateSettings, Settings
from jumpa.domains.audit.models import AuditEntry
from jumpa.domains.auth.models import RefreshToken
from jumpa.domains.users.models import User
from jumpa.kit.actor import SERVER
from jumpa.kit.passwords import Cost, Verified


async def change(server: Server, user: User, **values: object) -> None:
    async with work_of(server).write(SERVER) as ctx:
        row = (await ctx.session.scalars(select(User).where(User.id == user.id))).one()
        for name, value in values.items():
            setattr(row, name, value)


async def deeds(server: Server) -> list[str]:
    async with work_of(server).read(SERVER) as ctx:
        return list(
            await ctx.session.scalars(select(AuditEntry.action).order_by(AuditEntry.number))
        )


class TestLogIn:
    async def test_gives_tokens_that_open_the_api(self, server: Server) -> None:
        ayu = await sign_in(server)

        profile = await ayu.get("/users/profile")

        assert profile.json()["email"] == "ayu@example.com"
        assert ayu.tokens["token_type"] == "Bearer"
        assert ayu.tokens["expires_in_s"] == 900
        assert ayu.tokens["refresh_expires_in_s"] == 7 * 86_400

    async def test_works_at_the_older_path_too(self, server: Server) -> None:
        await make_user(server)
        body = {"email": "ayu@example.com", "password": PASSWORD}

        answer = await server.client.post(f"{API}/users/login", json=body)

        assert answer.status_code == 200

    async def test_begins_another_session_each_time(self, server: Server) -> None:
        ayu = await sign_in(server)

        again = (await log_in(server)).json()

        assert again["refresh_token"] != ayu.tokens["refresh_token"]
        assert len((await ayu.get("/auth/sessions")).json()["items"]) == 2

    async def test_notes_the_time(self, server: Server) -> None:
        ayu = await sign_in(server)

        assert (await read_user(server, ayu.user.id)).last_login == server.clock()

    async def test_keeps_the_refresh_token_from_scripts_when_asked(self, server: Server) -> None:
        await make_user(server)

        answer = await log_in(server, refresh_in="cookie")

        assert answer.json()["refresh_token"] is None
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("jumpa_refresh=")
        assert "HttpOnly" in cookie
        assert "samesite=strict" in cookie.lower()
        assert "Path=/" in cookie

    async def test_names_the_cookie_for_this_host_alone_over_https(self, server: Server) -> None:
        await make_user(server)
        body = {"email": "ayu@example.com", "password": PASSWORD, "refresh_in": "cookie"}

        answer = await server.client.post("https://meet.example/api/v1/auth/login", json=body)

        assert answer.headers["set-cookie"].startswith("__Host-jumpa_refresh=")
        assert "Secure" in answer.headers["set-cookie"]

    async def test_stores_no_token(self, server: Server) -> None:
        ayu = await sign_in(server)

        async with work_of(server).read(SERVER) as ctx:
            row = (await ctx.session.scalars(select(RefreshToken))).one()
        assert ayu.tokens["refresh_token"] not in {str(value) for value in vars(row).values()}


class TestWrongCredentials:
    async def test_are_answered_alike_with_and_without_an_account(self, server: Server) -> None:
        await make_user(server)

        wrong = await log_in(server, password=OTHER_PASSWORD)
        unknown = await log_in(server, "nobody@example.com")

        assert_problem(wrong, 401, "credentials_wrong")
        without_id = [{**a.json(), "request_id": ""} for a in (wrong, unknown)]
        assert without_id[0] == without_id[1]
        assert set(wrong.headers) == set(unknown.headers)

    async def test_are_never_right_without_an_account(self) -> None:
        assert (await PASSWORDS.verify(PASSWORD, None)) == Verified(is_right=False)
        assert (await PASSWORDS.verify("nobody's password", None)) == Verified(is_right=False)

    async def test_are_in_the_audit_log(self, server: Server) -> None:
        await make_user(server)

        await log_in(server, password=OTHER_PASSWORD)
        await log_in(server, "nobody@example.com")

        assert await deeds(server) == ["login.refused", "login.refused"]

    @pytest.mark.parametrize("status", ["inactive", "banned"])
    async def test_of_a_closed_account_tell_so_only_with_the_password(
        self, server: Server, status: str
    ) -> None:
        user = await make_user(server)
        await change(server, user, status=status)

        assert_problem(await log_in(server), 403, "account_closed")
        assert_problem(await log_in(server, password=OTHER_PASSWORD), 401, "credentials_wrong")

    async def test_never_fit_an_account_without_a_password(self, server: Server) -> None:
        await make_user(server, password_hash=None)

        for password in ("", "None", "nobody's password"):
            answer = await log_in(server, password=password)
            assert answer.status_code in {401, 422}

    @pytest.mark.parametrize(
        "body",
        [
            {},
            [],
            "text",
            {"email": "ayu@example.com"},
            {"email": "ayu@example.com", "password": ""},
            {"email": "ayu@example.com", "password": "x" * 257},
            {"email": "ayu@example.com", "password": PASSWORD, "code": "' OR 1=1"},
            {"email": "ayu@example.com", "password": PASSWORD, "refresh_in": "url"},
            {"email": "ayu@example.com", "password": PASSWORD, "remember": True},
            {"email": {"$ne": None}, "password": {"$ne": None}},
            {"email": ["ayu@example.com"], "password": [PASSWORD]},
        ],
    )
    async def test_refuses_what_is_no_login(self, server: Server, body: object) -> None:
        await make_user(server)

        answer = await server.client.post(f"{API}/auth/login", json=body)

        assert_problem(answer, 422, "request_malformed")


class TestBcrypt:
    async def test_is_accepted_and_moved_to_argon2id(self, server: Server) -> None:
        user = await make_user(server, password_hash=BcryptHasher(rounds=4).hash(PASSWORD))

        assert_problem(await log_in(server, password=OTHER_PASSWORD), 401, "credentials_wrong")
        assert (await log_in(server)).status_code == 200

        kept = (await read_user(server, user.id)).password_hash
        assert kept is not None
        assert kept.startswith("$argon2id$")
        assert (await log_in(server)).status_code == 200

    async def test_does_not_take_what_only_begins_like_the_password(self) -> None:
        long = "x" * 72
        kept = BcryptHasher(rounds=4).hash(long)

        assert (await PASSWORDS.verify(long, kept)).is_right
        assert not (await PASSWORDS.verify(long + "y", kept)).is_right

    @pytest.mark.parametrize("kept", ["", "plain", "$2b$", "$argon2id$", PASSWORD])
    async def test_is_wrong_when_the_hash_is_none(self, kept: str) -> None:
        assert not (await PASSWORDS.verify(PASSWORD, kept)).is_right


class TestTooOften:
    @pytest.fixture
    def settings(self) -> Settings:
        rates = RateSettings(logins_per_minute=8, logins_per_account=3)
        return Settings(rates=rates, accounts=AccountSettings())

    async def test_is_refused_also_with_the_right_password(self, server: Server) -> None:
        await make_user(server)
        for _ in range(3):
            await log_in(server, password=OTHER_PASSWORD)

        refused = await log_in(server)

        assert_problem(refused, 429, "too_many_requests")
        server.now.seconds += int(refused.headers["retry-after"])
        assert (await log_in(server)).status_code == 200

    async def test_leaves_other_accounts_alone(self, server: Server) -> None:
        await make_user(server)
        for _ in range(4):
            await log_in(server, "budi@example.com")

        assert (await log_in(server)).status_code == 200

    async def test_counts_one_address_over_all_accounts(self, server: Server) -> None:
        for number in range(8):
            await log_in(server, f"{number}@example.com")

        assert_problem(await log_in(server, "9@example.com"), 429, "too_many_requests")

    async def test_lets_nobody_through_at_the_same_time(self, server: Server) -> None:
        await make_user(server)

        answers = await asyncio.gather(*(log_in(server, password=OTHER_PASSWORD) for _ in range(8)))

        assert sorted(answer.status_code for answer in answers) == [401] * 3 + [429] * 5


class TestProduction:
    def test_hashes_as_dearly_as_is_advised(self) -> None:
        cost = Cost()

        assert cost.memory_kib >= 47_104
        assert cost.time >= 1
