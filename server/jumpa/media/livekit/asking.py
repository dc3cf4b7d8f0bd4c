"""LiveKit's server API as the engine needs it: errors in our words, one connection pool."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, ClassVar, TypeVar

from jumpa.kit.errors import JumpaError, Kind
from jumpa.media.errors import (
    InvalidRequestError,
    MediaUnavailableError,
    NotPermittedError,
    TooManyRoomsError,
)
from jumpa.media.livekit.settings import LivekitConfig

if TYPE_CHECKING:
    from livekit.api.room_service import RoomService

T = TypeVar("T")


class LivekitClientMissingError(JumpaError):
    """LiveKit's server client is not installed; run: pip install 'jumpa[livekit]'."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "livekit_client_missing"


class LivekitKeyRefusedError(JumpaError):
    """The LiveKit server does not know the API key in the settings, or the secret is another."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "livekit_key_refused"


_ERRORS: dict[str, type[JumpaError]] = {
    "invalid_argument": InvalidRequestError,
    "malformed": InvalidRequestError,
    "permission_denied": NotPermittedError,
    "failed_precondition": NotPermittedError,
    "unimplemented": NotPermittedError,
    "resource_exhausted": TooManyRoomsError,
    "unauthenticated": LivekitKeyRefusedError,
}


class Asker:
    """Asks RoomService; every failure becomes a JumpaError."""

    def __init__(self, service: RoomService) -> None:
        self.service = service

    async def ask(
        self,
        call: Callable[[RoomService], Awaitable[T]],
        missing: type[JumpaError] = MediaUnavailableError,
    ) -> T:
        """Return the answer; `missing` is raised for what is not there."""
        # Loaded with the client, which is optional.
        import aiohttp  # noqa: PLC0415  # as the line above says
        from livekit.api.twirp_client import ServerError  # noqa: PLC0415  # the same

        try:
            return await call(self.service)
        except ServerError as error:
            if error.code == "not_found":
                raise missing from error
            found = _ERRORS.get(error.code, MediaUnavailableError)
            raise found(f"the LiveKit server says: {error.message}") from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            reason = str(error) or type(error).__name__
            raise MediaUnavailableError(f"the LiveKit server cannot be asked: {reason}") from error


@asynccontextmanager
async def asker(config: LivekitConfig) -> AsyncIterator[Asker]:
    """Keep connections open for as long as somebody asks; raises LivekitClientMissingError."""
    try:
        import aiohttp  # noqa: PLC0415  # an optional dependency
        from livekit.api.room_service import RoomService  # noqa: PLC0415  # the same
    except ImportError as error:
        raise LivekitClientMissingError from error
    timeout = aiohttp.ClientTimeout(total=config.timeout_s)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        service = RoomService(
            session, config.api_url, config.api_key, config.api_secret, failover=False
        )
        yield Asker(service)
