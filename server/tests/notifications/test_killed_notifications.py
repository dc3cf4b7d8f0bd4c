"""A server that is killed while it tells somebody something tells it once, and pushes it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from killing.site import Site, Warm
from killing.taker import Taker, taking
from killing.test_killed import post, registered, signed_in
from notifications.whatsapp import words
from people import API

from jumpa.domains.notifications.service.push import encoded, public_bytes
from jumpa.kit.failpoints import FailPoint

pytestmark = pytest.mark.media

TEXTS = "SELECT state, attempts FROM jobs WHERE kind = 'text'"
PUSHES = "SELECT state FROM jobs WHERE kind = 'push'"


@pytest.fixture
def service() -> Iterator[Taker]:
    with taking(Taker()) as server:
        yield server


@pytest.fixture
def site(tmp_path: Path, service: Taker) -> Iterator[Site]:
    warm = Warm()
    settings = {
        "JUMPA_OUTBOUND__ALLOWED_HOSTS": "localhost",
        "JUMPA_WHATSAPP__PHONE_NUMBER_ID": "7",
        "JUMPA_WHATSAPP__ACCESS_TOKEN": "token",
        "JUMPA_WHATSAPP__APP_SECRET": "secret",
        "JUMPA_WHATSAPP__VERIFY_TOKEN": "text",
        "JUMPA_WHATSAPP__URL": f"{service.origin}/v1",
    }
    yield Site(warm, tmp_path, settings)
    warm.close()


def subscription(service: Taker) -> dict[str, object]:
    key = public_bytes(ec.generate_private_key(ec.SECP256R1()))
    keys = {"p256dh": encoded(key), "auth": encoded(b"sixteen bytes ok")}
    return {"endpoint": f"{service.origin}/send", "keys": keys}


class TestNews:
    def test_is_told_once_and_pushed_however_often_the_server_dies(
        self, site: Site, service: Taker
    ) -> None:
        token = registered(site)
        with site.serving() as client:
            ayu = signed_in(client, token)
            made = post(client, "/notifications/push", json=subscription(service), headers=ayu)
            assert made.status_code == 201
        with site.dying(FailPoint.WORK_CHANGED) as client:
            post(client, "/notifications/test", json={}, headers=ayu)
            while client.get("/health").status_code:
                pass
        assert site.rows("SELECT id FROM notifications") == []
        site.make_due()
        site.dies_alone(FailPoint.PUSH_SENT)
        assert len(site.rows("SELECT id FROM notifications")) == len(service.bodies) == 1
        assert site.rows(PUSHES) == [("waiting",)]
        site.make_due()

        with site.serving() as client:
            service.wait_until(lambda: len(service.bodies) > 1)
            while site.rows(PUSHES) != [("done",)]:
                assert client.get("/health").status_code == 200

        # At least once; what came twice says so.
        assert len({head["Topic"] for head in service.heads}) == 1
        assert len(site.rows("SELECT id FROM notifications")) == 1


class TestText:
    def test_reaches_the_telephone_at_least_once_however_often_the_server_dies(
        self, site: Site, service: Taker
    ) -> None:
        service.answer = b'{"messages": [{"id": "wamid.1"}]}'
        token = registered(site)
        phone = {"number": "+6281234567890"}
        with site.serving() as client:
            ayu = signed_in(client, token)
        with site.dying(FailPoint.TEXT_SENT) as client:
            client.put(f"{API}/notifications/phone", json=phone, headers=ayu)
            while client.get("/health").status_code:
                pass
        assert len(service.bodies) == 1
        assert site.rows(TEXTS) == [("waiting", 1)]
        assert site.rows("SELECT status FROM sent_texts") == [("sending",)]
        site.make_due()

        with site.serving() as client:
            service.wait_until(lambda: len(service.bodies) == 2)
            code = words(json.loads(service.bodies[1]))[0]
            proof = post(client, "/notifications/phone/proof", json={"code": code}, headers=ayu)
            assert proof.json()["is_proven"] is True
            while site.rows(TEXTS) != [("done", 2)]:
                assert client.get("/health").status_code == 200
        # The second attempt says that it is the same message.
        assert service.bodies[0] == service.bodies[1]
