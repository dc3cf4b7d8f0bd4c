"""What can go wrong with webhooks."""

from typing import ClassVar

from jumpa.kit.errors import JumpaError, Kind


class WebhookNotFoundError(JumpaError):
    """There is no such webhook."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "webhook_not_found"
