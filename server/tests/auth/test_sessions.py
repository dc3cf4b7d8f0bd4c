"""Staying signed in, and signing out (S1-043, S1-082, S1-090, S1-091, S1-164)."""

import asyncio

import httpx2
import pytest
from factories import Server
from people import API, SignedIn, assert_problem, log_in, make_user, sign_in, sign_in_again, work_of
from sqlalchemy import update

from jumpa.config import AccountSettings, ServerSettings, Settings
from jumpa.domains.users.models import User
from jumpa.kit.actor import SERVER

REFRESH, LOGOUT = f"{API}/auth/refresh", f"{API}/auth/logout"


async def refresh(server: Server, token: str | None) -> httpx2.Response:
    return await server.client.post(REFRESH, json={"refresh_token": token})


async def is_in(person: SignedIn, access_token: str | None = None) -> bool:
    token = access_token or person.tokens["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    return (await person.get("/users/profile", headers=headers)).status_code == 200


class TestRefresh:
    async def test_gives_new_tokens(self, server: Server) -> None:
        ayu = await sign_in(server)
        server.clock.move(minutes=14)

        fresh = (await refresh(server, ayu.tokens["refresh_token"])).json()

        assert fresh["refresh_token"] != ayu.tokens["refresh_token"]
        server.clock.move(minutes=2)
        assert not await is_in(ayu)
        assert await is_in(ayu, fresh["access_token"])

    async def test_carries_a_session_on_as_long_as_it_is_used(self, server: Server) -> None:
        ayu = await sign_in(server)
        token = ayu.tokens["refresh_token"]
        for _ in range(4):
            server.clock.move(days=6)
            token = (await refresh(server, token)).json()["refresh_token"]

        server.clock.move(days=7)

        assert_problem(await refresh(server, token), 401, "refresh_token_refused")

    async def test_ends_after_the_longest_life_of_a_session(self, server: Server) -> None:
        ayu = await sign_in(server)
        token = ayu.tokens["refresh_token"]
        for _ in range(5):
            server.clock.move(days=5)
            token = (await refresh(server, token)).json()["refresh_token"]

        server.clock.move(days=5)

        assert_problem(await refresh(server, token), 401, "refresh_token_refused")

    async def test_a_stolen_token_ends_the_session_of_thief_and_owner(self, server: Server) -> None:
        ayu = await sign_in(server)
        stolen = ayu.tokens["refresh_token"]
        owners = (await refresh(server, stolen)).json()
        server.clock.move(seconds=11)

        assert_problem(await refresh(server, stolen), 401, "refresh_token_reused")

        assert_problem(await refresh(server, owners["refresh_token"]), 401, "refresh_token_refused")
        assert not await is_in(ayu, owners["access_token"])

    async def test_lets_two_tabs_refresh_at_once(self, server: Server) -> None:
        ayu = await sign_in(server)
        token = ayu.tokens["refresh_token"]

        answers = await asyncio.gather(refresh(server, token), refresh(server, token))

        assert [answer.status_code for answer in answers] == [200, 200]
        server.clock.move(seconds=60)
        for answer in answers:
            again = await refresh(server, answer.json()["refresh_token"])
            assert again.status_code == 200

    async def test_leaves_other_sessions_alone_when_one_is_stolen(self, server: Server) -> None:
        ayu = await sign_in(server)
        other = await sign_in_again(server, ayu.user)
        await refresh(server, ayu.tokens["refresh_token"])
        server.clock.move(seconds=11)
        await refresh(server, ayu.tokens["refresh_token"])

        assert await is_in(other)

    @pytest.mark.parametrize("token", ["x", "A" * 43, "\u0000", "..", "' OR 1=1 --"])
    async def test_a_wrong_token_harms_nobody(self, server: Server, token: str) -> None:
        ayu = await sign_in(server)

        assert_problem(await refresh(server, token), 401, "refresh_token_refused")

        assert (await refresh(server, ayu.tokens["refresh_token"])).status_code == 200

    async def test_takes_no_access_token(self, server: Server) -> None:
        ayu = await sign_in(server)

        answer = await refresh(server, ayu.tokens["access_token"])

        assert answer.status_code in {401, 422}

    async def test_is_refused_to_a_banned_person(self, server: Server) -> None:
        ayu = await sign_in(server)
        async with work_of(server).write(SERVER) as ctx:
            await ctx.session.execute(update(User).values(status="banned"))

        answer = await refresh(server, ayu.tokens["refresh_token"])

        assert_problem(answer, 401, "refresh_token_refused")
        assert not await is_in(ayu)

    async def test_needs_a_token(self, server: Server) -> None:
        for body in (None, {}, {"refresh_token": None}):
            answer = await server.client.post(REFRESH, json=body)
            assert_problem(answer, 401, "refresh_token_refused")


class TestCookie:
    async def test_refreshes_a_page_without_telling_the_token(self, server: Server) -> None:
        await make_user(server)
        await log_in(server, refresh_in="cookie")
        origin = {"Origin": "http://localhost:7880"}

        answer = await server.client.post(REFRESH, headers=origin)

        assert answer.status_code == 200
        assert answer.json()["refresh_token"] is None
        assert "jumpa_refresh=" in answer.headers["set-cookie"]

    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Origin": ""},
            {"Origin": "http://localhost:7880.evil.example"},
            {"Origin": "http://evil.example/localhost:7880"},
            {"Origin": "http://localhost:7881"},
            {"Origin": "http://localhost"},
            {"Origin": "http://user@localhost:7880"},
            {"Origin": "localhost:7880"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
        ],
    )
    @pytest.mark.parametrize("path", [REFRESH, LOGOUT])
    async def test_is_not_used_by_pages_of_other_sites(
        self, server: Server, headers: dict[str, str], path: str
    ) -> None:
        await make_user(server)
        await log_in(server, refresh_in="cookie")

        answer = await server.client.post(path, headers=headers)

        assert_problem(answer, 403, "origin_foreign")
        assert (await server.client.post(REFRESH)).status_code == 200

    async def test_is_removed_at_sign_out(self, server: Server) -> None:
        await make_user(server)
        await log_in(server, refresh_in="cookie")

        answer = await server.client.post(LOGOUT)

        assert answer.status_code == 204
        assert "Max-Age=0" in answer.headers["set-cookie"]
        assert_problem(await server.client.post(REFRESH), 401, "refresh_token_refused")


class TestAllowedOrigin:
    @pytest.fixture
    def settings(self) -> Settings:
        return Settings(server=ServerSettings(allowed_origins=("https://app.example/",)))

    async def test_may_use_the_api_and_read_the_answers(self, server: Server) -> None:
        origin = {"Origin": "https://app.example"}
        ask = {**origin, "Access-Control-Request-Method": "POST"}

        asked = await server.client.options(REFRESH, headers=ask)
        answer = await server.client.post(LOGOUT, headers=origin)

        assert asked.headers["access-control-allow-origin"] == "https://app.example"
        assert answer.status_code == 204
        assert answer.headers["access-control-allow-origin"] == "https://app.example"
        assert "access-control-allow-credentials" not in answer.headers

    async def test_is_not_any_other(self, server: Server) -> None:
        answer = await server.client.post(LOGOUT, headers={"Origin": "https://evil.example"})

        assert_problem(answer, 403, "origin_foreign")
        assert "access-control-allow-origin" not in answer.headers


class TestLogOut:
    async def test_ends_the_session_at_once(self, server: Server) -> None:
        ayu = await sign_in(server)
        body = {"refresh_token": ayu.tokens["refresh_token"]}

        for _ in range(2):
            assert (await server.client.post(LOGOUT, json=body)).status_code == 204

        assert not await is_in(ayu)
        answer = await refresh(server, ayu.tokens["refresh_token"])
        assert_problem(answer, 401, "refresh_token_refused")

    async def test_does_nothing_with_a_wrong_token(self, server: Server) -> None:
        ayu = await sign_in(server)

        assert (await server.client.post(LOGOUT, json={"refresh_token": "x"})).status_code == 204

        assert await is_in(ayu)


class TestSessions:
    async def test_lists_ones_own_and_marks_this_one(self, server: Server) -> None:
        await sign_in(server, "budi@example.com")
        ayu = await sign_in(server)
        server.clock.move(minutes=1)
        phone = await sign_in_again(server, ayu.user)

        items = (await phone.get("/auth/sessions")).json()["items"]

        assert [item["is_current"] for item in items] == [True, False]
        assert {item["ip_address"] for item in items} == {"192.0.2.7"}

    async def test_ends_one(self, server: Server) -> None:
        ayu = await sign_in(server)
        phone = await sign_in_again(server, ayu.user)
        items = (await ayu.get("/auth/sessions")).json()["items"]
        other = next(item["id"] for item in items if not item["is_current"])

        assert (await ayu.delete(f"/auth/sessions/{other}")).status_code == 204

        assert await is_in(ayu)
        assert not await is_in(phone)
        assert_problem(await ayu.delete(f"/auth/sessions/{other}"), 404, "session_not_found")

    async def test_ends_all_others(self, server: Server) -> None:
        ayu = await sign_in(server)
        others = [await sign_in_again(server, ayu.user) for _ in range(3)]
        budi = await sign_in(server, "budi@example.com")

        assert (await ayu.delete("/auth/sessions")).status_code == 204

        assert await is_in(ayu)
        assert await is_in(budi)
        assert [await is_in(other) for other in others] == [False] * 3

    async def test_of_others_are_not_found(self, server: Server) -> None:
        ayu = await sign_in(server)
        budi = await sign_in(server, "budi@example.com")
        theirs = (await budi.get("/auth/sessions")).json()["items"][0]["id"]

        assert_problem(await ayu.delete(f"/auth/sessions/{theirs}"), 404, "session_not_found")

        assert await is_in(budi)

    @pytest.mark.parametrize("name", ["1", "x", "00000000-0000-0000-0000-00000000000g"])
    async def test_refuses_what_is_no_id(self, server: Server, name: str) -> None:
        ayu = await sign_in(server)

        assert_problem(await ayu.delete(f"/auth/sessions/{name}"), 422, "request_malformed")


class TestSeedLifetimes:
    """A day for access and a week for refreshing, as first asked for (S1-163)."""

    @pytest.fixture
    def settings(self) -> Settings:
        return Settings(accounts=AccountSettings(access_token_s=86_400, refresh_token_s=604_800))

    async def test_are_possible(self, server: Server) -> None:
        ayu = await sign_in(server)

        server.clock.move(hours=23)
        assert await is_in(ayu)
        server.clock.move(hours=1)
        assert not await is_in(ayu)
        server.clock.move(days=5)
        assert (await refresh(server, ayu.tokens["refresh_token"])).status_code == 200
