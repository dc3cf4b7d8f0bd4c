"""The committed schema is what the code says."""

import json
from pathlib import Path
from typing import Any

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
                assert {"413", "422", "429"} <= set(failures)
                assert all(list(f["content"]) == [MEDIA_TYPE] for f in failures.values())

    def test_shows_an_example_of_every_answer(self) -> None:
        schema = Api().openapi()
        models, problems = schema["components"]["schemas"], schema["components"]["examples"]

        def is_shown(kind: str, content: dict[str, Any]) -> bool:
            if kind == MEDIA_TYPE:
                names = [e["$ref"].rpartition("/")[2] for e in content["examples"].values()]
                return bool(names) and all(
                    problems[name]["value"]["code"] == name for name in names
                )
            if content["schema"].get("format") == "binary":
                return True
            model = content["schema"].get("$ref", "").rpartition("/")[2]
            return "example" in content or "examples" in models[model]

        hidden = [
            (method, path, status)
            for path, operations in schema["paths"].items()
            for method, operation in operations.items()
            for status, answer in operation["responses"].items()
            for kind, content in answer.get("content", {}).items()
            if not is_shown(kind, content)
        ]

        assert schema["openapi"].startswith("3.1")
        assert hidden == []

    def test_shows_an_example_of_every_body(self) -> None:
        schema = Api().openapi()
        bodies = [
            operation["requestBody"]["content"]["application/json"]["schema"]
            for operations in schema["paths"].values()
            for operation in operations.values()
            if "application/json" in operation.get("requestBody", {}).get("content", {})
        ]
        names = {json.dumps(body).rpartition("/")[2].partition('"')[0] for body in bodies}

        assert [n for n in names if "examples" not in schema["components"]["schemas"][n]] == []

    def test_is_the_same_when_asked_twice(self) -> None:
        api = Api()

        assert api.openapi() == api.openapi()
