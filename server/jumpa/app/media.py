"""Chooses what runs live rooms: the built-in engine, or a LiveKit server."""

from typing import ClassVar
from urllib.parse import urlsplit, urlunsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from jumpa.app.keys import ApiKey, own_key
from jumpa.config import Settings
from jumpa.kit.errors import JumpaError, Kind
from jumpa.media.access import TokenVerifier
from jumpa.media.embedded.engine import EmbeddedEngine
from jumpa.media.embedded.settings import EmbeddedConfig
from jumpa.media.livekit.engine import LivekitEngine
from jumpa.media.livekit.settings import LivekitConfig
from jumpa.signaling import hooks

AnyEngine = EmbeddedEngine | LivekitEngine

_ASKED = {"ws": "http", "wss": "https"}
_ELSEWHERE = "Calls of this server are held by a LiveKit server; joining a room says which.\n"
_PATHS = ("/rtc", "/rtc/validate", "/rtc/v1", "/rtc/v1/validate", "/ws", "/agent")


class LivekitSettingsMissingError(JumpaError):
    """With media.engine = livekit, set livekit.url, livekit.api_key and livekit.api_secret."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "livekit_settings_missing"


def engine_of(settings: Settings, embedded: EmbeddedConfig) -> AnyEngine:
    """Return the engine of the settings; raises LivekitSettingsMissingError."""
    if settings.media.engine == "embedded":
        return EmbeddedEngine(embedded)
    return LivekitEngine(livekit_config(settings))


def livekit_config(settings: Settings) -> LivekitConfig:
    """Return how the LiveKit server is asked; raises LivekitSettingsMissingError."""
    chosen, key = settings.livekit, key_of(settings, b"")
    return LivekitConfig(
        url=chosen.url,
        api_url=chosen.api_url or api_url(chosen.url),
        api_key=key.name,
        api_secret=key.secret,
        timeout_s=chosen.timeout_s,
        reconcile_s=chosen.reconcile_s,
    )


def key_of(settings: Settings, secret: bytes) -> ApiKey:
    """Return the key that signs the tokens of whoever joins a room."""
    if settings.media.engine == "embedded":
        return own_key(secret)
    chosen = settings.livekit
    if not chosen.url or not chosen.api_key or chosen.api_secret is None:
        raise LivekitSettingsMissingError
    return ApiKey(chosen.api_key, chosen.api_secret.get_secret_value())


def media_url(settings: Settings) -> str:
    """Return what clients connect to, or nothing when it is this server."""
    return settings.livekit.url if settings.media.engine == "livekit" else ""


def media_hosts(settings: Settings) -> tuple[str, ...]:
    """Return the sources of LiveKit's signalling for a content security policy."""
    url: str = media_url(settings)
    if not url:
        return ()
    parts = urlsplit(url)
    return (f"{parts.scheme}://{parts.netloc}", f"{_ASKED[parts.scheme]}://{parts.netloc}")


def hook_routes(engine: LivekitEngine, verifier: TokenVerifier) -> list[BaseRoute]:
    """Return the webhooks' route, and a word for whoever looks for signalling here."""
    key = engine.config.api_key
    # Another key's webhooks are of another server.
    only = TokenVerifier({key: verifier.keys[key]}, verifier.clock)
    refusals: list[BaseRoute] = [Route(path, _refuse, methods=["GET"]) for path in _PATHS]
    refusals += [WebSocketRoute(path, _refuse_socket) for path in _PATHS]
    return [*hooks.routes(only, engine.hear), *refusals]


async def _refuse(_request: Request) -> Response:
    return PlainTextResponse(_ELSEWHERE, 404, headers={"Access-Control-Allow-Origin": "*"})


async def _refuse_socket(websocket: WebSocket) -> None:
    await websocket.send_denial_response(PlainTextResponse(_ELSEWHERE, 404))


def api_url(url: str) -> str:
    """Return where the server that clients connect to is asked."""
    parts = urlsplit(url)
    return urlunsplit((_ASKED[parts.scheme], parts.netloc, parts.path, "", ""))
