"""Builds what notifications need."""

from jumpa.app.foundation import Running
from jumpa.domains.notifications.endpoints import NotificationDoors
from jumpa.domains.notifications.service.audience import Audience
from jumpa.domains.notifications.service.parts import NotificationParts, Site
from jumpa.domains.notifications.service.push import derived_key
from jumpa.kit.context import UnitOfWork
from jumpa.kit.http.callers import Identify
from jumpa.kit.http.rates import Rates
from jumpa.kit.quotas import Quota
from jumpa.kit.signing import derive


def notification_parts(given: Running, work: UnitOfWork, site: Site) -> NotificationParts:
    """Return the tools of the domain."""
    # Browsers subscribe with this key for good, so it is made of the secret that backups hold.
    push_key = derived_key(derive(given.secret, "web push"))
    return NotificationParts(work, given.ring, site, push_key)


def notification_doors(
    given: Running, parts: NotificationParts, audience: Audience, identify: Identify, rates: Rates
) -> NotificationDoors:
    """Return what the endpoints are joined to."""
    tests = Quota("test_notification", given.settings.rates.letters_per_minute)
    return NotificationDoors(parts, audience, identify, given.outbound, rates, tests)
