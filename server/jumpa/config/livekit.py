"""The LiveKit server or cluster that `media.engine = "livekit"` asks."""

from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator

from jumpa.config.groups import Group, Seconds


class LivekitSettings(Group):
    """Needed with `media.engine = "livekit"`; see the guide on moving to a LiveKit cluster."""

    url: str = Field("", description="What clients connect to, as wss://host.")
    api_url: str = Field(
        "",
        description="What this server asks, as https://host; empty means the same host as `url`.",
    )
    api_key: str = Field(
        "", description="API key of the LiveKit server; it signs its webhooks too."
    )
    api_secret: SecretStr | None = Field(None, description="Secret of the API key.")
    timeout_s: Seconds = Field(10, description="How long the LiveKit server may take to answer.")
    reconcile_s: Seconds = Field(
        30, description="How often what webhooks told is compared with what is there."
    )

    @field_validator("url")
    @classmethod
    def _is_for_clients(cls, url: str) -> str:
        return _checked(url, ("wss", "ws"))

    @field_validator("api_url")
    @classmethod
    def _is_for_asking(cls, url: str) -> str:
        return _checked(url, ("https", "http"))


def _checked(url: str, schemes: tuple[str, ...]) -> str:
    parts = urlsplit(url)
    is_whole = parts.scheme in schemes and parts.hostname and not parts.username
    if url and (not is_whole or parts.query or parts.fragment):
        raise ValueError(f"must be written {schemes[0]}://host")
    return url.rstrip("/")
