"""What the services of this domain are joined to."""

from dataclasses import dataclass, field
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric import ec

from jumpa.kit.context import UnitOfWork
from jumpa.kit.keyring import KeyRing


class Site(Protocol):
    """Where people find the web app; known once the server listens."""

    url: str


@dataclass(frozen=True, slots=True)
class NotificationParts:
    """The tools of the domain; `push_key` signs what is sent to push services."""

    work: UnitOfWork
    ring: KeyRing
    site: Site
    push_key: ec.EllipticCurvePrivateKey = field(repr=False)
