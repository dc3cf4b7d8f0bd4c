"""Who is not let in, and how each client learns why."""

from datetime import timedelta

import httpx2
import jwt
import pytest
import websockets
from signaling.conftest import KEY, SECRET, Served, serving, token, with_limits

LONG = "x" * 257
FORGED = [
    ("", 401, "no token"),
    ("garbage", 401, "not a JSON web token"),
    (token(secret="b" * 64), 401, "signature"),
    (token(lifetime=timedelta(minutes=-2)), 401, "expired"),
    (jwt.encode({"iss": KEY, "sub": "ann", "exp": 4e9}, "", "none"), 401, "HS256"),
    (jwt.encode({"iss": KEY, "sub": "ann", "exp": 4e9}, SECRET * 2, "HS512"), 401, "HS256"),
    (jwt.encode({"iss": "other", "exp": 4e9}, SECRET), 401, "API key"),
    (token(grants={"roomJoin": False}), 401, "roomJoin"),
    (token(identity=""), 400, "identity"),
    (token(room=""), 400, "room"),
    (token(identity=LONG), 400, "identity has at most"),
    (token(room=LONG), 400, "room name has at most"),
    (token(says={"name": LONG}), 400, "name has at most"),
    (token(says={"attributes": {"a": "x" * 70000}}), 400, "attributes have at most"),
]


async def get(served: Served, path: str, method: str = "GET") -> httpx2.Response:
    async with httpx2.AsyncClient(base_url=served.url) as client:
        return await client.request(method, path)


class TestRefusedToken:
    @pytest.mark.parametrize(("access_token", "status", "reason"), FORGED)
    async def test_validate_says_why_to_pages_of_any_origin(
        self, served: Served, access_token: str, status: int, reason: str
    ) -> None:
        async with httpx2.AsyncClient(base_url=served.url) as client:
            headers = {"Authorization": f"Bearer {access_token}"} if access_token else {}
            answer = await client.get("/rtc/validate", headers=headers)

        assert answer.status_code == status
        assert reason in answer.text
        assert ("unauthorized: " in answer.text) == (status == 401)
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["content-type"].startswith("text/plain")
        assert not served.events

    @pytest.mark.parametrize(("access_token", "status", "reason"), FORGED[:12])
    async def test_the_upgrade_is_refused_with_the_same_words(
        self, served: Served, access_token: str, status: int, reason: str
    ) -> None:
        with pytest.raises(websockets.InvalidStatus) as refused:
            await served.join(access_token)

        assert refused.value.response.status_code == status
        assert reason in refused.value.response.body.decode()
        assert not served.events
        assert not served.sfu.told("add_participant")

    async def test_an_unknown_authorization_scheme_is_refused(self, served: Served) -> None:
        async with httpx2.AsyncClient(base_url=served.url) as client:
            answer = await client.get("/rtc/validate", headers={"Authorization": "Basic eDp5"})

        assert answer.status_code == 401

    async def test_attributes_need_their_grant(self, served: Served) -> None:
        answer = await get(served, f"/rtc/validate?access_token={token()}&attributes=e30")

        assert answer.status_code == 401

    @pytest.mark.parametrize("attributes", ["!!", "bm8", "W10", "eyJhIjoxfQ"])
    async def test_malformed_attributes_are_named(self, served: Served, attributes: str) -> None:
        access_token = token(grants={"canUpdateOwnMetadata": True})
        path = f"/rtc/validate?access_token={access_token}&attributes={attributes}"

        answer = await get(served, path)

        assert answer.status_code == 400
        assert "attributes" in answer.text


class TestAcceptedToken:
    async def test_validate_says_success(self, served: Served) -> None:
        answer = await get(served, f"/rtc/validate?access_token={token()}")

        assert answer.status_code == 200
        assert answer.text == "success"
        assert answer.headers["access-control-allow-origin"] == "*"
        assert not served.events

    async def test_a_token_for_any_room_lets_the_request_choose(self, served: Served) -> None:
        ann = await served.join(token(room=""), "&room=chosen")

        assert (await ann.until("join")).join.room.name == "chosen"

    async def test_the_request_cannot_change_the_room_of_the_token(self, served: Served) -> None:
        ann = await served.join(token(room="tea"), "&room=vault")

        assert (await ann.until("join")).join.room.name == "tea"

    async def test_attributes_of_the_request_are_added(self, served: Served) -> None:
        access_token = token(grants={"canUpdateOwnMetadata": True}, says={"attributes": {"x": "y"}})
        ann = await served.join(access_token, "&attributes=eyJhIjoiYiJ9")

        joined = (await ann.until("join")).join.participant

        assert dict(joined.attributes) == {"a": "b", "x": "y"}


class TestPlainRequest:
    @pytest.mark.parametrize("path", ["/rtc/v1", "/rtc"])
    async def test_a_get_finds_an_empty_404_with_cors(self, served: Served, path: str) -> None:
        answer = await get(served, f"{path}?access_token={token()}")

        assert answer.status_code == 404
        assert answer.content == b""
        assert answer.headers["access-control-allow-origin"] == "*"

    @pytest.mark.parametrize("path", ["/rtc/validate", "/rtc/v1/validate", "/rtc", "/rtc/v1"])
    async def test_preflight_is_answered_for_a_day(self, served: Served, path: str) -> None:
        answer = await get(served, path, "OPTIONS")

        assert answer.status_code == 204
        assert answer.headers["access-control-max-age"] == "86400"
        assert answer.headers["access-control-allow-origin"] == "*"


class TestFullServer:
    async def test_says_so_when_no_more_rooms_fit(self) -> None:
        async with serving(with_limits(rooms=1)) as served:
            ann = await served.join(token(room="tea"))
            await ann.until("join")
            bob = await served.join(token("bob", room="coffee"))

            assert (await bob.next()).leave.reason
            assert await bob.until_closed() == 1000
            assert len(await served.engine.list_rooms()) == 1


class TestTokenLeaks:
    async def test_no_log_of_ours_holds_a_token(
        self, served: Served, caplog: pytest.LogCaptureFixture
    ) -> None:
        good, bad = token(), token(secret="b" * 64)
        ann = await served.join(good)
        await ann.until("join")
        await get(served, f"/rtc/validate?access_token={bad}")

        ours = [record for record in caplog.records if record.name.startswith("jumpa")]

        assert not any(good in str(r.__dict__) or bad in str(r.__dict__) for r in ours)
