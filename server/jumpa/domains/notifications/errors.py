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


class HookDeliveryNotFoundError(JumpaError):
    """Nothing of that kind was sent to this webhook, or it was long ago."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "notification_delivery_not_found"


class HookNotFoundError(JumpaError):
    """You have no such webhook."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "notification_hook_not_found"


class HooksExhaustedError(JumpaError):
    """You have as many webhooks as one person may have; remove one first."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "notification_hooks_exhausted"


class HookAddressRefusedError(JumpaError):
    """Webhooks go to https://host/… alone."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "notification_hook_refused"


class HookUnavailableError(JumpaError):
    """The receiver of a webhook did not take it."""

    kind: ClassVar = Kind.UNAVAILABLE
    code: ClassVar = "notification_hook_unavailable"


class TextMessagesOffError(JumpaError):
    """This server sends no messages to telephones."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "text_messages_off"


class PhoneNumberUnusableError(JumpaError):
    """Write the number with its country, as +62 812 3456 7890."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "phone_number_unusable"


class PhoneNumberNotFoundError(JumpaError):
    """You have named no telephone."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "phone_number_not_found"


class PhoneCodeWrongError(JumpaError):
    """This is not the code that was sent to your telephone."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "phone_code_wrong"
    keeps_changes: ClassVar = True


class PhoneCodeSpentError(JumpaError):
    """This code has expired or was tried too often; ask for another one."""

    kind: ClassVar = Kind.GONE
    code: ClassVar = "phone_code_spent"


class SocketMessageError(JumpaError):
    """This message cannot be read; send {"type": "authenticate", "token": …} first."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "socket_message_malformed"


class SocketsExhaustedError(JumpaError):
    """You have as many open sockets as one person may have."""

    kind: ClassVar = Kind.EXHAUSTED
    code: ClassVar = "sockets_exhausted"
