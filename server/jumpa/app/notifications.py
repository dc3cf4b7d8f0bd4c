"""Builds what notifications need."""

from functools import partial

from pydantic import SecretStr

from jumpa.app.foundation import Running
from jumpa.domains.auth.service import sessions
from jumpa.domains.auth.service.parts import AuthParts
from jumpa.domains.notifications.endpoints import NotificationDoors
from jumpa.domains.notifications.endpoints.doors import PhoneDoor
from jumpa.domains.notifications.service.audience import Audience
from jumpa.domains.notifications.service.parts import NotificationParts, Site
from jumpa.domains.notifications.service.phone_book import PhoneBook
from jumpa.domains.notifications.service.push import derived_key
from jumpa.kit.context import UnitOfWork
from jumpa.kit.http.rates import Rates
from jumpa.kit.quotas import Quota
from jumpa.kit.signing import derive
from jumpa.kit.text_messages.message import Purpose, TextMessages
from jumpa.kit.text_messages.whatsapp import WhatsApp, WhatsAppAccount

_HOUR_S = 3600
_DAY_S = 86_400


def notification_parts(given: Running, work: UnitOfWork, site: Site) -> NotificationParts:
    """Return the tools of the domain."""
    # Browsers subscribe with this key for good, so it is made of the secret that backups hold.
    push_key = derived_key(derive(given.secret, "web push"))
    return NotificationParts(work, given.ring, site, push_key)


def notification_doors(
    given: Running, parts: NotificationParts, audience: Audience, auth: AuthParts, rates: Rates
) -> NotificationDoors:
    """Return what the endpoints are joined to."""
    often, chosen = given.settings.rates, given.settings.whatsapp
    phone = PhoneDoor(
        is_on=bool(chosen.phone_number_id),
        book=phone_book(given),
        codes=Quota("phone_code", often.codes_per_hour, _HOUR_S),
        all_codes=Quota("phone_codes", chosen.codes_per_day, _DAY_S),
    )
    return NotificationDoors(
        parts=parts,
        audience=audience,
        identify=partial(sessions.identify, auth),
        outbound=given.outbound,
        rates=rates,
        tests=Quota("test_notification", often.letters_per_minute),
        phone=phone,
        audit=auth.audit,
    )


def phone_book(given: Running) -> PhoneBook:
    """Return how numbers of telephones are kept."""
    key = derive(given.secret, "phone numbers")
    return PhoneBook(given.ring, key, given.settings.whatsapp.country)


def text_messages(given: Running) -> TextMessages | None:
    """Return the way to telephones, if there is one."""
    chosen = given.settings.whatsapp
    if not chosen.phone_number_id:
        return None
    account = WhatsAppAccount(
        url=chosen.url,
        phone_number_id=chosen.phone_number_id,
        access_token=_secret(chosen.access_token),
        app_secret=_secret(chosen.app_secret),
        verify_token=_secret(chosen.verify_token),
        templates={Purpose.NEWS: chosen.news_template, Purpose.CODE: chosen.code_template},
    )
    return WhatsApp(account, given.outbound)


def _secret(given: SecretStr | None) -> str:
    return given.get_secret_value() if given else ""
