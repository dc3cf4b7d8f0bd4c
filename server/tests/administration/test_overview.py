"""Administrators read what is switched on, and never a secret."""

from typing import Any

import pytest
from factories import FOREIGN_KEY
from people import SignedIn, assert_problem
from pydantic import SecretStr

from jumpa.app.administration import overview
from jumpa.config import Settings, leaves

PATH = "/administration/settings"
SECRET = "planted-secret-of-many-letters"
# Whatever else may hold one: passwords in addresses, and tokens behind a path.
ADDRESSES: dict[str, object] = {
    "database.url": f"postgresql://jumpa:{SECRET}@db.example/jumpa",
    "rates.redis_url": f"redis://:{SECRET}@redis.example",
    "webhook.urls": f"https://crm.example/hook?token={SECRET}",
    "webhook.api_key": FOREIGN_KEY,
    "mail.user": SECRET,
    "objects.url": "s3://files",
    "objects.key_id": SECRET,
    "oidc.issuer": "https://idp.example",
    "oidc.client_id": SECRET,
    "google.client_id": SECRET,
    "microsoft.client_id": SECRET,
    "whatsapp.phone_number_id": "123",
    "livekit.api_key": SECRET,
    "auth.api_keys": {FOREIGN_KEY: SECRET},
}


def planted() -> Settings:
    """Return settings in which every secret is this one."""
    tree: dict[str, Any] = {}
    secrets = {name: SECRET for name, field in leaves() if "SecretStr" in str(field.annotation)}
    for name, value in {**secrets, **ADDRESSES}.items():
        inner = tree
        *groups, last = name.split(".")
        for group in groups:
            inner = inner.setdefault(group, {})
        inner[last] = value
    return Settings(**tree)


def switches(settings: Settings) -> dict[str, bool]:
    return {switch.name: switch.is_on for switch in overview(settings).switches}


class TestOverview:
    def test_says_that_usual_settings_switch_little_on(self) -> None:
        on = {name for name, is_on in switches(Settings()).items() if is_on}

        assert on == {"registration", "https", "media_over_tcp"}

    def test_says_what_is_on(self) -> None:
        on = switches(planted())

        assert not on["livekit_engine"]
        assert not on["public_address"]
        assert not on["letters"]
        assert all(on[name] for name in ("postgresql", "bucket", "shared_limits", "own_sign_in"))
        assert all(on[name] for name in ("google_calendar", "microsoft_calendar", "slack"))
        assert all(on[name] for name in ("text_messages", "webhooks", "metrics"))

    def test_names_settings_that_there_are(self) -> None:
        found = overview(Settings())
        named = {switch.setting for switch in found.switches}
        limits = {figure.setting for figure in found.figures}

        assert named | limits <= {name for name, _ in leaves()}
        variables = {each.variable for each in found.switches}
        assert "JUMPA_MAIL__HOST" in variables

    def test_tells_no_secret(self) -> None:
        settings = planted()

        assert sum(isinstance(value, SecretStr) for value in _values(settings)) > 10
        assert SECRET not in overview(settings).model_dump_json()


def _values(settings: Settings) -> list[object]:
    found: list[object] = []
    for name, _ in leaves():
        value: object = settings
        for part in name.split("."):
            value = getattr(value, part)
        found.append(value)
    return found


@pytest.mark.parametrize(
    "settings",
    [Settings(mail={"password": SECRET, "host": "smtp.example"})],
    ids=["planted"],
)
class TestEndpoint:
    async def test_shows_what_is_on_and_no_secret(self, administrator: SignedIn) -> None:
        answer = await administrator.get(PATH)

        assert answer.status_code == 200
        found = {switch["name"]: switch for switch in answer.json()["switches"]}
        assert found["letters"] == {
            "name": "letters",
            "setting": "mail.host",
            "variable": "JUMPA_MAIL__HOST",
            "is_on": True,
        }
        assert answer.json()["figures"][0]["value"] == 200
        assert SECRET not in answer.text
        assert "smtp.example" not in answer.text

    async def test_is_for_administrators_of_who_runs_the_server(
        self, member: SignedIn, elsewhere: SignedIn
    ) -> None:
        assert_problem(await member.get(PATH), 403, "administrator_needed")
        assert_problem(await elsewhere.get(PATH), 403, "server_administrator_needed")
