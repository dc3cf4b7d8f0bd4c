"""Coming back from the provider by ways that nobody sent, and connecting an account to it."""

import httpx2
import pytest
from auth.idp import CLIENT_SECRET, Idp
from auth.journeys import OIDC, Came, come_back, deeds, go, know, profile, settings_of, start
from factories import Server
from people import (
    PASSWORD,
    SignedIn,
    assert_problem,
    make_user,
    sign_in,
)

from jumpa.config import OutboundSettings, RateSettings, Settings


@pytest.fixture
def settings(idp: Idp) -> Settings:
    return settings_of(idp)


class TestReturn:
    async def test_works_once(self, server: Server, idp: Idp) -> None:
        query = idp.consent((await start(server)).headers["location"])
        browser = server.client.cookies["jumpa_oidc"]
        await come_back(server, query)
        server.client.cookies.set("jumpa_oidc", browser)

        again = await come_back(server, query)

        assert (again.page, again.is_in) == ("/login?failure=oidc_refused", False)

    @pytest.mark.parametrize("browser", ["", "x", "another"])
    async def test_works_in_its_own_browser_alone(
        self, server: Server, idp: Idp, browser: str
    ) -> None:
        query = idp.consent((await start(server)).headers["location"])
        if browser == "another":
            await start(server)
        else:
            server.client.cookies.clear()
        headers = {"Cookie": f"jumpa_oidc={browser}"} if browser == "x" else {}

        answer = await server.client.get(f"{OIDC}/callback?{query}", headers=headers)

        came = Came(answer)
        assert (came.page, came.is_in) == ("/login?failure=oidc_refused", False)
        assert "token" not in idp.asked

    async def test_takes_no_code_of_another_journey(self, server: Server, idp: Idp) -> None:
        stolen = httpx2.QueryParams(idp.consent((await start(server)).headers["location"]))
        own = idp.consent((await start(server)).headers["location"], code=stolen["code"])

        assert (await come_back(server, own)).page == "/login?failure=oidc_refused"

    async def test_tells_the_log_why_and_nothing_secret(
        self, server: Server, idp: Idp, caplog: pytest.LogCaptureFixture
    ) -> None:
        idp.said["token"] = (
            b"HTTP/1.1 401 -\r\nContent-Length: 26\r\n\r\n" + b'{"error":"invalid_client"}'
        )

        assert (await go(server, idp)).page == "/login?failure=oidc_refused"

        told = [vars(record) for record in caplog.records if record.name.endswith("oidc")]
        assert "invalid_client" in told[0]["detail"]
        assert CLIENT_SECRET not in str(told)
        assert "code-0" not in str(told)

    async def test_takes_no_token_of_another_journey(self, server: Server, idp: Idp) -> None:
        idp.token = lambda claims: idp.signed({**claims, "nonce": "of another"})

        assert (await go(server, idp)).page == "/login?failure=oidc_refused"

    async def test_takes_no_token_of_another_key(self, server: Server, idp: Idp) -> None:
        idp.signs_with = "foreign"

        assert (await go(server, idp)).page == "/login?failure=oidc_refused"

    async def test_comes_in_time(self, server: Server, idp: Idp) -> None:
        query = idp.consent((await start(server)).headers["location"])
        server.clock.move(minutes=10)

        assert (await come_back(server, query)).page == "/login?failure=oidc_refused"

    @pytest.mark.parametrize("issuer", ["https://evil.example", ""])
    async def test_comes_from_the_provider_that_was_asked(
        self, server: Server, idp: Idp, issuer: str
    ) -> None:
        assert (await go(server, idp, iss=issuer)).page == "/login?failure=oidc_refused"
        assert "token" not in idp.asked

    @pytest.mark.parametrize("query", ["", "code=x", "state=x", "state=&code=", "state=x&code=y"])
    async def test_of_nothing_begun_is_refused(self, server: Server, query: str) -> None:
        assert (await come_back(server, query)).page == "/login?failure=oidc_refused"

    async def test_may_say_that_it_was_stopped(self, server: Server, idp: Idp) -> None:
        came = await go(server, idp, error="access_denied", code="")

        assert (came.page, came.is_in) == ("/login?failure=oidc_declined", False)

    async def test_without_a_code_is_refused(self, server: Server, idp: Idp) -> None:
        assert (await go(server, idp, code="")).page == "/login?failure=oidc_refused"


class TestProvider:
    async def test_may_change_its_keys(self, server: Server, idp: Idp) -> None:
        await go(server, idp)
        idp.signs_with, idp.shows = "k2", ("k1", "k2")
        server.now.seconds += 30

        assert (await go(server, idp)).is_in

    async def test_is_not_asked_for_every_key_that_somebody_makes_up(
        self, server: Server, idp: Idp
    ) -> None:
        await go(server, idp)
        idp.signs_with = "k2"

        for _ in range(3):
            assert (await go(server, idp)).page == "/login?failure=oidc_refused"

        assert idp.asked.count("keys") == 1

    async def test_is_asked_anew_after_an_hour(self, server: Server, idp: Idp) -> None:
        await go(server, idp)
        server.now.seconds += 3601

        assert (await go(server, idp)).is_in

        assert idp.asked.count("keys") == 2
        assert idp.asked.count(".well-known/openid-configuration") == 2

    @pytest.mark.parametrize("path", ["token", "keys"])
    @pytest.mark.parametrize(
        "said",
        [
            b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n",
            b"HTTP/1.1 302 On\r\nContent-Length: 0\r\nLocation: http://localhost/\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]",
            b"HTTP/1.1 200 OK\r\nContent-Length: 40000\r\n\r\n" + b" " * 40_000,
            b"nonsense\r\n\r\n",
            b"",
        ],
        ids=["fault", "redirect", "list", "huge", "nonsense", "nothing"],
    )
    async def test_that_fails_lets_nobody_in(
        self, server: Server, idp: Idp, path: str, said: bytes
    ) -> None:
        idp.said[path] = said

        came = await go(server, idp)

        assert (came.page, came.is_in) == ("/login?failure=oidc_unavailable", False)

    async def test_that_gives_no_id_token_lets_nobody_in(self, server: Server, idp: Idp) -> None:
        idp.said["token"] = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"

        assert (await go(server, idp)).page == "/login?failure=oidc_refused"


class TestProviderAway:
    @pytest.fixture
    def settings(self) -> Settings:
        return settings_of(Idp(port=1))

    async def test_is_told(self, server: Server) -> None:
        came = Came(await start(server))

        assert came.page == "/login?failure=oidc_unavailable"


class TestProviderInside:
    @pytest.fixture
    def settings(self, idp: Idp) -> Settings:
        given = settings_of(idp)
        return given.model_copy(update={"outbound": OutboundSettings()})

    async def test_is_asked_only_when_its_host_is_named(self, server: Server, idp: Idp) -> None:
        assert Came(await start(server)).page == "/login?failure=oidc_unavailable"
        assert idp.asked == []


class TestConnect:
    async def begin(self, ayu: SignedIn, password: str = PASSWORD) -> httpx2.Response:
        body = {"password": password, "return_to": "/settings"}
        return await ayu.post("/auth/oidc/connect", json=body)

    async def test_opens_the_account_from_now_on(self, server: Server, idp: Idp) -> None:
        ayu = await sign_in(server, role="administrator")

        begun = await self.begin(ayu)
        came = await come_back(server, idp.consent(begun.json()["url"]))

        assert (came.page, came.is_in) == ("/settings", False)
        assert (await ayu.get("/auth/security")).json()["is_oidc_connected"] is True
        assert (await go(server, idp)).is_in
        assert (await profile(server))["id"] == str(ayu.user.id)
        assert "oidc.connected" in await deeds(server)

    async def test_needs_the_password(self, server: Server) -> None:
        ayu = await sign_in(server)

        assert_problem(await self.begin(ayu, "another password"), 403, "password_wrong")

    async def test_needs_no_proven_address(self, server: Server, idp: Idp) -> None:
        ayu = await sign_in(server)
        idp.person = {"sub": "x"}

        came = await come_back(server, idp.consent((await self.begin(ayu)).json()["url"]))

        assert came.page == "/settings"

    async def test_takes_nobody_elses_identity(self, server: Server, idp: Idp) -> None:
        budi = await make_user(server, "budi@example.com")
        await know(server, budi, idp.issuer, "ayu-at-idp")
        ayu = await sign_in(server)

        came = await come_back(server, idp.consent((await self.begin(ayu)).json()["url"]))

        assert came.page == "/settings?failure=oidc_connected"
        assert (await ayu.get("/auth/security")).json()["is_oidc_connected"] is False

    async def test_is_done_once(self, server: Server, idp: Idp) -> None:
        ayu = await sign_in(server)
        await know(server, ayu.user, idp.issuer, "ayu-at-idp")

        assert_problem(await self.begin(ayu), 409, "oidc_connected")

    async def test_cannot_be_ended_in_the_browser_of_another(
        self, server: Server, idp: Idp
    ) -> None:
        ayu = await sign_in(server)
        query = idp.consent((await self.begin(ayu)).json()["url"])
        server.client.cookies.clear()

        assert (await come_back(server, query)).page == "/login?failure=oidc_refused"

    async def test_comes_back_to_own_pages_alone(self, server: Server) -> None:
        ayu = await sign_in(server)
        body = {"password": PASSWORD, "return_to": "//evil.example"}

        answer = await ayu.post("/auth/oidc/connect", json=body)

        assert_problem(answer, 422, "request_malformed")


class TestDisconnect:
    async def test_opens_the_account_no_longer(self, server: Server, idp: Idp) -> None:
        ayu = await sign_in(server)
        await know(server, ayu.user, idp.issuer, "ayu-at-idp")

        answer = await ayu.post("/auth/oidc/disconnect", json={"password": PASSWORD})

        assert answer.status_code == 204
        assert (await go(server, idp)).page == "/login?failure=oidc_account_exists"
        assert "oidc.disconnected" in await deeds(server)

    async def test_of_what_is_not_connected_is_told(self, server: Server) -> None:
        ayu = await sign_in(server)

        answer = await ayu.post("/auth/oidc/disconnect", json={"password": PASSWORD})

        assert_problem(answer, 404, "oidc_not_connected")

    async def test_needs_the_password(self, server: Server, idp: Idp) -> None:
        ayu = await sign_in(server)
        await know(server, ayu.user, idp.issuer, "ayu-at-idp")

        answer = await ayu.post("/auth/oidc/disconnect", json={"password": "another one"})

        assert_problem(answer, 403, "password_wrong")


class TestTooOften:
    @pytest.fixture
    def settings(self, idp: Idp) -> Settings:
        often = RateSettings(logins_per_minute=2)
        return settings_of(idp).model_copy(update={"rates": often})

    async def test_is_refused(self, server: Server) -> None:
        answers = [await start(server) for _ in range(3)]

        assert [answer.status_code for answer in answers] == [303, 303, 429]
