"""A server that is killed while it tells somebody something tells it once, and pushes it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from killing.site import Site, Warm
from killing.taker import Taker, taking
from killing.test_killed import AYU, post, registered

from jumpa.domains.notifications.service.push import encoded, public_bytes
from jumpa.kit.failpoints import FailPoint

pytestmark = pytest.mark.media

PUSHES = "SELECT state FROM jobs WHERE kind = 'push'"


@pytest.fixture
def service() -> Iterator[Taker]:
    with taking(Taker()) as server:
        yield server


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    warm = Warm()
    yield Site(warm, tmp_path, {"JUMPA_OUTBOUND__ALLOWED_HOSTS": "localhost"})
    warm.close()


def subscription(service: Taker) -> dict[str, object]:
    key = public_bytes(ec.generate_private_key(ec.SECP256R1()))
    keys = {"p256dh": encoded(key), "auth": encoded(b"sixteen bytes ok")}
    return {"endpoint": f"{service.origin}/send", "keys": keys}


def make_due(site: Site) -> None:
    """Let what a dead server had taken be done without the pause."""
    site.rows("UPDATE jobs SET due_at = '2026-01-01 00:00:00' WHERE state = 'waiting'")


class TestNews:
    def test_is_told_once_and_pushed_however_often_the_server_dies(
        self, site: Site, service: Taker
    ) -> None:
        token = registered(site)
        with site.serving() as client:
            post(client, "/auth/verify-email", json={"token": token})
            body = {"email": AYU["email"], "password": AYU["password"]}
            answer = post(client, "/auth/login", json=body).json()
            ayu = {"Authorization": f"Bearer {answer['access_token']}"}
            made = post(client, "/notifications/push", json=subscription(service), headers=ayu)
            assert made.status_code == 201
        with site.dying(FailPoint.WORK_CHANGED) as client:
            post(client, "/notifications/test", json={}, headers=ayu)
            while client.get("/health").status_code:
                pass
        assert site.rows("SELECT id FROM notifications") == []
        make_due(site)
        site.dies_alone(FailPoint.PUSH_SENT)
        assert len(site.rows("SELECT id FROM notifications")) == len(service.bodies) == 1
        assert site.rows(PUSHES) == [("waiting",)]
        make_due(site)

        with site.serving() as client:
            service.wait_until(lambda: len(service.bodies) > 1)
            while site.rows(PUSHES) != [("done",)]:
                assert client.get("/health").status_code == 200

        # At least once; what came twice says so.
        assert len({head["Topic"] for head in service.heads}) == 1
        assert len(site.rows("SELECT id FROM notifications")) == 1
