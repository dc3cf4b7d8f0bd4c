"""A server that is killed while it cleans up cleans up all the same, and once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from killing.site import Site, Warm

from jumpa.kit.failpoints import FailPoint

pytestmark = pytest.mark.media

CHORES = "SELECT DISTINCT state FROM jobs WHERE kind LIKE 'old%' OR kind LIKE '%meetings'"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    warm = Warm()
    yield Site(warm, tmp_path, {"JUMPA_WORK__CHORES_AFTER_S": "0"})
    warm.close()


class TestChores:
    def test_are_done_however_often_the_server_dies(self, site: Site) -> None:
        for point in (FailPoint.WORK_TAKEN, FailPoint.WORK_DONE):
            site.dies_alone(point)
            assert site.rows(CHORES) == [("waiting",)], point
            site.make_due()

        with site.serving() as client:
            while site.rows(CHORES) != [("done",)]:
                assert client.get("/health").status_code == 200
