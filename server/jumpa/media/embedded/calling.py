"""Calls of methods at participants in the server's own name (LiveKit's RPC over data packets)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from google.protobuf.message import DecodeError
from livekit.protocol import models
from livekit.protocol import room as room_messages

from jumpa.media.embedded import sfu_pb2
from jumpa.media.embedded.ports import Ports
from jumpa.media.errors import CallFailedError, CallFailure

# What the SFU knows answers to the server by.
CALLER = "jumpa.rpc."
PAYLOAD_BYTES = 15 * 1024
# As LiveKit's clients wait for an acknowledgement; it is no measure of the method itself.
ACKNOWLEDGED_S = 7.0
_USUAL_MS, _LONGEST_MS = 10_000, 60_000


@dataclass(slots=True, eq=False)
class _Call:
    acknowledged: asyncio.Event = field(default_factory=asyncio.Event)
    answer: asyncio.Future[str] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


@dataclass(slots=True)
class Calls:
    """Calls to one participant that have not been answered."""

    _open: dict[str, _Call] = field(default_factory=dict)

    async def perform(
        self,
        ports: Ports,
        request: room_messages.PerformRpcRequest,
        room_sid: str,
        participant_sid: str,
    ) -> str:
        """Call a method and return what it answers; raises CallFailedError."""
        if len(request.payload.encode()) > PAYLOAD_BYTES:
            raise CallFailedError(CallFailure.REQUEST_TOO_LARGE)
        call_id, call = ports.new_sid(""), _Call()
        timeout_ms = min(request.response_timeout_ms or _USUAL_MS, _LONGEST_MS)
        self._open[call_id] = call
        message = sfu_pb2.SendData(
            room_sid=room_sid,
            packet=_packet(request, call_id, timeout_ms).SerializeToString(),
            destination_sids=[participant_sid],
        )
        ports.send(sfu_pb2.Command(send_data=message))
        try:
            async with asyncio.timeout(timeout_ms / 1000):
                await self._acknowledged(call)
                return await call.answer
        except TimeoutError as error:
            raise CallFailedError(CallFailure.RESPONSE_TIMEOUT) from error
        finally:
            del self._open[call_id]

    def take(self, packet: bytes) -> bool:
        """Take a serialised `livekit.DataPacket`; False when it is no answer."""
        try:
            data = models.DataPacket.FromString(packet)
        except DecodeError:
            return False
        kind = data.WhichOneof("value")
        if kind == "rpc_ack":
            call = self._open.get(data.rpc_ack.request_id)
            if call is not None:
                call.acknowledged.set()
        elif kind == "rpc_response":
            call = self._open.get(data.rpc_response.request_id)
            if call is not None and not call.answer.done():
                _answer(call, data.rpc_response)
        return kind in {"rpc_ack", "rpc_response"}

    def fail(self) -> None:
        """The participant is gone: nobody will answer."""
        for call in self._open.values():
            if not call.answer.done():
                call.answer.set_exception(CallFailedError(CallFailure.RECIPIENT_DISCONNECTED))
            call.acknowledged.set()

    async def _acknowledged(self, call: _Call) -> None:
        try:
            async with asyncio.timeout(ACKNOWLEDGED_S):
                await call.acknowledged.wait()
        except TimeoutError as error:
            raise CallFailedError(CallFailure.CONNECTION_TIMEOUT) from error


def _answer(call: _Call, response: models.RpcResponse) -> None:
    if response.WhichOneof("value") == "error":
        error = response.error
        call.answer.set_exception(CallFailedError(error.code, error.message, error.data))
    else:
        call.answer.set_result(response.payload)
    call.acknowledged.set()


def _packet(
    request: room_messages.PerformRpcRequest, call_id: str, timeout_ms: int
) -> models.DataPacket:
    return models.DataPacket(
        participant_identity=f"{CALLER}{call_id}",
        destination_identities=[request.destination_identity],
        rpc_request=models.RpcRequest(
            id=call_id,
            method=request.method,
            payload=request.payload,
            response_timeout_ms=timeout_ms,
            version=1,
        ),
    )
