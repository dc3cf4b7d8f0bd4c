"""What can go wrong when somebody looks at durable work."""

from typing import ClassVar

from jumpa.kit.errors import JumpaError, Kind


class AdministratorNeededError(JumpaError):
    """Only administrators may do this."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "administrator_needed"
