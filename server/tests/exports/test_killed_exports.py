"""A server that is killed while it makes an export makes one all the same, and tells once."""

import time

import pytest
from exports.taking import EXPORT, opened
from killing.site import DEADLINE_S, Site
from killing.test_killed import post, registered, signed_in
from people import API

from jumpa.kit.failpoints import FailPoint

pytestmark = pytest.mark.media

TOLD = "SELECT id FROM notifications WHERE type = 'export_ready'"
READY = "SELECT id FROM user_exports WHERE ready_at IS NOT NULL"
WAITING = "SELECT id FROM jobs WHERE state = 'waiting'"


class TestExport:
    def test_is_made_and_told_once_however_often_the_server_dies(self, site: Site) -> None:
        token = registered(site)
        with site.serving() as client:
            ayu = signed_in(client, token)
        with site.dying(FailPoint.EXPORT_STORED) as client:
            post(client, EXPORT, json={}, headers=ayu)
            while client.get("/health").status_code:
                pass
        assert site.rows(READY) == site.rows(TOLD) == []
        for point in (FailPoint.EXPORT_WRITTEN, FailPoint.WORK_TAKEN):
            site.make_due()
            site.dies_alone(point)
            assert site.rows(READY) == site.rows(TOLD) == [], point
        site.make_due()

        with site.serving() as client:
            ends_s = time.monotonic() + DEADLINE_S
            while site.rows(WAITING):
                assert time.monotonic() < ends_s, site.log
                assert client.get("/health").status_code == 200
            content = client.get(f"{API}{EXPORT}/content", headers=ayu)
            assert "messages.json" in opened(content.content).namelist()
        assert len(site.rows(READY)) == len(site.rows(TOLD)) == 1
