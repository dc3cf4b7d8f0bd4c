"""A server that is killed between an event and its delivery loses nothing that it stored."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from google.protobuf import json_format
from killing.site import Site, Warm
from killing.taker import Taker, taking
from livekit.protocol.webhook import WebhookEvent
from webhooks.receivers import KEY, SECRET

from jumpa.kit.clock import system_clock
from jumpa.kit.failpoints import FailPoint
from jumpa.media.access import Claims, VideoGrants, mint

pytestmark = pytest.mark.media


class Hooks(Taker):
    """Takes every webhook."""

    def wait_for(self, room: str, event: str) -> None:
        self.wait_until(lambda: (room, event) in self.told)

    @property
    def events(self) -> list[WebhookEvent]:
        return [json_format.Parse(body, WebhookEvent()) for body in self.bodies]

    @property
    def told(self) -> list[tuple[str, str]]:
        return [(event.room.name, event.event) for event in self.events]


@pytest.fixture
def hooks() -> Iterator[Hooks]:
    with taking(Hooks()) as server:
        yield server


@pytest.fixture
def site(warm: Warm, tmp_path: Path, hooks: Hooks) -> Site:
    settings = {
        "JUMPA_WEBHOOK__URLS": f"{hooks.origin}/",
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
