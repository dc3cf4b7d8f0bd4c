"""Headers that keep a browser to this server alone, and the way from HTTP to HTTPS."""

import re
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from jumpa.kit import addresses

_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(:\d{1,5})?")
_FORWARDED = ("x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "forwarded")
_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(self), microphone=(self), display-capture=(self), fullscreen=(self),"
        " autoplay=(self), picture-in-picture=(self), speaker-selection=(self),"
        " screen-wake-lock=(self), clipboard-write=(self), geolocation=(), usb=(), payment=()"
    ),
}


def is_loopback(host: str) -> bool:
    """Whether a Host header means this very machine, where browsers allow the camera."""
    return addresses.is_loopback(host_name(host).strip("[]"))


def host_name(host: str) -> str:
    """Return the Host header without its port; empty when it is malformed."""
    matched = _HOST.fullmatch(host)
    return matched.group(1).lower() if matched else ""


def is_forwarded(headers: Headers) -> bool:
    """Whether a proxy stands between us and whoever asks."""
    return any(name in headers for name in _FORWARDED)


class SecurityHeaders:
    """ASGI middleware: adds the headers.

    `spared` paths speak to other origins; answers below `uncached` are for one reader only.
    Pages may connect to `others`, too; those below `framed` may be shown in frames of `embedders`.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        spared: tuple[str, ...],
        uncached: tuple[str, ...],
        others: tuple[str, ...] = (),
        framed: tuple[str, ...] = (),
        embedders: tuple[str, ...] = (),
    ) -> None:
        self._app = app
        self._framed = framed
        self._embedders = embedders
        self._others = others
        self._spared = spared
        self._uncached = uncached

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers to every answer."""
        if scope["type"] != "http" or is_under(scope["path"], self._spared):
            await self._app(scope, receive, send)
            return
        embedders = self._embedders if is_under(scope["path"], self._framed) else ()
        host = Headers(scope=scope).get("host", "")
        policy = content_security_policy(host, self._others, embedders)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_FIXED)
                # A file that somebody sent comes with a stricter one.
                headers.setdefault("Content-Security-Policy", policy)
                if is_under(scope["path"], self._uncached):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self._app(scope, receive, send_with_headers)


def content_security_policy(
    host: str, others: tuple[str, ...] = (), embedders: tuple[str, ...] = ()
) -> str:
    """Return the policy: all from this server, and nothing else but connections to `others`.

    No page shows it in a frame but those of `embedders`.
    """
    # 'self' does not cover WebSockets in every browser.
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    sockets += "".join(f" {other}" for other in others)
    ancestors = " ".join(embedders) or "'none'"
    return (
        # Noise is taken out of voices by WebAssembly, in the browser.
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';"
        " font-src 'self';"
        f" img-src 'self' blob:; media-src 'self' blob:; connect-src 'self'{sockets};"
        " worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'self';"
        f" frame-ancestors {ancestors}"
    )


class PagesToHttps:
    """ASGI middleware: sends browser pages to HTTPS; clients of the protocol stay where they are.

    `https_port` is asked at each request, and None means that there is no HTTPS.
    """

    def __init__(
        self, app: ASGIApp, https_port: Callable[[], int | None], spared: tuple[str, ...]
    ) -> None:
        self._app = app
        self._https_port = https_port
        self._spared = spared

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Redirect, or pass on."""
        port = self._https_port()
        if port is None or not self._is_page(scope):
            await self._app(scope, receive, send)
            return
        host = host_name(Headers(scope=scope).get("host", ""))
        query = scope["query_string"].decode("latin-1")
        path = scope["raw_path"].decode("latin-1") + (f"?{query}" if query else "")
        url = f"https://{host}:{port}{path}"
        await RedirectResponse(url, 307, {"Cache-Control": "no-store"})(scope, receive, send)

    def _is_page(self, scope: Scope) -> bool:
        if scope["type"] != "http" or scope["scheme"] != "http":
            return False
        if scope["method"] not in {"GET", "HEAD"} or is_under(scope["path"], self._spared):
            return False
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        is_near = not host_name(host) or is_loopback(host) or is_forwarded(headers)
        return not is_near and "text/html" in headers.get("accept", "")


def is_under(path: str, prefixes: tuple[str, ...]) -> bool:
    """Whether the path is one of the prefixes or lies below one."""
    return any(path == prefix or path.startswith(f"{prefix}/") for prefix in prefixes)
