"""What can go wrong with notifications."""

from typing import ClassVar

from jumpa.kit.errors import JumpaError, Kind


class NotificationNotFoundError(JumpaError):
    """You have no such notification."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "notification_not_found"


class PushSubscriptionNotFoundError(JumpaError):
    """You have no such push subscription."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "push_subscription_not_found"


class PushSubscriptionsExhaustedError(JumpaError):
    """You have as many push subscriptions as one person may have; remove one first."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "push_subscriptions_exhausted"


class PushEndpointRefusedError(JumpaError):
    """Push services are asked by https://host/… alone."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "push_endpoint_refused"


class PushUnavailableError(JumpaError):
    """The push service did not take the message."""

    kind: ClassVar = Kind.UNAVAILABLE
    code: ClassVar = "push_unavailable"


class SocketMessageError(JumpaError):
    """This message cannot be read; send {"type": "authenticate", "token": …} first."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "socket_message_malformed"


class SocketsExhaustedError(JumpaError):
    """You have as many open sockets as one person may have."""

    kind: ClassVar = Kind.EXHAUSTED
    code: ClassVar = "sockets_exhausted"
