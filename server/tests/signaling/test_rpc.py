"""RoomService.PerformRpc: a back end calls a method at somebody in a room."""

import asyncio
from collections.abc import Callable

import httpx2
import pytest
from livekit.protocol import models, rtc
from signaling.conftest import Client, Served, serving, token
from signaling.worker import ADMIN

from jumpa.media.embedded import calling, sfu_pb2

Answer = Callable[[models.RpcRequest], list[models.DataPacket]]


def acknowledged(request: models.RpcRequest) -> models.DataPacket:
    return models.DataPacket(rpc_ack=models.RpcAck(request_id=request.id))


def answered(request: models.RpcRequest, payload: str) -> models.DataPacket:
    return models.DataPacket(
        rpc_response=models.RpcResponse(request_id=request.id, payload=payload)
    )


def failed(request: models.RpcRequest, code: int, message: str = "") -> models.DataPacket:
    error = models.RpcError(code=code, message=message, data="why")
    return models.DataPacket(rpc_response=models.RpcResponse(request_id=request.id, error=error))


def answer_with(served: Served, answer: Answer, sid: str = "") -> list[models.DataPacket]:
    """Let the participant, or another one, answer every call so; return what was called."""
    calls: list[models.DataPacket] = []

    def follow(_: object, command: sfu_pb2.Command) -> None:
        packet = models.DataPacket.FromString(command.send_data.packet)
        calls.append(packet)
        sender = sid or command.send_data.destination_sids[0]
        for said in answer(packet.rpc_request):
            event = sfu_pb2.DataReceived(participant_sid=sender, packet=said.SerializeToString())
            served.sfu.say(sfu_pb2.Event(data_received=event))

    served.sfu.script["send_data"] = follow
    return calls


async def call(served: Served, access_token: str = "", **request: object) -> httpx2.Response:
    body = {"room": "tea", "destination_identity": "ann", "method": "greet", **request}
    async with httpx2.AsyncClient(base_url=served.url, timeout=60) as client:
        return await client.post(
            "/twirp/livekit.RoomService/PerformRpc",
            json=body,
            headers={"Authorization": f"Bearer {access_token or token('', grants=ADMIN)}"},
        )


async def joined(served: Served, identity: str = "ann") -> tuple[Client, str]:
    client = await served.join(token(identity))
    return client, await client.become_active()


def said(answer: httpx2.Response) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")


class TestPerformRpc:
    async def test_returns_what_the_method_answers(self, served: Served) -> None:
        _, sid = await joined(served)
        calls = answer_with(served, lambda r: [acknowledged(r), answered(r, r.payload.upper())])

        answer = await call(served, payload="halo", response_timeout_ms=5000)

        assert answer.json() == {"payload": "HALO"}
        (packet,) = calls
        assert packet.participant_identity == f"jumpa.rpc.{packet.rpc_request.id}"
        assert list(packet.destination_identities) == ["ann"]
        assert (packet.rpc_request.method, packet.rpc_request.version) == ("greet", 1)
        assert packet.rpc_request.response_timeout_ms == 5000
        assert sid

    async def test_many_at_once_do_not_mix(self, served: Served) -> None:
        await joined(served)
        answer_with(served, lambda r: [answered(r, f"{r.payload}!")])

        answers = await asyncio.gather(*(call(served, payload=str(n)) for n in range(10)))

        assert [answer.json()["payload"] for answer in answers] == [f"{n}!" for n in range(10)]

    @pytest.mark.parametrize(
        ("number", "expected"),
        [
            (1400, (400, "invalid_argument")),
            (1500, (500, "internal")),
            (7, (500, "internal")),
        ],
    )
    async def test_says_how_the_method_failed(
        self, served: Served, number: int, expected: tuple[int, str]
    ) -> None:
        await joined(served)
        answer_with(served, lambda r: [acknowledged(r), failed(r, number, "no")])

        answer = await call(served)

        assert said(answer) == expected
        assert answer.json()["msg"] == f"RpcError {number}: no: why"

    async def test_nobody_else_can_answer(self, served: Served) -> None:
        await joined(served)
        _, eve = await joined(served, "eve")
        answer_with(served, lambda r: [acknowledged(r), answered(r, "forged")], eve)

        assert said(await call(served, response_timeout_ms=50)) == (408, "canceled")

    async def test_waits_no_longer_than_it_was_told(self, served: Served) -> None:
        await joined(served)
        answer_with(served, lambda r: [acknowledged(r)])

        answer = await call(served, response_timeout_ms=50)

        assert said(answer) == (408, "canceled")
        assert "1502" in answer.json()["msg"]

    async def test_gives_up_early_on_who_does_not_even_acknowledge(
        self, served: Served, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(calling, "ACKNOWLEDGED_S", 0.05)
        await joined(served)

        answer = await call(served)

        assert said(answer) == (408, "canceled")
        assert "1501" in answer.json()["msg"]

    async def test_ends_when_the_participant_leaves(self, served: Served) -> None:
        client, _ = await joined(served)
        called = asyncio.Event()
        served.sfu.script["send_data"] = lambda *_: called.set()
        calls = asyncio.create_task(call(served))
        await called.wait()

        await client.send(rtc.SignalRequest(leave=rtc.LeaveRequest()))

        assert said(await calls) == (503, "unavailable")

    async def test_answers_twice_and_unknown_ones_change_nothing(self, served: Served) -> None:
        await joined(served)
        unknown = models.RpcRequest(id="unknown")
        answer_with(served, lambda r: [answered(unknown, "x"), answered(r, "1"), answered(r, "2")])

        assert (await call(served)).json() == {"payload": "1"}
        assert (await call(served)).json() == {"payload": "1"}

    @pytest.mark.parametrize(
        ("request_", "expected"),
        [
            ({"destination_identity": "nobody"}, (404, "not_found")),
            ({"destination_identity": ""}, (404, "not_found")),
            ({"room": "milk"}, (401, "unauthenticated")),
            ({"room": ""}, (401, "unauthenticated")),
            ({"payload": "x" * (15 * 1024 + 1)}, (400, "malformed")),
        ],
    )
    async def test_refuses_what_cannot_be(
        self, served: Served, request_: dict[str, str], expected: tuple[int, str]
    ) -> None:
        await joined(served)

        assert said(await call(served, **request_)) == expected

    async def test_needs_the_grant(self, served: Served) -> None:
        await joined(served)

        for access_token in (token("ann"), token("", grants={**ADMIN, "roomAdmin": False})):
            assert said(await call(served, access_token)) == (401, "unauthenticated")

    async def test_a_room_that_is_not_live_is_not_found(self) -> None:
        async with serving() as served:
            assert said(await call(served)) == (404, "not_found")
