"""A server that is killed between an event and its delivery loses nothing that it stored."""

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from google.protobuf import json_format
from killing.site import Site, Warm
from livekit.protocol.webhook import WebhookEvent
from typing_extensions import override
from webhooks.receivers import KEY, SECRET

from jumpa.kit.clock import system_clock
from jumpa.kit.failpoints import FailPoint
from jumpa.media.access import Claims, VideoGrants, mint

pytestmark = pytest.mark.media


class Hooks(http.server.ThreadingHTTPServer):
    """Takes every webhook."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Hook)
        self.events: list[WebhookEvent] = []
        self.came = threading.Condition()

    def wait_for(self, room: str, event: str) -> None:
        with self.came:
            found = self.came.wait_for(lambda: (room, event) in self.told, 60)
        assert found, self.told

    @property
    def told(self) -> list[tuple[str, str]]:
        return [(event.room.name, event.event) for event in self.events]


class _Hook(http.server.BaseHTTPRequestHandler):
    server: Hooks

    def do_POST(self) -> None:  # http.server calls it so
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with self.server.came:
            self.server.events.append(json_format.Parse(body, WebhookEvent()))
            self.server.came.notify_all()
        self.send_response(204)
        self.end_headers()

    @override
    def log_message(self, format: str, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def warm() -> Iterator[Warm]:
    process = Warm()
    yield process
    process.close()


@pytest.fixture
def hooks() -> Iterator[Hooks]:
    server = Hooks()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def site(warm: Warm, tmp_path: Path, hooks: Hooks) -> Site:
    settings = {
        "JUMPA_WEBHOOK__URLS": f"http://localhost:{hooks.server_port}/",
        "JUMPA_WEBHOOK__API_KEY": KEY,
        "JUMPA_AUTH__API_KEYS": f"{KEY}={SECRET}",
        "JUMPA_OUTBOUND__ALLOWED_HOSTS": "localhost",
    }
    return Site(warm, tmp_path, settings)


def open_room(client: httpx2.Client, name: str) -> None:
    claims = Claims(identity="back end", video=VideoGrants(room_create=True))
    token = mint(api_key=KEY, secret=SECRET, claims=claims, clock=system_clock)
    client.post(
        "/twirp/livekit.RoomService/CreateRoom",
        json={"name": name},
        headers={"Authorization": f"Bearer {token}"},
    )


def open_until_it_dies(client: httpx2.Client, name: str) -> None:
    open_room(client, name)
    while True:
        client.get("/health")


class TestWebhook:
    def test_that_was_stored_arrives_however_often_the_server_dies(
        self, site: Site, hooks: Hooks
    ) -> None:
        with site.dying(FailPoint.WEBHOOK_WRITTEN) as client:
            open_until_it_dies(client, "not stored")
        assert site.rows("SELECT id FROM webhooks") == []
        with site.dying(FailPoint.WEBHOOK_STORED) as client:
            open_until_it_dies(client, "tea")
        assert site.rows("SELECT room, state FROM webhooks") == [("tea", "waiting")]
        site.dies_alone(FailPoint.WEBHOOK_TAKEN)
        assert hooks.told == []
        make_due(site)
        site.dies_alone(FailPoint.WEBHOOK_SENT)
        assert hooks.told == [("tea", "room_started")]
        make_due(site)

        with site.serving() as client:
            open_room(client, "milk")
            hooks.wait_for("milk", "room_started")

        begun = [event for event in hooks.events if event.event == "room_started"]
        events = {event.id: event.room.name for event in begun}
        assert sorted(events.values()) == ["milk", "tea"]
        found = "SELECT room, event, state FROM webhooks WHERE event = 'room_started'"
        assert ("tea", "room_started", "delivered") in site.rows(found)


def make_due(site: Site) -> None:
    """Let what a dead server had taken leave without the pause."""
    site.rows("UPDATE webhooks SET due_at = '2026-01-01 00:00:00' WHERE state = 'waiting'")
