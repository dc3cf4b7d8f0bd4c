"""The one parameter that holds everything with which clients of LiveKit's version 1 join."""

import base64
import binascii
import zlib

from google.protobuf.message import DecodeError
from livekit.protocol import rtc

from jumpa.media.errors import InvalidRequestError

_GZIP = 16 + zlib.MAX_WBITS


def decode(parameter: str, limit_bytes: int) -> rtc.JoinRequest:
    """Return the JoinRequest in base64url of a WrappedJoinRequest; raises InvalidRequestError."""
    try:
        padded = parameter + "=" * (-len(parameter) % 4)
        wrapped = rtc.WrappedJoinRequest.FromString(base64.b64decode(padded, b"-_", validate=True))
        return rtc.JoinRequest.FromString(_unpack(wrapped, limit_bytes))
    except (ValueError, binascii.Error, DecodeError) as error:
        raise InvalidRequestError("join_request is base64url of a WrappedJoinRequest") from error


def _unpack(wrapped: rtc.WrappedJoinRequest, limit_bytes: int) -> bytes:
    contents = wrapped.join_request
    if wrapped.compression == rtc.WrappedJoinRequest.Compression.GZIP:
        contents = _unzip(contents, limit_bytes)
    elif wrapped.compression != rtc.WrappedJoinRequest.Compression.NONE:
        raise InvalidRequestError("join_request is compressed in a way that is not known here")
    if len(contents) > limit_bytes:
        raise InvalidRequestError(f"join_request holds at most {limit_bytes} bytes")
    return contents


def _unzip(contents: bytes, limit_bytes: int) -> bytes:
    """Return what is packed, though never much more than the limit, whatever it would grow to."""
    unpacker = zlib.decompressobj(_GZIP)
    try:
        unpacked = unpacker.decompress(contents, limit_bytes + 1)
    except zlib.error as error:
        raise InvalidRequestError("join_request is no gzip") from error
    if len(unpacked) <= limit_bytes and not unpacker.eof:
        raise InvalidRequestError("join_request is cut off")
    return unpacked
