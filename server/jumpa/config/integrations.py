"""Services of others that people may connect; each is off until it has credentials."""

from typing import Annotated, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, model_validator

from jumpa.config.groups import Group


def _address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"https", "http"} or not parts.hostname or parts.username:
        raise ValueError("it is written https://host/path")
    if parts.query or parts.fragment:
        raise ValueError("it has neither ? nor #")
    return url.rstrip("/")


Address = Annotated[str, AfterValidator(_address)]


class _Client(Group):
    client_id: str = Field("", description="Name of this server there; empty offers it to nobody.")
    client_secret: SecretStr | None = Field(None, description="Secret of this server there.")

    @property
    def is_on(self) -> bool:
        """Whether people may connect it."""
        return bool(self.client_id)


AnyClient = TypeVar("AnyClient", bound=_Client)


def _whole(client: AnyClient) -> AnyClient:
    secret = client.client_secret
    if bool(client.client_id) != bool(secret and secret.get_secret_value()):
        raise ValueError("client_id and client_secret are given together or not at all")
    return client


class GoogleSettings(_Client):
    """Google Calendar, as people connect it; other addresses are for tests."""

    authorize_url: Address = Field(
        "https://accounts.google.com/o/oauth2/v2/auth", description="Where people consent."
    )
    token_url: Address = Field(
        "https://oauth2.googleapis.com/token", description="Where codes become tokens."
    )
    revoke_url: Address = Field(
        "https://oauth2.googleapis.com/revoke", description="Where tokens are given back."
    )
    calendar_url: Address = Field(
        "https://www.googleapis.com/calendar/v3", description="The Calendar API."
    )

    _is_whole = model_validator(mode="after")(_whole)


class MicrosoftSettings(_Client):
    """Calendars of Microsoft 365, as people connect them; sovereign clouds have other addresses."""

    login_url: Address = Field(
        "https://login.microsoftonline.com/common",
        description="Where people consent, with the tenant (or `common`) at the end.",
    )
    graph_url: Address = Field(
        "https://graph.microsoft.com/v1.0", description="Microsoft Graph, with its version."
    )

    _is_whole = model_validator(mode="after")(_whole)


class SlackSettings(Group):
    """The slash command that makes rooms from Slack."""

    signing_secret: SecretStr | None = Field(
        None, description="Signing secret of the Slack app; unset refuses the command."
    )
