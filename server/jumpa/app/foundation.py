"""What the composition root is given, as far as its parts may see it."""

from typing import Protocol

from jumpa.app.keys import ApiKey
from jumpa.config import Settings
from jumpa.kit.clock import Clock
from jumpa.kit.keyring import KeyRing
from jumpa.kit.mail.letter import Mailer
from jumpa.kit.objects import ObjectStore
from jumpa.kit.outbound.client import Outbound
from jumpa.kit.passwords import Passwords
from jumpa.kit.quotas import Counters
from jumpa.media.engine import Engine


class Foundation(Protocol):
    """What commands on the data have, too."""

    @property
    def settings(self) -> Settings:
        """Every setting."""

    @property
    def secret(self) -> bytes:
        """The server's secret."""

    @property
    def clock(self) -> Clock:
        """The time."""

    @property
    def ring(self) -> KeyRing:
        """The keys of what is kept sealed."""

    @property
    def passwords(self) -> Passwords:
        """Where passwords are hashed."""

    @property
    def counters(self) -> Counters:
        """Where it is counted how often somebody does something."""


class Running(Foundation, Protocol):
    """What a server that runs has besides."""

    @property
    def mailer(self) -> Mailer:
        """The way letters leave."""

    @property
    def own_key(self) -> ApiKey:
        """The server's own API key."""

    @property
    def engine(self) -> Engine:
        """Live media."""

    @property
    def objects(self) -> ObjectStore:
        """Where files lie."""

    @property
    def outbound(self) -> Outbound:
        """The way to other hosts."""

    def now_s(self) -> float:
        """A clock that only goes forward."""
