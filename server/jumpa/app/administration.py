"""Builds what administrators look at the whole with."""

from collections.abc import Iterator

import jumpa
from jumpa.app.foundation import Running
from jumpa.config import Settings, variable_of
from jumpa.domains.administration.schemas import (
    FigureName,
    FigureRead,
    OverviewRead,
    SwitchName,
    SwitchRead,
)
from jumpa.domains.administration.service.parts import AdministrationParts
from jumpa.domains.audit.service import AuditLog
from jumpa.kit.context import UnitOfWork

_FIGURES: dict[FigureName, str] = {
    "people_in_a_room": "media.limits.participants_per_room",
    "file_bytes": "rooms.file_bytes",
    "room_file_bytes": "rooms.all_file_bytes",
    "invitations": "rooms.invitations",
    "session_s": "accounts.session_s",
    "webhooks_kept_s": "webhook.kept_s",
    "jobs_kept_s": "work.kept_s",
}


def administration_parts(given: Running, work: UnitOfWork, audit: AuditLog) -> AdministrationParts:
    """Return what the endpoints are joined to."""
    return AdministrationParts(work, audit, given.engine, given.objects, overview(given.settings))


def overview(settings: Settings) -> OverviewRead:
    """Say what is on; of a setting only whether it is there, or a number."""
    return OverviewRead(
        version=jumpa.__version__,
        switches=[
            SwitchRead(name=name, setting=setting, variable=variable_of(setting), is_on=is_on)
            for name, setting, is_on in _switches(settings)
        ],
        figures=[
            FigureRead(
                name=name,
                setting=setting,
                variable=variable_of(setting),
                value=_number(settings, setting),
            )
            for name, setting in _FIGURES.items()
        ],
    )


def _number(settings: Settings, name: str) -> float:
    found: object = settings
    for part in name.split("."):
        found = getattr(found, part)
    if not isinstance(found, int | float):
        raise TypeError(f"{name} is no number, and may be what nobody is to read.")
    return float(found)


def _switches(settings: Settings) -> Iterator[tuple[SwitchName, str, bool]]:
    server, accounts = settings.server, settings.accounts
    yield "letters", "mail.host", bool(settings.mail.host)
    yield "registration", "accounts.registration", accounts.registration == "open"
    yield "own_sign_in", "oidc.issuer", bool(settings.oidc.issuer)
    yield "public_address", "accounts.public_url", bool(accounts.public_url)
    yield "https", "server.https", server.serves_https
    yield "media_over_tcp", "media.tcp", settings.media.tcp
    yield "livekit_engine", "media.engine", settings.media.engine == "livekit"
    yield "postgresql", "database.url", settings.database.url is not None
    yield "bucket", "objects.url", bool(settings.objects.url)
    yield "shared_limits", "rates.redis_url", settings.rates.redis_url is not None
    yield "google_calendar", "google.client_id", settings.google.is_on
    yield "microsoft_calendar", "microsoft.client_id", settings.microsoft.is_on
    yield "slack", "slack.signing_secret", settings.slack.signing_secret is not None
    yield "text_messages", "whatsapp.phone_number_id", bool(settings.whatsapp.phone_number_id)
    yield "webhooks", "webhook.urls", bool(settings.webhook.urls)
    yield "embedding", "server.embedding_origins", bool(server.embedding_origins)
    yield "other_web_apps", "server.allowed_origins", bool(server.allowed_origins)
    yield "metrics", "server.metrics_token", server.metrics_token is not None
