"""The web app."""

from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette

from jumpa.kit.http import files


class TestPages:
    @pytest.mark.parametrize("path", ["/", "/abc-defg-hjk", "/a/b/c", "/index.html", "/apiary"])
    async def test_are_the_web_app_and_never_from_a_cache(
        self, client: httpx2.AsyncClient, path: str
    ) -> None:
        answer = await client.get(path)

        assert answer.status_code == 200
        assert "<title>Jumpa</title>" in answer.text
        assert answer.headers["cache-control"] == "no-cache"

    async def test_leave_room_for_files_beside_the_page(self, client: httpx2.AsyncClient) -> None:
        answer = await client.get("/icon.svg")

        assert answer.headers["content-type"].startswith("image/svg+xml")

    @pytest.mark.parametrize(
        ("path", "media_type"),
        [("/sw.js", "/javascript"), ("/manifest.webmanifest", "application/manifest+json")],
    )
    async def test_are_found_again_when_there_is_a_newer_version(
        self, client: httpx2.AsyncClient, path: str, media_type: str
    ) -> None:
        answer = await client.get(path)

        assert media_type in answer.headers["content-type"]
        assert answer.headers["cache-control"] == "no-cache"
        assert "script-src 'self' 'wasm-unsafe-eval';" in answer.headers["content-security-policy"]

    @pytest.mark.parametrize("path", ["/api", "/api/v1/x", "/api/", "/rtc/x", "/twirp", "/twirp/x"])
    async def test_do_not_stand_for_what_programs_ask(
        self, client: httpx2.AsyncClient, path: str
    ) -> None:
        answer = await client.get(path)

        assert answer.status_code == 404
        assert answer.json()["code"] == "not_found"

    async def test_are_not_posted_to(self, client: httpx2.AsyncClient) -> None:
        answer = await client.post("/abc-defg-hjk")

        assert answer.status_code == 405
        assert answer.json()["code"] == "method_not_allowed"

    async def test_say_what_to_do_when_they_are_not_built(self, tmp_path: Path) -> None:
        app = Starlette(routes=files.routes(tmp_path / "none", not_pages=()))
        transport = httpx2.ASGITransport(app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://x") as client:
            answer = await client.get("/")

        assert answer.status_code == 503
        assert "make build" in answer.text


class TestAssets:
    async def test_are_kept_for_ever_and_packed(self, client: httpx2.AsyncClient) -> None:
        answer = await client.get("/assets/index-abc123.js")

        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["content-encoding"] == "gzip"

    @pytest.mark.parametrize("path", ["/assets/none.js", "/assets", "/assets/"])
    async def test_that_are_missing_are_not_the_page(
        self, client: httpx2.AsyncClient, path: str
    ) -> None:
        answer = await client.get(path)

        assert answer.status_code == 404
        assert "immutable" not in answer.headers.get("cache-control", "")

    @pytest.mark.parametrize(
        "path", ["/assets/../../jumpa.db", "/assets/%2e%2e/%2e%2e/jumpa.db", "/%2e%2e/jumpa.db"]
    )
    async def test_do_not_lead_out_of_their_folder(
        self, client: httpx2.AsyncClient, path: str
    ) -> None:
        answer = await client.get(path)

        assert b"SQLite" not in answer.content
