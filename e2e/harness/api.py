"""What people do by the API beside the web app."""

from typing import Any

from harness import app
from harness.app import Person
from harness.servers import Server


class Host:
    """Somebody with an account, who plans by the API."""

    def __init__(self, person: Person, server: Server) -> None:
        self._api = person.page.request
        self._door = f"{server.http}/api/v1"
        self._headers: dict[str, str] = {}

    async def sign_in(self, address: str) -> None:
        signed = await self.post("/auth/login", {"email": address, "password": app.PASSWORD})
        self._headers = {"Authorization": f"Bearer {signed['access_token']}"}

    async def post(self, path: str, body: dict[str, Any]) -> Any:  # noqa: ANN401  # JSON
        answer = await self._api.post(f"{self._door}{path}", headers=self._headers, data=body)
        assert answer.ok, await answer.text()
        return await answer.json()

    async def get(self, path: str) -> Any:  # noqa: ANN401  # JSON
        answer = await self._api.get(f"{self._door}{path}", headers=self._headers)
        assert answer.ok, await answer.text()
        return await answer.json()
