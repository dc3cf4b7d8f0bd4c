"""Where the LiveKit server is, and how we prove to it who we are."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class LivekitConfig:
    """`url` is what clients connect to (ws, wss), `api_url` what this server asks (http, https).

    `reconcile_s` is how often everything is compared; `retry_s` while it cannot be asked.
    """

    url: str
    api_url: str
    api_key: str
    api_secret: str = field(repr=False)
    timeout_s: float = 10
    reconcile_s: float = 30
    retry_s: float = 2
