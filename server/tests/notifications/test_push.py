"""Push messages reach the browser, and only the browser can read them."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from factories import Server
from notifications.receiving import AUTH, opened, pushing
from notifications.told import choose, do_due, tell
from people import SignedIn, assert_problem, sign_in

from jumpa.config import Settings
from jumpa.domains.notifications.service.push import (
    Browser,
    decoded,
    derived_key,
    encoded,
    encrypt,
    public_bytes,
)
from jumpa.kit.actor import SERVER
from jumpa.kit.work import jobs

# RFC 8291, Appendix A.
TEXT = b"When I grow up, I want to be a watermelon"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
RECEIVER = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
SALT, SECRET = "DGv6ra1nlYgDCS1FRnbzlw", "BTBZMqHH6r4Tts7J_aSIgg"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLoc"
    "InmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVW"
    "GNWQexSgSxsj_Qulcy4a-fN"
)


def private(text: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(decoded(text)), ec.SECP256R1())


async def push_states(server: Server) -> list[str]:
    async with server.app.work.read(SERVER) as ctx:
        return [job.state for job in await jobs.list_last(ctx, None, "push", None, 9)]


class TestEncrypt:
    def test_gives_what_the_rfc_shows(self) -> None:
        browser = Browser("", public_bytes(private(RECEIVER)), decoded(SECRET))

        body = encrypt(TEXT, browser, private(SENDER), decoded(SALT))

        assert encoded(body) == BODY
        assert opened(body, private(RECEIVER), decoded(SECRET)) == TEXT

    def test_is_another_message_each_time(self) -> None:
        browser = Browser("", public_bytes(private(RECEIVER)), AUTH)

        assert encrypt(TEXT, browser) != encrypt(TEXT, browser)


class TestDerivedKey:
    def test_is_always_the_same_for_the_same_secret(self) -> None:
        one, again, other = (public_bytes(derived_key(seed * 32)) for seed in (b"a", b"a", b"b"))

        assert one == again != other
        assert derived_key(b"\xff" * 32).private_numbers().private_value > 0


class TestDeliver:
    async def test_reaches_the_browser(self, server: Server, ayu: SignedIn) -> None:
        async with pushing() as service:
            made = await ayu.post("/notifications/push", json=service.subscription)
            assert made.status_code == 201, made.text
            await tell(server, ayu)
            await do_due(server)

        (shown,), (head,), (claims,) = service.shown, service.heads, service.claims
        assert (shown["title"], shown["link"]) == ("Weekly tea begins soon", "/r/tea")
        assert (head["content-encoding"], head["ttl"]) == ("aes128gcm", "86400")
        assert claims["aud"] == service.origin
        listed = (await ayu.get("/notifications/push")).json()
        assert claims["key"] == listed["public_key"]

    async def test_forgets_a_browser_that_is_gone(self, server: Server, ayu: SignedIn) -> None:
        async with pushing(410) as service:
            await ayu.post("/notifications/push", json=service.subscription)
            await tell(server, ayu, "one")
            await tell(server, ayu, "two")

        assert len(service.shown) == 1
        assert (await ayu.get("/notifications/push")).json()["items"] == []

    async def test_tries_again_when_the_service_is_busy(
        self, server: Server, ayu: SignedIn
    ) -> None:
        async with pushing(503, 429, 201) as service:
            await ayu.post("/notifications/push", json=service.subscription)
            await tell(server, ayu)
            for _ in range(3):
                server.clock.move(minutes=3)
                await do_due(server)

        assert len(service.shown) == 3
        assert len({head["topic"] for head in service.heads}) == 1
        assert await push_states(server) == ["done"]

    async def test_gives_up_what_the_service_refuses(self, server: Server, ayu: SignedIn) -> None:
        async with pushing(413) as service:
            await ayu.post("/notifications/push", json=service.subscription)
            await tell(server, ayu)

        assert await push_states(server) == ["failed"]

    async def test_waits_in_quiet_hours(self, server: Server, ayu: SignedIn) -> None:
        await choose(ayu, quiet_hours={"start": "15:00", "end": "16:10"})
        async with pushing() as service:
            await ayu.post("/notifications/push", json=service.subscription)
            await tell(server, ayu)
            assert service.shown == []
            server.clock.move(minutes=10)
            await do_due(server)

        assert len(service.shown) == 1


class TestInside:
    @pytest.fixture
    def settings(self) -> Settings:
        return Settings()

    @pytest.mark.parametrize(
        "host", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "[::1]", "[::ffff:10.0.0.1]"]
    )
    async def test_nobody_is_asked(self, server: Server, ayu: SignedIn, host: str) -> None:
        async with pushing() as service:
            port = service.origin.rpartition(":")[2]
            wanted = {**service.subscription, "endpoint": f"https://{host}:{port}/send"}
            assert (await ayu.post("/notifications/push", json=wanted)).status_code == 201
            await tell(server, ayu)

        assert service.heads == []
        assert await push_states(server) == ["failed"]

    @pytest.mark.parametrize("endpoint", ["http://push.example/1", "ftp://push.example", "x", ""])
    async def test_only_https_is_a_way(self, ayu: SignedIn, endpoint: str) -> None:
        async with pushing() as service:
            wanted = {**service.subscription, "endpoint": endpoint}
            answer = await ayu.post("/notifications/push", json=wanted)

        assert_problem(answer, 400, "push_endpoint_refused")


class TestSubscriptions:
    async def test_of_a_browser_is_one_however_often_it_comes(self, ayu: SignedIn) -> None:
        async with pushing() as service:
            for _ in range(3):
                await ayu.post("/notifications/push", json=service.subscription)

        assert len((await ayu.get("/notifications/push")).json()["items"]) == 1

    async def test_of_a_browser_goes_to_who_signs_in_next(
        self, server: Server, ayu: SignedIn
    ) -> None:
        budi = await sign_in(server, "budi@example.com")
        async with pushing() as service:
            await ayu.post("/notifications/push", json=service.subscription)
            await budi.post("/notifications/push", json=service.subscription)
            await tell(server, ayu)

        assert service.shown == []

    async def test_is_removed_by_its_owner_alone(self, server: Server, ayu: SignedIn) -> None:
        budi = await sign_in(server, "budi@example.com")
        async with pushing() as service:
            made = await ayu.post("/notifications/push", json=service.subscription)
        path = f"/notifications/push/{made.json()['id']}"

        assert_problem(await budi.delete(path), 404, "push_subscription_not_found")
        assert (await ayu.delete(path)).status_code == 204

    async def test_are_twenty_at_most(self, ayu: SignedIn) -> None:
        async with pushing() as service:
            answers = [
                await ayu.post(
                    "/notifications/push",
                    json={**service.subscription, "endpoint": f"{service.origin}/{number}"},
                )
                for number in range(21)
            ]

        assert [answer.status_code for answer in answers[:20]] == [201] * 20
        assert_problem(answers[20], 409, "push_subscriptions_exhausted")

    @pytest.mark.parametrize(
        "keys",
        [
            {"p256dh": "A" * 87, "auth": SECRET},
            {"p256dh": encoded(public_bytes(private(RECEIVER))), "auth": "short"},
            {"p256dh": "", "auth": SECRET},
        ],
    )
    async def test_have_keys_that_are_some(self, ayu: SignedIn, keys: dict[str, str]) -> None:
        body = {"endpoint": "https://push.example/1", "keys": keys}

        answer = await ayu.post("/notifications/push", json=body)

        assert_problem(answer, 422, "request_malformed")
