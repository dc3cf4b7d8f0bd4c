"""Builds what connected services need."""

from jumpa.app.foundation import Running
from jumpa.config import GoogleSettings, MicrosoftSettings
from jumpa.domains.integrations.endpoints import IntegrationDoors
from jumpa.domains.integrations.service.calendar import Api
from jumpa.domains.integrations.service.google import GoogleCalendar
from jumpa.domains.integrations.service.graph import HEADERS, GraphCalendar
from jumpa.domains.integrations.service.parts import IntegrationParts, Service
from jumpa.domains.integrations.service.tokens import Client, Office
from jumpa.domains.meetings.endpoints import MeetingParts
from jumpa.kit.http.rates import Rates
from jumpa.kit.outbound.client import Outbound
from jumpa.kit.quotas import Quota

# No more than writing events into calendars that are the person's own.
GOOGLE_SCOPE = "https://www.googleapis.com/auth/calendar.events.owned"
MICROSOFT_SCOPE = "https://graph.microsoft.com/Calendars.ReadWrite"


def integration_doors(given: Running, meetings: MeetingParts, rates: Rates) -> IntegrationDoors:
    """Return what the endpoints are joined to."""
    often = given.settings.rates
    return IntegrationDoors(
        _parts(given, meetings),
        rates,
        Quota("connection", often.connections_per_minute),
        Quota("command", often.commands_per_minute),
    )


def _parts(given: Running, meetings: MeetingParts) -> IntegrationParts:
    """Return the tools of the domain; services without credentials are not among them."""
    settings = given.settings
    services: dict[str, Service] = {}
    if settings.google.is_on:
        services["google"] = _google(settings.google, given.outbound)
    if settings.microsoft.is_on:
        services["microsoft"] = _microsoft(settings.microsoft, given.outbound)
    secret = settings.slack.signing_secret
    return IntegrationParts(
        work=meetings.work,
        ring=given.ring,
        audit=meetings.audit,
        post=meetings.post,
        services=services,
        slack_secret=secret.get_secret_value() if secret else "",
        limits=meetings.limits,
    )


def _google(settings: GoogleSettings, outbound: Outbound) -> Service:
    client = Client(
        client_id=settings.client_id,
        secret=_secret(settings),
        authorize_url=settings.authorize_url,
        token_url=settings.token_url,
        revoke_url=settings.revoke_url,
        scopes=("openid", "email", GOOGLE_SCOPE),
        calendar_scope=GOOGLE_SCOPE,
        # Without both, whoever consented before gives nothing to renew the access with.
        options={"access_type": "offline", "prompt": "consent"},
    )
    calendar = GoogleCalendar(Api(settings.calendar_url, outbound, {}))
    return Service(calendar, Office(client, outbound))


def _microsoft(settings: MicrosoftSettings, outbound: Outbound) -> Service:
    client = Client(
        client_id=settings.client_id,
        secret=_secret(settings),
        authorize_url=f"{settings.login_url}/oauth2/v2.0/authorize",
        token_url=f"{settings.login_url}/oauth2/v2.0/token",
        # There is no way to give one application's tokens back.
        revoke_url="",
        scopes=("openid", "email", "offline_access", MICROSOFT_SCOPE),
        calendar_scope=MICROSOFT_SCOPE,
        options={"response_mode": "query"},
    )
    calendar = GraphCalendar(Api(settings.graph_url, outbound, HEADERS))
    return Service(calendar, Office(client, outbound))


def _secret(settings: GoogleSettings | MicrosoftSettings) -> str:
    return settings.client_secret.get_secret_value() if settings.client_secret else ""
