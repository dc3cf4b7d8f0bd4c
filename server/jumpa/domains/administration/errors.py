"""What can go wrong when somebody looks at the whole."""

from typing import ClassVar

from jumpa.kit.errors import JumpaError, Kind


class ServerAdministratorNeededError(JumpaError):
    """Only administrators of the organisation that runs this server may see this."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "server_administrator_needed"
