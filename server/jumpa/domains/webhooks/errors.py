"""What can go wrong with webhooks."""

from typing import ClassVar

from jumpa.kit.errors import JumpaError, Kind


class WebhookNotFoundError(JumpaError):
    """There is no such webhook."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "webhook_not_found"


class ReceiverGoneError(JumpaError):
    """The settings do not name this receiver any more."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "receiver_gone"
