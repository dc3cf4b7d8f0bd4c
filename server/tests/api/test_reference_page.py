"""The page of the API (S1-227)."""

import re
from pathlib import Path

import httpx2
import pytest

import jumpa

FOLDER = Path(jumpa.__file__).parent / "api" / "reference"


class TestPage:
    async def test_is_served_under_the_policy_of_every_page(
        self, client: httpx2.AsyncClient
    ) -> None:
        page = await client.get("/api/v1/docs")

        assert page.headers["content-type"].startswith("text/html")
        assert "script-src 'self' 'wasm-unsafe-eval';" in page.headers["content-security-policy"]
        for path in re.findall(r'(?:src|href)="(reference/[^"]+)"', page.text):
            assert (await client.get(f"/api/v1/{path}")).status_code == 200

    async def test_has_the_description_beside_it(self, client: httpx2.AsyncClient) -> None:
        described = (await client.get("/api/v1/openapi.json")).json()

        assert "/api/v1/auth/login" in described["paths"]

    @pytest.mark.parametrize("path", ["../__init__.py", "%2e%2e/__init__.py", "..%2f__init__.py"])
    async def test_gives_no_other_file(self, client: httpx2.AsyncClient, path: str) -> None:
        assert (await client.get(f"/api/v1/reference/{path}")).status_code == 404

    @pytest.mark.parametrize("path", sorted(FOLDER.iterdir()), ids=lambda path: path.name)
    def test_asks_nobody_else_and_makes_no_markup_of_text(self, path: Path) -> None:
        text = path.read_text()

        assert not re.search(r"https?://|//[a-z]+\.", text)
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|eval\(|style=|onclick", text)
        assert not re.search(r"<script(?![^>]*src=)", text)
