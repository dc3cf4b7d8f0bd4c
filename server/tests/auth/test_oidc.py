"""Signing in with the organisation's own provider, which runs on loopback (S1-252)."""

import asyncio
from uuid import UUID

import httpx2
import pytest
from auth.idp import Idp, spoken
from auth.journeys import (
    CALLBACK,
    OIDC,
    Came,
    come_back,
    deeds,
    go,
    know,
    profile,
    settings_of,
    start,
    users,
)
from factories import NOW, Server
from people import (
    API,
    PASSWORD,
    assert_problem,
    make_organisation,
    make_user,
    sign_in,
    work_of,
)
from sqlalchemy import select

from jumpa.config import Settings
from jumpa.domains.auth.models import Authenticator, UserToken
from jumpa.domains.users.models import User
from jumpa.kit.actor import SERVER


@pytest.fixture
def settings(idp: Idp) -> Settings:
    return settings_of(idp)


class TestOff:
    @pytest.fixture
    def settings(self) -> Settings:
        return Settings()

    async def test_leads_nowhere(self, server: Server) -> None:
        ayu = await sign_in(server)
        body = {"password": PASSWORD}

        for path in ("start", "callback?state=x&code=y"):
            assert_problem(await server.client.get(f"{OIDC}/{path}"), 404, "oidc_off")
        for path in ("connect", "disconnect"):
            assert_problem(await ayu.post(f"/auth/oidc/{path}", json=body), 404, "oidc_off")

    async def test_is_told(self, server: Server) -> None:
        options = (await server.client.get(f"{API}/auth/options")).json()

        assert options == {
            "is_registration_open": True,
            "password_characters": 8,
            "oidc_name": None,
        }


class TestStart:
    async def test_is_offered_by_name(self, server: Server) -> None:
        options = (await server.client.get(f"{API}/auth/options")).json()

        assert options["oidc_name"] == "Example Ltd"

    async def test_leads_to_the_provider_and_ties_the_browser(
        self, server: Server, idp: Idp
    ) -> None:
        answer = await start(server)

        query = httpx2.URL(answer.headers["location"]).params
        assert query["redirect_uri"] == CALLBACK
        assert query["scope"] == "openid email profile"
        assert len(query["state"]) >= 40
        assert len(query["nonce"]) >= 40
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("jumpa_oidc=")
        assert "HttpOnly" in cookie
        assert "samesite=lax" in cookie.lower()
        assert idp.asked == [".well-known/openid-configuration"]

    async def test_keeps_no_secret_of_the_journey_open(self, server: Server) -> None:
        answer = await start(server)

        query = httpx2.URL(answer.headers["location"]).params
        async with work_of(server).read(SERVER) as ctx:
            row = (await ctx.session.scalars(select(UserToken))).one()
        kept = {str(value) for value in vars(row).values()}
        assert not kept & {query["state"], query["nonce"], server.client.cookies["jumpa_oidc"]}

    @pytest.mark.parametrize(
        "page",
        [
            "https://evil.example/",
            "//evil.example",
            "/\\evil.example",
            "\\/evil.example",
            "evil",
            "",
            "/a\r\nSet-Cookie: x=y",
            "/a b",
            "/" + "a" * 500,
            "javascript:alert(1)",
        ],
    )
    async def test_comes_back_to_own_pages_alone(self, server: Server, page: str) -> None:
        assert_problem(await start(server, return_to=page), 422, "request_malformed")

    @pytest.mark.parametrize(
        "changes",
        [
            {"issuer": "http://localhost:1/realm"},
            {"issuer": None},
            {"authorization_endpoint": "http://evil.example/authorize"},
            {"authorization_endpoint": "javascript:alert(1)"},
            {"authorization_endpoint": None},
            {"token_endpoint": "http://169.254.169.254/token"},
            {"jwks_uri": "file:///etc/passwd"},
            {"userinfo_endpoint": 7},
        ],
    )
    async def test_goes_to_no_provider_that_says_other_things(
        self, server: Server, idp: Idp, changes: dict[str, object]
    ) -> None:
        idp.document = changes

        assert Came(await start(server)).page == "/login?failure=oidc_unavailable"


class TestSignIn:
    async def test_gives_a_newcomer_an_account(self, server: Server, idp: Idp) -> None:
        started = await start(server, return_to="/rooms?tab=own")

        came = await come_back(server, idp.consent(started.headers["location"]))

        assert came.page == "/rooms?tab=own"
        assert came.is_in
        found = await profile(server)
        assert (found["email"], found["first_name"]) == ("ayu@example.com", "Ayu")
        assert found["email_verified"] is True
        assert await deeds(server) == ["user.registered", "oidc.connected", "session.begun"]

    async def test_knows_a_person_again_by_more_than_the_address(
        self, server: Server, idp: Idp
    ) -> None:
        await go(server, idp)
        idp.person = spoken(email="ayu.lestari@example.com", email_verified=False)

        came = await go(server, idp)

        assert came.page == "/"
        assert (await profile(server))["email"] == "ayu@example.com"
        assert await users(server) == ["ayu@example.com"]

    async def test_takes_a_person_with_one_name(self, server: Server, idp: Idp) -> None:
        idp.person = spoken(given_name=..., family_name=..., name="Suharto")

        await go(server, idp)

        assert (await profile(server))["first_name"] == "Suharto"

    async def test_opens_no_password(self, server: Server, idp: Idp) -> None:
        await go(server, idp)

        body = {"email": "ayu@example.com", "password": PASSWORD}
        answer = await server.client.post(f"{API}/auth/login", json=body)

        assert_problem(answer, 401, "credentials_wrong")

    async def test_asks_the_provider_for_an_address_that_the_token_lacks(
        self, server: Server, idp: Idp
    ) -> None:
        idp.person = {"sub": "ayu-at-idp"}
        idp.more = spoken()

        assert (await go(server, idp)).is_in

    async def test_takes_no_address_of_somebody_else(self, server: Server, idp: Idp) -> None:
        idp.person = {"sub": "ayu-at-idp"}
        idp.more = spoken(sub="budi-at-idp")

        assert (await go(server, idp)).page == "/login?failure=oidc_email_unproven"

    async def test_sends_its_secret_as_the_provider_asks(self, server: Server, idp: Idp) -> None:
        idp.document = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}

        assert (await go(server, idp)).is_in

    async def test_keeps_closed_accounts_closed(self, server: Server, idp: Idp) -> None:
        user = await make_user(server)
        await know(server, user, idp.issuer, "ayu-at-idp")
        async with work_of(server).write(SERVER) as ctx:
            row = (await ctx.session.scalars(select(User))).one()
            row.status = "banned"

        came = await go(server, idp)

        assert (came.page, came.is_in) == ("/login?failure=account_closed", False)

    async def test_is_the_same_person_also_at_the_same_time(self, server: Server, idp: Idp) -> None:
        first = (await start(server)).headers["location"]
        cookie = {"Cookie": f"jumpa_oidc={server.client.cookies['jumpa_oidc']}"}
        second = (await start(server)).headers["location"]
        other = {"Cookie": f"jumpa_oidc={server.client.cookies['jumpa_oidc']}"}
        server.client.cookies.clear()

        came = await asyncio.gather(
            server.client.get(f"{OIDC}/callback?{idp.consent(first)}", headers=cookie),
            server.client.get(f"{OIDC}/callback?{idp.consent(second)}", headers=other),
        )

        assert {answer.status_code for answer in came} == {303}
        assert await users(server) == ["ayu@example.com"]


class TestAddress:
    @pytest.mark.parametrize("proven", [False, ..., "true", None])
    async def test_that_is_not_proven_opens_nothing(
        self, server: Server, idp: Idp, proven: object
    ) -> None:
        idp.person = spoken(email_verified=proven)

        came = await go(server, idp)

        assert (came.page, came.is_in) == ("/login?failure=oidc_email_unproven", False)
        assert await users(server) == []
        assert await deeds(server) == ["login.refused"]

    @pytest.mark.parametrize("email", ["", "ayu", "ayu@", "a" * 300 + "@example.com"])
    async def test_that_is_none_opens_nothing(self, server: Server, idp: Idp, email: str) -> None:
        idp.person = spoken(email=email)

        assert (await go(server, idp)).page == "/login?failure=oidc_email_unproven"

    async def test_of_an_account_opens_it_only_after_signing_in(
        self, server: Server, idp: Idp
    ) -> None:
        await make_user(server)

        came = await go(server, idp)

        assert (came.page, came.is_in) == ("/login?failure=oidc_account_exists", False)

    async def test_at_another_provider_is_another_person(self, server: Server, idp: Idp) -> None:
        budi = await make_user(server, "budi@example.com")
        await know(server, budi, "http://localhost:1/other", "ayu-at-idp")

        await go(server, idp)

        assert (await profile(server))["email"] == "ayu@example.com"


class TestOwnDomain:
    @pytest.fixture
    def settings(self, idp: Idp) -> Settings:
        return settings_of(idp, email_domains=("example.com",))

    async def test_opens_an_account_that_was_there(self, server: Server, idp: Idp) -> None:
        user = await make_user(server)
        idp.person = spoken(email="AYU@Example.com")

        assert (await go(server, idp)).is_in

        assert (await profile(server))["id"] == str(user.id)

    @pytest.mark.parametrize(
        "email", ["ayu@evil.example", "ayu@sub.example.com", "ayu@example.com.evil.example"]
    )
    async def test_is_no_other(self, server: Server, idp: Idp, email: str) -> None:
        idp.person = spoken(email=email)

        assert (await go(server, idp)).page == "/login?failure=oidc_stranger"
        assert await users(server) == []

    async def test_opens_no_administrator(self, server: Server, idp: Idp) -> None:
        await make_user(server, role="administrator")

        assert (await go(server, idp)).page == "/login?failure=oidc_account_exists"

    async def test_opens_no_account_that_codes_guard(self, server: Server, idp: Idp) -> None:
        user = await make_user(server)
        row = Authenticator(
            user_id=user.id,
            organisation_id=user.organisation_id,
            sealed_secret="",
            last_counter=0,
            created_at=NOW,
            confirmed_at=NOW,
        )
        async with work_of(server).write(SERVER) as ctx:
            ctx.session.add(row)

        assert (await go(server, idp)).page == "/login?failure=oidc_account_exists"

    async def test_opens_no_account_of_another_organisation(self, server: Server, idp: Idp) -> None:
        other: UUID = await make_organisation(server)
        await make_user(server, organisation_id=other)

        assert (await go(server, idp)).page == "/login?failure=oidc_account_exists"

    async def test_opens_no_account_of_somebody_else_there(self, server: Server, idp: Idp) -> None:
        user = await make_user(server)
        await know(server, user, idp.issuer, "dewi-at-idp")

        assert (await go(server, idp)).page == "/login?failure=oidc_account_exists"


class TestNoNewcomers:
    @pytest.fixture
    def settings(self, idp: Idp) -> Settings:
        return settings_of(idp, creates_accounts=False)

    async def test_are_made(self, server: Server, idp: Idp) -> None:
        assert (await go(server, idp)).page == "/login?failure=oidc_stranger"
        assert await users(server) == []
