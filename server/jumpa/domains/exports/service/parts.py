"""What the services of this domain are joined to."""

from dataclasses import dataclass
from datetime import timedelta

from jumpa.domains.audit.service import AuditLog
from jumpa.kit.context import UnitOfWork
from jumpa.kit.objects import ObjectStore


@dataclass(frozen=True, slots=True)
class ExportParts:
    """The tools of the domain; what is ready is `kept` so long."""

    work: UnitOfWork
    objects: ObjectStore
    audit: AuditLog
    kept: timedelta
