"""Slash commands: who signed them, who typed them, and the rooms they make."""

import hashlib
import hmac
from typing import Any
from urllib.parse import urlencode

import httpx2
import pytest
from auth.journeys import deeds
from factories import NOW, Server
from integrations.connecting import rows
from people import API, SignedIn, assert_problem, sign_in

from jumpa.config import Settings
from jumpa.domains.integrations.models import SlackLink
from jumpa.domains.rooms.models import Room

SLACK = f"{API}/integrations/slack"
SECRET = "a signing secret"
FORM = {
    "team_id": "T0001",
    "team_domain": "example",
    "user_id": "U2147483697",
    "user_name": "ayu",
    "command": "/jumpa",
    "text": "Tea",
    "response_url": "https://evil.example/commands/1",
}


@pytest.fixture
def settings() -> Settings:
    return Settings.model_validate({"slack": {"signing_secret": SECRET}})


@pytest.fixture
async def ayu(server: Server) -> SignedIn:
    return await sign_in(server)


def signed(body: bytes, secret: str = SECRET, at: int = 0) -> dict[str, str]:
    timestamp = str(int(NOW.timestamp()) + at)
    base = b"v0:" + timestamp.encode() + b":" + body
    digest = hmac.digest(secret.encode(), base, hashlib.sha256).hex()
    return {
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": f"v0={digest}",
        "Content-Type": "application/x-www-form-urlencoded",
    }


async def say(
    server: Server, *, at: int = 0, secret: str = SECRET, door: str = "commands", **changes: str
) -> httpx2.Response:
    body = urlencode({**FORM, **changes}).encode()
    headers = signed(body, secret, at)
    return await server.client.post(f"{SLACK}/{door}", content=body, headers=headers)


def link_of(answer: httpx2.Response) -> str:
    """Return the token behind the button."""
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    assert told["response_type"] == "ephemeral"
    url: str = told["blocks"][-1]["elements"][0]["url"]
    page, _, token = url.partition("#")
    assert page == "http://localhost:7880/connect-slack"
    return token


async def connect(server: Server, person: SignedIn, **changes: str) -> None:
    token = link_of(await say(server, at=-1, **changes))
    answer = await person.post("/integrations/slack/links", json={"token": token})
    assert answer.status_code == 201, answer.text


class TestCommand:
    async def test_of_somebody_who_is_connected_makes_a_room_that_all_can_join(
        self, server: Server, ayu: SignedIn
    ) -> None:
        await connect(server, ayu)

        told = (await say(server)).json()

        room = (await rows(server, Room))[0]
        assert (room.title, room.host_id) == ("Tea", ayu.user.id)
        assert told["response_type"] == "in_channel"
        button = told["blocks"][-1]["elements"][0]
        assert button["url"] == f"http://localhost:7880/{room.code}"
        assert told["text"].endswith(button["url"])
        assert "slack.room_made" in await deeds(server)

    async def test_needs_no_title(self, server: Server, ayu: SignedIn) -> None:
        await connect(server, ayu)

        told = (await say(server, text="")).json()

        assert told["blocks"][0]["text"]["text"] == "Meeting"

    async def test_of_a_stranger_makes_nothing_and_asks_who_it_is(self, server: Server) -> None:
        link_of(await say(server))

        assert await rows(server, Room) == []

    async def test_mentions_nobody_and_hides_no_link(self, server: Server, ayu: SignedIn) -> None:
        await connect(server, ayu)
        title = "<!channel> <https://evil.example|Tea> & *bold*"

        told = (await say(server, text=title)).json()

        assert told["text"].startswith("&lt;!channel&gt; &lt;https://evil.example|Tea&gt; &amp;")
        assert {block["text"]["type"] for block in told["blocks"] if "text" in block} == {
            "plain_text"
        }

    @pytest.mark.parametrize("text", ["x" * 121, "a\x00b", "\u202etea"])
    async def test_with_a_title_that_cannot_be_used_says_so_to_the_person_alone(
        self, server: Server, ayu: SignedIn, text: str
    ) -> None:
        await connect(server, ayu)

        answer = await say(server, text=text)

        assert answer.json()["response_type"] == "ephemeral"
        assert await rows(server, Room) == []

    async def test_makes_one_room_when_it_comes_twice(self, server: Server, ayu: SignedIn) -> None:
        await connect(server, ayu)
        assert (await say(server)).status_code == 200

        again = await say(server)

        assert_problem(again, 401, "slack_signature_invalid")
        assert len(await rows(server, Room)) == 1

    async def test_is_slowed_down_for_each_workspace(self, server: Server) -> None:
        for number in range(30):
            assert (await say(server, text=f"Tea {number}")).status_code == 200

        assert_problem(await say(server, text="Tea"), 429, "too_many_requests")
        assert (await say(server, team_id="T0002")).status_code == 200


class TestSignature:
    @pytest.mark.parametrize("at", [-301, 301, 86_400])
    async def test_of_another_time_is_refused(self, server: Server, at: int) -> None:
        assert_problem(await say(server, at=at), 401, "slack_signature_invalid")

    async def test_of_another_secret_is_refused(self, server: Server) -> None:
        assert_problem(await say(server, secret="x"), 401, "slack_signature_invalid")

    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"X-Slack-Signature": ""},
            {"X-Slack-Signature": "v0="},
            {"X-Slack-Signature": "v1=00"},
            {"X-Slack-Signature": "ä"},
            {"X-Slack-Request-Timestamp": ""},
            {"X-Slack-Request-Timestamp": "1e9"},
            {"X-Slack-Request-Timestamp": "-1"},
            {"X-Slack-Request-Timestamp": "9" * 90},
            {"X-Slack-Request-Timestamp": "²"},
        ],
    )
    async def test_that_is_forged_is_refused(self, server: Server, headers: dict[str, str]) -> None:
        body = urlencode(FORM).encode()
        sent = {**signed(body), **headers} if headers else {}
        raw = [(name.encode(), value.encode()) for name, value in sent.items()]

        answer = await server.client.post(f"{SLACK}/commands", content=body, headers=raw)

        assert_problem(answer, 401, "slack_signature_invalid")

    async def test_of_another_body_is_refused(self, server: Server) -> None:
        headers = signed(urlencode(FORM).encode())
        body = urlencode({**FORM, "text": "Evil"}).encode()

        answer = await server.client.post(f"{SLACK}/commands", content=body, headers=headers)

        assert_problem(answer, 401, "slack_signature_invalid")

    @pytest.mark.parametrize(
        "body",
        [b"", b"\xff\xfe", b"&" * 3000, b"team_id=T1", b"team_id=T1&user_id=../x", b"{}"],
    )
    async def test_over_what_is_no_command_makes_nothing(self, server: Server, body: bytes) -> None:
        answer = await server.client.post(f"{SLACK}/commands", content=body, headers=signed(body))

        assert_problem(answer, 400, "slack_command_malformed")


class TestInteraction:
    async def test_is_heard_when_it_is_signed(self, server: Server) -> None:
        assert (await say(server, door="interactions")).status_code == 204
        forged = await say(server, door="interactions", secret="x")
        assert_problem(forged, 401, "slack_signature_invalid")


class TestLink:
    async def test_shows_whom_it_connects_and_works_once(
        self, server: Server, ayu: SignedIn
    ) -> None:
        body = {"token": link_of(await say(server))}

        seen = await ayu.post("/integrations/slack/look", json=body)
        made = await ayu.post("/integrations/slack/links", json=body)
        again = await ayu.post("/integrations/slack/links", json=body)

        assert seen.json() == {"team": "example", "name": "ayu"}
        assert made.status_code == 201
        assert_problem(again, 410, "slack_link_spent")
        told = (await ayu.get("/integrations")).json()["slack"]
        assert [(one["team"], one["name"]) for one in told["links"]] == [("example", "ayu")]

    @pytest.mark.parametrize("door", ["look", "links"])
    async def test_that_is_forged_or_old_connects_nobody(
        self, server: Server, ayu: SignedIn, door: str
    ) -> None:
        token = link_of(await say(server))
        forged = await ayu.post(f"/integrations/slack/{door}", json={"token": "forged"})
        assert_problem(forged, 410, "slack_link_spent")
        server.clock.move(minutes=61)
        ayu = await sign_in(server, "budi@example.com")

        late = await ayu.post(f"/integrations/slack/{door}", json={"token": token})

        assert_problem(late, 410, "slack_link_spent")

    async def test_of_somebody_else_takes_the_place_of_the_first(
        self, server: Server, ayu: SignedIn
    ) -> None:
        token = link_of(await say(server, at=-2))
        await connect(server, ayu)
        budi = await sign_in(server, "budi@example.com")

        answer = await budi.post("/integrations/slack/links", json={"token": token})

        assert answer.status_code == 201, answer.text
        assert [row.user_id for row in await rows(server, SlackLink)] == [budi.user.id]

    async def test_is_taken_back_by_its_person_alone(self, server: Server, ayu: SignedIn) -> None:
        await connect(server, ayu)
        budi = await sign_in(server, "budi@example.com")
        path = f"/integrations/slack/links/{(await rows(server, SlackLink))[0].id}"

        assert_problem(await budi.delete(path), 404, "slack_link_not_found")
        assert (await ayu.delete(path)).status_code == 204
        link_of(await say(server))


class TestOff:
    @pytest.fixture
    def settings(self) -> Settings:
        return Settings()

    async def test_no_command_is_taken(self, server: Server) -> None:
        assert_problem(await say(server), 404, "slack_off")
        assert_problem(await say(server, secret=""), 404, "slack_off")
