"""Translates each SignalRequest into one method of the live session."""

from __future__ import annotations

import json
from collections.abc import Callable

from google.protobuf import json_format
from google.protobuf.message import DecodeError
from livekit.protocol import rtc

from jumpa.kit.clock import Clock
from jumpa.kit.errors import JumpaError, Kind
from jumpa.media.embedded.session import LiveSession
from jumpa.media.errors import InvalidRequestError

_Reason = rtc.RequestResponse.Reason
_REASONS = {
    Kind.INVALID: _Reason.INVALID_REQUEST,
    Kind.UNAUTHENTICATED: _Reason.NOT_ALLOWED,
    Kind.FORBIDDEN: _Reason.NOT_ALLOWED,
    Kind.NOT_FOUND: _Reason.NOT_FOUND,
    Kind.EXHAUSTED: _Reason.LIMIT_EXCEEDED,
}


def decode(frame: bytes | str, limit_bytes: int) -> rtc.SignalRequest:
    """Return the request in a frame of protobuf, or of JSON in text; raises InvalidRequestError."""
    if not frame:
        raise InvalidRequestError("the frame is empty")
    if len(frame) > limit_bytes:
        raise InvalidRequestError(f"a signal message has at most {limit_bytes} bytes")
    try:
        if isinstance(frame, bytes):
            return rtc.SignalRequest.FromString(frame)
        return _parsed(json.loads(frame))
    except (DecodeError, json_format.ParseError, ValueError, RecursionError) as error:
        raise InvalidRequestError("the frame is no SignalRequest") from error


def _parsed(value: object) -> rtc.SignalRequest:
    if not isinstance(value, dict):
        raise InvalidRequestError("a message in JSON is an object")
    return json_format.ParseDict(value, rtc.SignalRequest(), ignore_unknown_fields=True)


def to_json(message: bytes) -> str:
    """Return a serialised SignalResponse as JSON."""
    return json_format.MessageToJson(rtc.SignalResponse.FromString(message), indent=None)


def handle(session: LiveSession, request: rtc.SignalRequest, clock: Clock) -> None:
    """Follow one request; kinds that are not known are ignored, and so is who has left."""
    if session.has_ended:
        return
    handler = _HANDLERS.get(request.WhichOneof("message") or "")
    if handler is not None:
        handler(session, request)
    elif request.WhichOneof("message") in {"ping", "ping_req"}:
        _pong(session, request, int(clock().timestamp() * 1000))


def _pong(session: LiveSession, request: rtc.SignalRequest, now_ms: int) -> None:
    if request.WhichOneof("message") == "ping":
        session.participant.send(rtc.SignalResponse(pong=now_ms))
        return
    pong = rtc.Pong(last_ping_timestamp=request.ping_req.timestamp, timestamp=now_ms)
    session.participant.send(rtc.SignalResponse(pong_resp=pong))


def add_track(session: LiveSession, request: rtc.AddTrackRequest) -> None:
    """Announce a track and say what became of it."""
    try:
        info = session.add_track(request)
    except JumpaError as error:
        response = _response(error)
        response.add_track.CopyFrom(request)
        session.participant.send(rtc.SignalResponse(request_response=response))
        return
    published = rtc.TrackPublishedResponse(cid=request.cid, track=info)
    session.participant.send(rtc.SignalResponse(track_published=published))


def _update_metadata(session: LiveSession, request: rtc.SignalRequest) -> None:
    message = request.update_metadata
    try:
        session.update_metadata(message)
        response = rtc.RequestResponse(reason=_Reason.OK)
    except JumpaError as error:
        response = _response(error)
    response.request_id = message.request_id
    response.update_metadata.CopyFrom(message)
    session.participant.send(rtc.SignalResponse(request_response=response))


def _response(error: JumpaError) -> rtc.RequestResponse:
    reason = _REASONS.get(error.kind, _Reason.UNCLASSIFIED_ERROR)
    return rtc.RequestResponse(reason=reason, message=str(error))


_HANDLERS: dict[str, Callable[[LiveSession, rtc.SignalRequest], None]] = {
    "offer": lambda session, request: session.offer(request.offer),
    "answer": lambda session, request: session.answer(request.answer),
    "trickle": lambda session, request: session.trickle(request.trickle),
    "add_track": lambda session, request: add_track(session, request.add_track),
    "mute": lambda session, request: session.mute(request.mute.sid, muted=request.mute.muted),
    "update_layers": lambda session, request: session.update_layers(request.update_layers),
    "subscription": lambda session, request: session.update_subscription(request.subscription),
    "track_setting": lambda session, request: session.update_track_settings(request.track_setting),
    "leave": lambda session, _: session.leave(),
    "update_metadata": _update_metadata,
    "subscription_permission": lambda session, request: session.restrict_subscribers(
        request.subscription_permission
    ),
    "simulate": lambda session, request: session.simulate(request.simulate),
    "sync_state": lambda session, request: session.sync(request.sync_state),
}
