"""A server that is killed after it wrote into a calendar, before it noted that, writes it once."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from integrations.google_service import Google
from integrations.graph_service import Graph
from integrations.standing import Service, settings_of, standing
from killing.site import Site, Warm
from killing.test_killed import AYU, post, registered
from meetings.planned import TEA
from people import API

from jumpa.kit.failpoints import FailPoint

pytestmark = pytest.mark.media

SYNCS = "SELECT state FROM jobs WHERE kind = 'calendar_sync'"
ENTRIES = "SELECT part FROM calendar_entries"


@pytest.fixture(params=[Google, Graph])
def service(request: pytest.FixtureRequest) -> Service:
    made: Service = request.param()
    return made


@pytest.fixture
def site(tmp_path: Path, service: Service) -> Iterator[Site]:
    other = Graph() if service.name == "google" else Google()
    with standing(service, other) as origin:
        groups = settings_of(origin)
        variables = {
            f"JUMPA_{group}__{name}".upper(): value
            for group in ("google", "microsoft")
            for name, value in groups[group].items()
        }
        warm = Warm()
        yield Site(warm, tmp_path, {**variables, "JUMPA_OUTBOUND__ALLOWED_HOSTS": "localhost"})
        warm.close()


def connect(client: httpx2.Client, service: Service, headers: dict[str, str]) -> None:
    path = f"/integrations/calendars/{service.name}"
    url = post(client, f"{path}/connect", json={}, headers=headers).json()["url"]
    back = client.get(f"{API}{path}/callback?{service.consent(url)}")
    assert back.headers["location"] == "/settings", back.headers


class TestSync:
    def test_makes_one_event_however_often_the_server_dies(
        self, site: Site, service: Service
    ) -> None:
        token = registered(site)
        with site.serving() as client:
            post(client, "/auth/verify-email", json={"token": token})
            body = {"email": AYU["email"], "password": AYU["password"]}
            answer = post(client, "/auth/login", json=body).json()
            ayu = {"Authorization": f"Bearer {answer['access_token']}"}
            connect(client, service, ayu)
        with site.dying(FailPoint.CALENDAR_WRITTEN) as client:
            assert post(client, "/meetings", json=TEA, headers=ayu).status_code == 201
            while client.get("/health").status_code:
                pass
        assert len(service.events) == 1  # type: ignore[attr-defined]  # both have them
        assert site.rows(ENTRIES) == []
        site.rows("UPDATE jobs SET due_at = '2026-01-01 00:00:00' WHERE state = 'waiting'")
        site.dies_alone(FailPoint.CALENDAR_WRITTEN)
        site.rows("UPDATE jobs SET due_at = '2026-01-01 00:00:00' WHERE state = 'waiting'")

        with site.serving() as client:
            while site.rows(SYNCS) != [("done",)]:
                assert client.get("/health").status_code == 200

        assert len(service.events) == 1  # type: ignore[attr-defined]  # both have them
        assert site.rows(ENTRIES) == [("whole",)]
