"""What can go wrong with organisations."""

from typing import ClassVar

from jumpa.kit.errors import JumpaError, Kind


class OrganisationNotFoundError(JumpaError):
    """There is no such organisation."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "organisation_not_found"
