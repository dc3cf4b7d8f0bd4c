"""What the services of this domain are joined to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from jumpa.domains.audit.service import AuditLog
from jumpa.domains.integrations.errors import CalendarOffError
from jumpa.domains.integrations.service.calendar import Calendar
from jumpa.domains.integrations.service.tokens import Office
from jumpa.domains.meetings.service.posting import Post
from jumpa.domains.rooms.service.rooms import RoomLimits
from jumpa.kit.context import UnitOfWork
from jumpa.kit.keyring import KeyRing

ServiceName = Literal["google", "microsoft"]
SERVICES: tuple[ServiceName, ...] = get_args(ServiceName)
NAMES: Mapping[str, str] = {"google": "Google Calendar", "microsoft": "Microsoft 365"}


@dataclass(frozen=True, slots=True)
class Service:
    """A service whose calendars people may connect."""

    calendar: Calendar
    office: Office


@dataclass(frozen=True, slots=True)
class IntegrationParts:
    """The tools of the domain; without `slack_secret` there are no commands from Slack."""

    work: UnitOfWork
    ring: KeyRing = field(repr=False)
    audit: AuditLog
    post: Post
    services: Mapping[str, Service]
    slack_secret: str = field(repr=False)
    limits: RoomLimits

    def service(self, name: str) -> Service:
        """Return a service; raises CalendarOffError unless it was set up."""
        found = self.services.get(name)
        if found is None:
            raise CalendarOffError
        return found
