"""The committed schema is what the code says."""

import json
from pathlib import Path

from jumpa.api import Api
from jumpa.kit.http.problems import MEDIA_TYPE

COMMITTED = Path(__file__).parents[2] / "web" / "openapi.json"


class TestSchema:
    def test_is_the_committed_one(self) -> None:
        committed = json.loads(COMMITTED.read_text())

        assert Api().openapi() == committed, "run make generate"

    def test_declares_how_every_endpoint_fails(self) -> None:
        for path in Api().openapi()["paths"].values():
            for operation in path.values():
                failures = {k: v for k, v in operation["responses"].items() if int(k) >= 400}
                assert {"422", "429"} <= set(failures)
                assert all(list(f["content"]) == [MEDIA_TYPE] for f in failures.values())

    def test_is_the_same_when_asked_twice(self) -> None:
        api = Api()

        assert api.openapi() == api.openapi()
