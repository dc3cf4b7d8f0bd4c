"""Every method of the server API, whatever it is called with."""

import httpx2
import pytest
from google.protobuf import json_format
from signaling.conftest import Served, token
from signaling.worker import ADMIN, WORKER

from jumpa.signaling.twirp import agent_dispatch_service, room_service
from jumpa.signaling.twirp.absent import ABSENT

SERVICES = {
    "livekit.RoomService": room_service.METHODS,
    "livekit.AgentDispatchService": agent_dispatch_service.METHODS,
}
EVERY = sorted((service, name) for service, methods in SERVICES.items() for name in methods)
OPEN_WITHOUT_A_ROOM = {"ListRooms"}
PROTOBUF, JSON = "application/protobuf", "application/json"


@pytest.fixture(params=EVERY, ids=["/".join(each) for each in EVERY])
def method(request: pytest.FixtureRequest) -> tuple[str, str]:
    found: tuple[str, str] = request.param
    return found


async def post(
    served: Served,
    method: tuple[str, str],
    content: bytes,
    access_token: str = "",
    content_type: str = JSON,
) -> httpx2.Response:
    access_token = access_token or token("", "tea", grants=ADMIN)
    async with httpx2.AsyncClient(base_url=served.url) as client:
        return await client.post(
            "/twirp/" + "/".join(method),
            content=content,
            headers={"Authorization": f"Bearer {access_token}", "Content-Type": content_type},
        )


def said(answer: httpx2.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


class TestEveryMethod:
    async def test_refuses_a_token_without_grants(
        self, served: Served, method: tuple[str, str]
    ) -> None:
        bodies = {"room": "tea", "name": "tea", "identity": "ann"}
        request = SERVICES[method[0]][method[1]].request()
        json_format.ParseDict(bodies, request, ignore_unknown_fields=True)
        content = json_format.MessageToJson(request).encode()

        for grants in ({}, {"roomJoin": False}, WORKER, {"recorder": True, "hidden": True}):
            answer = await post(served, method, content, token("ann", grants=grants))
            assert said(answer) == (401, "unauthenticated"), grants
        assert await served.engine.list_rooms() == []

    async def test_answers_an_empty_request_without_breaking(
        self, served: Served, method: tuple[str, str]
    ) -> None:
        for content, content_type in ((b"", JSON), (b"{}", JSON), (b"", PROTOBUF)):
            answer = await post(served, method, content, content_type=content_type)
            if method[1] in OPEN_WITHOUT_A_ROOM:
                assert answer.status_code == 200
            else:
                assert said(answer) in {
                    (400, "invalid_argument"),
                    (401, "unauthenticated"),
                    (404, "not_found"),
                }

    async def test_refuses_what_it_cannot_read(
        self, served: Served, method: tuple[str, str]
    ) -> None:
        for content, content_type in (
            (b"\xff\xff\xff", PROTOBUF),
            (b"[1]", JSON),
            (b'{"room": 7}' if method[1] != "CreateRoom" else b'{"name": 7}', JSON),
            (b"{" * 5000, JSON),
        ):
            answer = await post(served, method, content, content_type=content_type)
            is_fine = method[1] in OPEN_WITHOUT_A_ROOM and content.startswith(b'{"room"')
            assert answer.status_code == 200 if is_fine else said(answer) == (400, "malformed")

    async def test_refuses_what_is_huge(self, served: Served, method: tuple[str, str]) -> None:
        answer = await post(served, method, b'{"room": "' + b"x" * 10 * 1024 * 1024 + b'"}')

        assert said(answer) == (400, "malformed")


class TestAbsent:
    def test_names_nothing_that_is_there(self) -> None:
        there = {method for methods in SERVICES.values() for method in methods}

        assert there & {name for names in ABSENT.values() for name in names} == set()
