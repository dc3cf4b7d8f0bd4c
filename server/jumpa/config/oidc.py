"""The organisation's own sign-in, and which other hosts the server may ask."""

from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator

from jumpa.config.groups import Count, Group, Seconds, Texts


class OidcSettings(Group):
    """The organisation's own provider (OpenID Connect); without an issuer there is none."""

    issuer: str = Field("", description="Issuer, as https://host; empty offers no such sign-in.")
    client_id: str = Field("", description="Name of this server at the provider.")
    client_secret: SecretStr | None = Field(
        None, description="Secret of this server at the provider; unset for public clients."
    )
    name: str = Field(
        "your organisation", max_length=60, description="What the button calls the provider."
    )
    email_domains: Texts = Field(
        (),
        description="Domains of addresses that may come in by it, and whose accounts it may open;"
        " none lets every proven address in and opens no account that was there before.",
    )
    creates_accounts: bool = Field(
        default=True, description="Whether somebody who comes for the first time gets an account."
    )

    @field_validator("issuer")
    @classmethod
    def _is_url(cls, issuer: str) -> str:
        parts = urlsplit(issuer)
        is_url = parts.scheme in {"https", "http"} and parts.hostname
        if issuer and (not is_url or parts.query or parts.fragment or parts.username):
            raise ValueError("it is written https://host or https://host/path")
        return issuer

    @field_validator("email_domains")
    @classmethod
    def _are_domains(cls, domains: tuple[str, ...]) -> tuple[str, ...]:
        if any("@" in domain or "." not in domain for domain in domains):
            raise ValueError("a domain is what stands behind the @, such as example.com")
        return tuple(domain.lower() for domain in domains)

    @model_validator(mode="after")
    def _is_whole(self) -> "OidcSettings":
        if bool(self.issuer) != bool(self.client_id):
            raise ValueError("issuer and client_id are given together or not at all")
        return self


class OutboundSettings(Group):
    """Other hosts that the server asks; those inside private networks only when named here."""

    allowed_hosts: Texts = Field(
        (),
        description="Names of hosts inside private networks that may be asked; localhost by HTTP.",
    )
    authorities: Path | None = Field(
        None, description="Certificates (PEM) of authorities that are believed as well."
    )
    timeout_s: Seconds = Field(10, description="How long another host may take.")
    answer_bytes: Count = Field(1024 * 1024, description="Largest answer of another host.")
