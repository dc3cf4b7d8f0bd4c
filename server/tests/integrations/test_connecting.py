"""The way to a calendar service and back, and whoever tries it for somebody else."""

import pytest
from auth.journeys import deeds
from factories import Server
from integrations.connecting import CALENDARS, Connected, come_back, connection, do_due
from integrations.google_service import Google
from integrations.graph_service import Graph
from integrations.standing import ACCOUNT, SCOPES, Answer
from people import SignedIn, assert_problem, sign_in

from jumpa.config import Settings
from jumpa.domains.auth.service import journeys

REFUSED = "/settings?failure=calendar_refused"


class TestConnect:
    async def test_keeps_what_opens_the_calendar_sealed(
        self, ayu: Connected, google: Google
    ) -> None:
        assert await ayu.connect(google) == "/settings"

        state = await ayu.state(google)
        assert (state["status"], state["account"]) == ("connected", ACCOUNT)
        kept = await connection(ayu.server)
        assert [
            token for token in (*google.access, *google.refreshes) if token in kept.sealed
        ] == []
        assert "calendar.connected" in await deeds(ayu.server)

    async def test_works_with_microsoft(self, ayu: Connected, graph: Graph) -> None:
        assert await ayu.connect(graph) == "/settings"

        assert (await ayu.state(graph))["account"] == ACCOUNT

    async def test_is_listed_for_the_person_alone(
        self, ayu: Connected, google: Google, server: Server
    ) -> None:
        await ayu.connect(google)
        budi = await sign_in(server, "budi@example.com")

        told = (await budi.get("/integrations")).json()

        assert [one["status"] for one in told["calendars"]] == ["not_connected"] * 2
        assert told["slack"] == {"is_offered": False, "links": []}

    async def test_says_that_somebody_declined(self, ayu: Connected, google: Google) -> None:
        query = google.consent(await ayu.start(google), error="access_denied", code="")

        assert await ayu.come_back(google, query) == "/settings?failure=calendar_declined"

    async def test_says_that_the_calendar_was_left_out_of_the_consent(
        self, ayu: Connected, google: Google
    ) -> None:
        google.scopes = "openid email"

        assert await ayu.connect(google) == "/settings?failure=calendar_declined"

    async def test_takes_scopes_without_the_address_before_them(
        self, ayu: Connected, graph: Graph
    ) -> None:
        graph.scopes = f"openid {SCOPES['microsoft']} Calendars.ReadWrite"

        assert await ayu.connect(graph) == "/settings"

    async def test_is_slowed_down(self, ayu: Connected, google: Google) -> None:
        for _ in range(10):
            await ayu.start(google)

        answer = await ayu.person.post(f"{CALENDARS}/google/connect")

        assert_problem(answer, 429, "too_many_requests")


class TestReturn:
    async def test_works_once(self, ayu: Connected, google: Google) -> None:
        cookies = ayu.server.client.cookies
        query = google.consent(await ayu.start(google))
        browser = cookies.get("jumpa_calendar")
        assert await ayu.come_back(google, query) == "/settings"
        cookies.set("jumpa_calendar", str(browser))

        assert await ayu.come_back(google, query) == REFUSED

    async def test_in_another_browser_is_refused(self, ayu: Connected, google: Google) -> None:
        query = google.consent(await ayu.start(google))
        ayu.server.client.cookies.clear()

        assert await ayu.come_back(google, query) == REFUSED
        assert (await ayu.state(google))["status"] == "not_connected"

    async def test_of_another_persons_way_is_refused(
        self, ayu: Connected, google: Google, server: Server
    ) -> None:
        query = google.consent(await ayu.start(google))
        budi = await sign_in(server, "budi@example.com")
        assert (await budi.post(f"{CALENDARS}/google/connect")).status_code == 200

        assert await ayu.come_back(google, query) == REFUSED

    @pytest.mark.parametrize(
        "changes",
        [{"state": "forged"}, {"state": ""}, {"code": ""}, {"code": "x" * 4000}, {"error": "odd"}],
    )
    async def test_with_anything_forged_is_refused(
        self, ayu: Connected, google: Google, changes: dict[str, str]
    ) -> None:
        query = google.consent(await ayu.start(google), **changes)

        assert await ayu.come_back(google, query) == REFUSED

    async def test_to_another_service_is_refused(
        self, ayu: Connected, google: Google, graph: Graph
    ) -> None:
        query = google.consent(await ayu.start(google))

        assert await ayu.come_back(graph, query) == REFUSED

    async def test_too_late_is_refused(self, ayu: Connected, google: Google) -> None:
        query = google.consent(await ayu.start(google))
        ayu.server.clock.time += journeys.LIFETIME

        assert await ayu.come_back(google, query) == REFUSED

    async def test_leads_nowhere_else(self, server: Server, google: Google) -> None:
        page = await come_back(server.client, google, "return_to=https://evil.example&state=x")

        assert page == REFUSED

    async def test_of_a_service_that_is_away_says_so(self, ayu: Connected, google: Google) -> None:
        query = google.consent(await ayu.start(google))
        google.faults.append(Answer(503, {}))

        assert await ayu.come_back(google, query) == "/settings?failure=calendar_unavailable"

    async def test_writes_no_token_into_the_log(
        self, ayu: Connected, google: Google, caplog: pytest.LogCaptureFixture
    ) -> None:
        query = google.consent(await ayu.start(google), code="a-secret-code")
        await ayu.come_back(google, query)
        await ayu.connect(google)

        secrets = [*google.access, *google.refreshes, "a-secret-code"]
        assert [one for one in secrets if one in caplog.text] == []


class TestDisconnect:
    async def test_gives_the_tokens_back(self, ayu: Connected, google: Google) -> None:
        await ayu.connect(google)
        refresh = next(iter(google.refreshes))

        await ayu.change("DELETE", f"{CALENDARS}/google")

        assert google.revoked == [refresh]
        assert (await ayu.state(google))["status"] == "not_connected"
        assert "calendar.disconnected" in await deeds(ayu.server)

    async def test_leaves_what_was_connected_again_meanwhile(
        self, ayu: Connected, google: Google
    ) -> None:
        await ayu.connect(google)
        assert (await ayu.person.delete(f"{CALENDARS}/google")).status_code == 204

        await ayu.connect(google)

        assert google.revoked == []

    @pytest.mark.parametrize(("account", "many"), [("ayu@work.example", 1), ("", 0)])
    async def test_happens_when_another_account_takes_the_place(
        self, ayu: Connected, google: Google, account: str, many: int
    ) -> None:
        await ayu.connect(google)
        first = next(iter(google.refreshes))
        google.account = account

        await ayu.connect(google)

        # Of an account without a name nobody knows whether it is another one.
        assert google.revoked == [first] * many
        state = await ayu.state(google)
        assert (state["status"], state["account"]) == ("connected", account)

    async def test_happens_when_the_account_is_removed(
        self, ayu: Connected, google: Google, administrator: SignedIn
    ) -> None:
        await ayu.connect(google)
        refresh = next(iter(google.refreshes))

        answer = await administrator.delete(f"/organisation/people/{ayu.person.user.id}")
        await do_due(ayu.server)

        assert answer.status_code == 204
        assert google.revoked == [refresh]

    async def test_stops_what_was_on_its_way(self, ayu: Connected, google: Google) -> None:
        await ayu.connect(google)
        await ayu.planner.plan()
        await ayu.person.delete(f"{CALENDARS}/google")

        await do_due(ayu.server)

        assert google.shown == []

    async def test_is_refused_when_nothing_is_connected(
        self, ayu: Connected, google: Google, server: Server
    ) -> None:
        await ayu.connect(google)
        budi = await sign_in(server, "budi@example.com")

        answer = await budi.delete(f"{CALENDARS}/google")

        assert_problem(answer, 404, "calendar_not_connected")
        assert (await ayu.state(google))["status"] == "connected"


class TestOff:
    @pytest.fixture
    def settings(self) -> Settings:
        return Settings()

    async def test_nothing_is_offered(self, server: Server) -> None:
        person: SignedIn = await sign_in(server)

        told = (await person.get("/integrations")).json()

        assert told == {"calendars": [], "slack": {"is_offered": False, "links": []}}
        answer = await person.post(f"{CALENDARS}/google/connect")
        assert_problem(answer, 404, "calendar_off")
