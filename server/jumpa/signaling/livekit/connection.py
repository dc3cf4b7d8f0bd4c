"""One WebSocket at /rtc: frames in, frames out, and an end that loses nothing."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

from livekit.protocol import models, rtc
from starlette.websockets import WebSocket

from jumpa.kit.clock import Clock
from jumpa.kit.errors import JumpaError
from jumpa.media.embedded.rooms import leave_request
from jumpa.media.embedded.session import LiveSession
from jumpa.media.errors import InvalidRequestError, ParticipantNotFoundError
from jumpa.signaling.duplex import carry
from jumpa.signaling.livekit import requests
from jumpa.signaling.livekit.admission import Admission, Entry
from jumpa.signaling.livekit.budget import Budget
from jumpa.signaling.outbox import Outbox

logger = logging.getLogger(__name__)

_Reason = models.DisconnectReason
_Action = rtc.LeaveRequest.Action


async def serve(websocket: WebSocket, admission: Admission, entry: Entry) -> None:
    """Accept the connection and serve it until either side ends it."""
    await websocket.accept()
    outbox = Outbox(admission.engine.config.limits.pending_signal_bytes)

    async def send(message: bytes) -> None:
        if outbox.is_json:
            await websocket.send_text(requests.to_json(message))
        else:
            await websocket.send_bytes(message)

    await carry(websocket, outbox, _join_and_read(websocket, admission, entry, outbox), send)


async def _join_and_read(
    websocket: WebSocket,
    admission: Admission,
    entry: Entry,
    outbox: Outbox,
) -> None:
    lifetime = timedelta(seconds=admission.engine.config.timings.token_lifetime_s)
    try:
        session = await _come_in(admission, entry, outbox, lifetime)
    except ParticipantNotFoundError:
        # Gone meanwhile, or lost with the media process: the client joins anew at once.
        _leave(outbox, _Reason.STATE_MISMATCH, _Action.RECONNECT)
        return
    except JumpaError as error:
        logger.warning("a join was refused: %s", error)
        _leave(outbox, _Reason.JOIN_FAILURE, _Action.DISCONNECT)
        return
    refresher = asyncio.create_task(_refresh(admission, session, lifetime))
    try:
        _begin(session, entry)
        await _read(websocket, session, outbox, admission.verifier.clock)
    finally:
        refresher.cancel()
        session.lost()


async def _come_in(
    admission: Admission, entry: Entry, outbox: Outbox, lifetime: timedelta
) -> LiveSession:
    engine = admission.engine
    token = admission.verifier.refresh(entry.claims, lifetime)
    if entry.returns_as is None:
        return await engine.join(entry.claims, entry.options, outbox, token)
    return engine.resume(entry.claims, entry.options, entry.returns_as, outbox, token)


def _begin(session: LiveSession, entry: Entry) -> None:
    """Follow what the request to join says already."""
    try:
        if entry.state is not None:
            session.sync(entry.state)
        for track in entry.tracks:
            requests.add_track(session, track)
        if entry.offer is not None and not session.has_ended:
            session.offer(entry.offer)
    except JumpaError as error:
        logger.warning("participant %s is sent away: %s", session.participant.sid, error)
        session.refuse()


async def _read(websocket: WebSocket, session: LiveSession, outbox: Outbox, clock: Clock) -> None:
    config = session.room.ports.config
    now_s = asyncio.get_running_loop().time
    limits = config.limits
    budget = Budget(limits.signal_burst_bytes, limits.signal_bytes_per_s, now_s())
    timeout_s: float | None = None
    while not session.has_ended:
        try:
            async with asyncio.timeout(timeout_s):
                frame = await _receive(websocket)
        except TimeoutError:
            logger.info("participant %s stopped pinging", session.participant.sid)
            return
        if frame is None:
            return
        try:
            outbox.is_json = isinstance(frame, str)
            request = requests.decode(frame, limits.signal_frame_bytes)
            if not budget.spend(request, len(frame), now_s()):
                raise InvalidRequestError("it sends more than a client may")
            requests.handle(session, request, clock)
        except JumpaError as error:
            logger.warning("participant %s is sent away: %s", session.participant.sid, error)
            session.refuse()
            return
        if request.WhichOneof("message") in {"ping", "ping_req"}:
            timeout_s = config.timings.ping_timeout_s


async def _receive(websocket: WebSocket) -> bytes | str | None:
    message = await websocket.receive()
    if message["type"] == "websocket.disconnect":
        return None
    frame = message.get("bytes")
    return frame if isinstance(frame, bytes) else str(message.get("text", ""))


async def _refresh(admission: Admission, session: LiveSession, lifetime: timedelta) -> None:
    while True:
        await asyncio.sleep(admission.engine.config.timings.token_refresh_s)
        token = admission.verifier.refresh(session.claims_now(), lifetime)
        session.participant.send(rtc.SignalResponse(refresh_token=token))


def _leave(
    outbox: Outbox, reason: models.DisconnectReason, action: rtc.LeaveRequest.Action
) -> None:
    leave = rtc.SignalResponse(leave=leave_request(reason, action))
    outbox.send(leave.SerializeToString())
    outbox.close()
