"""The service by which messages reach telephones."""

from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator

from jumpa.config.groups import Count, Group


class WhatsAppSettings(Group):
    """WhatsApp by Meta's Cloud API; off until `phone_number_id` is set. See the guide."""

    phone_number_id: str = Field(
        "", pattern=r"^[0-9]{0,32}$", description="Meta's id of the number that sends."
    )
    access_token: SecretStr | None = Field(None, description="Token of a system user at Meta.")
    app_secret: SecretStr | None = Field(None, description="Secret of the app; signs receipts.")
    verify_token: SecretStr | None = Field(
        None, description="A text of your own, told to Meta beside the address for receipts."
    )
    news_template: str = Field("jumpa_news", description="Template of news, with two places.")
    code_template: str = Field("jumpa_code", description="Template of codes, for authentication.")
    url: str = Field("https://graph.facebook.com/v23.0", description="The API, with its version.")
    country: str = Field(
        "62",
        pattern=r"^[1-9][0-9]{0,2}$",
        description="Calling code of numbers that are written with a leading 0.",
    )
    codes_per_day: Count = Field(1000, description="Codes that leave in a day, for all people.")
    attempts: Count = Field(8, description="Tries after which a message is given up.")

    @field_validator("url")
    @classmethod
    def _is_url(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in {"https", "http"} or not parts.hostname or parts.username:
            raise ValueError("must be written https://host/version")
        return url.rstrip("/")

    @model_validator(mode="after")
    def _is_whole(self) -> "WhatsAppSettings":
        needed = (self.access_token, self.app_secret, self.verify_token)
        if self.phone_number_id and not all(one and one.get_secret_value() for one in needed):
            raise ValueError(
                "whatsapp.phone_number_id needs access_token, app_secret and verify_token"
            )
        return self
