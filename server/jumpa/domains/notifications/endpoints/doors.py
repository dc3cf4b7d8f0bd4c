"""What these endpoints are joined to."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from jumpa.domains.audit.service import AuditLog
from jumpa.domains.notifications.service.audience import Audience
from jumpa.domains.notifications.service.parts import NotificationParts
from jumpa.domains.notifications.service.phone_book import PhoneBook
from jumpa.kit.http.callers import Identify
from jumpa.kit.http.rates import Rates
from jumpa.kit.outbound.client import Outbound
from jumpa.kit.quotas import Quota


@dataclass(frozen=True, slots=True)
class PhoneDoor:
    """What is done about telephones; `codes` is for each person and number, `all_codes` for all."""

    is_on: bool
    book: PhoneBook
    codes: Quota
    all_codes: Quota


@dataclass(frozen=True, slots=True)
class NotificationDoors:
    """Given by the composition root."""

    parts: NotificationParts
    audience: Audience
    identify: Identify
    outbound: Outbound
    rates: Rates
    tests: Quota
    phone: PhoneDoor
    audit: AuditLog


async def _doors(request: Request) -> NotificationDoors:
    doors: NotificationDoors = request.app.state.notifications
    return doors


Doors = Annotated[NotificationDoors, Depends(_doors)]
