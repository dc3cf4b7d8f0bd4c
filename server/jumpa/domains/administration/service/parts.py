"""What these services are joined to."""

from dataclasses import dataclass

from jumpa.domains.administration.schemas import OverviewRead
from jumpa.domains.audit.service import AuditLog
from jumpa.kit.context import UnitOfWork
from jumpa.kit.objects import ObjectStore
from jumpa.media.engine import Engine


@dataclass(frozen=True, slots=True)
class AdministrationParts:
    """The tools of the domain, and how the server was started."""

    work: UnitOfWork
    audit: AuditLog
    engine: Engine
    objects: ObjectStore
    overview: OverviewRead
