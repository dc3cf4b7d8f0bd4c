"""Who is told what happens in live rooms."""

from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator

from jumpa.config.groups import Group, Seconds, Texts


class WebhookSettings(Group):
    """Webhooks in LiveKit's format; hosts inside private networks need outbound.allowed_hosts."""

    urls: Texts = Field((), description="Receivers, as https://host/path; each gets every event.")
    api_key: str = Field("", description="Name of the API key that signs; needed with `urls`.")
    timeout_s: Seconds = Field(5, description="How long a receiver may take.")
    lifetime_s: Seconds = Field(86_400, description="How long an event is sent again and again.")
    kept_s: Seconds = Field(7 * 86_400, description="How long the log of webhooks goes back.")

    @field_validator("urls")
    @classmethod
    def _are_urls(cls, urls: tuple[str, ...]) -> tuple[str, ...]:
        for url in urls:
            parts = urlsplit(url)
            if parts.scheme not in {"https", "http"} or not parts.hostname or parts.username:
                raise ValueError("a receiver is written https://host/path")
        return tuple(dict.fromkeys(urls))

    @model_validator(mode="after")
    def _is_whole(self) -> "WebhookSettings":
        if self.urls and not self.api_key:
            raise ValueError("webhook.urls need webhook.api_key, which signs what is sent")
        return self
