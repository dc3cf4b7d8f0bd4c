"""What can go wrong with exports."""

from typing import ClassVar

from jumpa.kit.errors import JumpaError, Kind


class ExportNotFoundError(JumpaError):
    """You have not asked for your data, or what was made of it is gone; ask for it again."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "export_not_found"


class ExportNotReadyError(JumpaError):
    """Your data is still being put together, or could not be; look at its state."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "export_not_ready"
