"""A server in the place of Google's and Microsoft's: consent, tokens, and what both have in common.

As strict as theirs: codes work once and for whom they were given, tokens end, scopes count.
"""

import base64
import hashlib
import http.server
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from typing_extensions import override

CLIENT_ID, CLIENT_SECRET = "jumpa-client", "a secret of the client"
ACCOUNT = "ayu@calendar.example"
SCOPES = {
    "google": "https://www.googleapis.com/auth/calendar.events.owned",
    "microsoft": "https://graph.microsoft.com/Calendars.ReadWrite",
}
NOT_FOUND = {"error": {"code": 404, "message": "Not Found", "errors": [{"reason": "notFound"}]}}


@dataclass
class Request:
    """One request, taken apart."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(self.body.decode()).items()}

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found


@dataclass
class Answer:
    """What is said; `raw` in the place of JSON."""

    status: int
    told: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None

    @property
    def body(self) -> bytes:
        if self.raw is not None:
            return self.raw
        return b"" if self.told is None else json.dumps(self.told).encode()


@dataclass
class Service:
    """A service with one person, who consents to everything unless told otherwise."""

    name: str
    scopes: str = ""
    account: str = ACCOUNT
    faults: list[Answer] = field(default_factory=list)
    asked: list[Request] = field(default_factory=list)
    revoked: list[str] = field(default_factory=list)
    access: dict[str, set[str]] = field(default_factory=dict)
    refreshes: dict[str, set[str]] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def consent(self, url: str, **changes: str) -> str:
        """Do what the browser and its owner do there; return the query it comes back with."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT_ID
        assert asked["code_challenge_method"] == "S256"
        assert SCOPES[self.name] in asked["scope"].split()
        if self.name == "google":
            assert (asked["access_type"], asked["prompt"]) == ("offline", "consent")
        else:
            assert "offline_access" in asked["scope"].split()
        code = secrets.token_urlsafe()
        self._codes[code] = asked
        return urlencode({"state": asked["state"], "code": code, **changes})

    def expire(self) -> None:
        """Let every access token end."""
        self.access.clear()

    def end_access(self) -> None:
        """Do what a person does who takes the consent back at the service."""
        self.access.clear()
        self.refreshes.clear()

    def answer(self, request: Request) -> Answer:
        with self.lock:
            if request.path.endswith("/authorize"):
                return self._asked(request)
            self.asked.append(request)
            if self.faults:
                return self.faults.pop(0)
            if request.path.endswith("/token"):
                return self._token(request.form)
            if request.path.endswith("/revoke"):
                return self._revoke(request.form)
            return self._opened(request)

    def _asked(self, request: Request) -> Answer:
        """Send a browser back whose owner consented."""
        query = self.consent(f"?{urlencode(request.query)}")
        back = f"{request.query['redirect_uri']}?{query}"
        return Answer(302, headers={"Location": back})

    def _opened(self, request: Request) -> Answer:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if token not in self.access:
            return self.refused()
        if SCOPES[self.name] not in self.access[token]:
            return Answer(403, {"error": {"code": 403, "message": "insufficient scopes"}})
        return self.call(request)

    def refused(self) -> Answer:
        raise NotImplementedError

    def call(self, request: Request) -> Answer:
        raise NotImplementedError

    def _token(self, form: dict[str, str]) -> Answer:
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return Answer(401, {"error": "invalid_client"})
        if form.get("grant_type") == "refresh_token":
            given = form.get("refresh_token", "")
            if given not in self.refreshes:
                return Answer(400, {"error": "invalid_grant", "error_description": "revoked"})
            return Answer(200, self._tokens(self.refreshes[given], self.owners[given]))
        asked = self._codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or asked["code_challenge"] != challenge:
            return Answer(400, {"error": "invalid_grant"})
        if asked["redirect_uri"] != form.get("redirect_uri"):
            return Answer(400, {"error": "redirect_uri_mismatch"})
        scopes = set((self.scopes or asked["scope"]).split())
        refresh = secrets.token_urlsafe()
        self.refreshes[refresh], self.owners[refresh] = scopes, self.account
        claims = json.dumps({"email": self.account}).encode()
        id_token = f"e30.{base64.urlsafe_b64encode(claims).rstrip(b'=').decode()}.e30"
        more = {"refresh_token": refresh, "id_token": id_token}
        return Answer(200, {**self._tokens(scopes, self.account), **more})

    def _tokens(self, scopes: set[str], account: str) -> dict[str, Any]:
        access = secrets.token_urlsafe()
        self.access[access], self.owners[access] = scopes, account
        told = {"access_token": access, "token_type": "Bearer", "expires_in": 3599}
        return {**told, "scope": " ".join(sorted(scopes))}

    def _revoke(self, form: dict[str, str]) -> Answer:
        token = form.get("token", "")
        if token not in self.refreshes:
            return Answer(400, {"error": "invalid_token"})
        for given in (self.access, self.refreshes):
            for one in [one for one in given if self.owners[one] == self.owners[token]]:
                del given[one]
        self.revoked.append(token)
        return Answer(200, {})


class _Server(http.server.ThreadingHTTPServer):
    def __init__(self, services: dict[str, Service], port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.services = services


class _Handler(http.server.BaseHTTPRequestHandler):
    server: _Server

    def _handle(self) -> None:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        headers = {name.lower(): value for name, value in self.headers.items()}
        _, name, path = parts.path.split("/", 2)
        request = Request(self.command, f"/{path}", query, headers, body)
        answer = self.server.services[name].answer(request)
        self.send_response(answer.status)
        for header, value in answer.headers.items():
            self.send_header(header, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _handle  # noqa: N815  # http.server's names

    @override
    def log_message(self, format: str, *_: object) -> None:
        """Say nothing."""


@contextmanager
def standing(*services: Service) -> Iterator[str]:
    """Serve on loopback until the block ends; yields the address before the services' names."""
    server = _Server({one.name: one for one in services}, 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def settings_of(origin: str) -> dict[str, dict[str, Any]]:
    """Return the settings of a server that knows both services."""
    client = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
    google = {
        "authorize_url": f"{origin}/google/authorize",
        "token_url": f"{origin}/google/token",
        "revoke_url": f"{origin}/google/revoke",
        "calendar_url": f"{origin}/google/calendar/v3",
    }
    microsoft = {
        "login_url": f"{origin}/microsoft/common",
        "graph_url": f"{origin}/microsoft/v1.0",
    }
    return {
        "google": {**client, **google},
        "microsoft": {**client, **microsoft},
        "outbound": {"allowed_hosts": ["localhost"], "answer_bytes": 100_000, "timeout_s": 5},
    }
