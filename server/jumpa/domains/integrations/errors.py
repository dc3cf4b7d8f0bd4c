"""What can go wrong with connected services."""

from typing import ClassVar

from jumpa.kit.errors import JumpaError, Kind


class CalendarOffError(JumpaError):
    """This server does not offer that calendar."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "calendar_off"


class CalendarNotConnectedError(JumpaError):
    """You have not connected that calendar."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "calendar_not_connected"


class CalendarRefusedError(JumpaError):
    """The way to the calendar and back did not fit together; begin again."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "calendar_refused"


class CalendarDeclinedError(JumpaError):
    """You did not let this server write into your calendar."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "calendar_declined"


class CalendarUnavailableError(JumpaError):
    """The calendar does not answer as it should; we try again."""

    kind: ClassVar = Kind.UNAVAILABLE
    code: ClassVar = "calendar_unavailable"


class CalendarAccessEndedError(JumpaError):
    """The calendar does not let this server in any more; connect it again."""

    kind: ClassVar = Kind.GONE
    code: ClassVar = "calendar_access_ended"


class SlackOffError(JumpaError):
    """This server does not take commands from Slack."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "slack_off"


class SlackSignatureError(JumpaError):
    """Slack did not sign this, or not in the last five minutes, or it came before."""

    kind: ClassVar = Kind.UNAUTHENTICATED
    code: ClassVar = "slack_signature_invalid"


class SlackCommandError(JumpaError):
    """This is no slash command."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "slack_command_malformed"


class SlackLinkSpentError(JumpaError):
    """This link from Slack was used, or is too old; type the command there again."""

    kind: ClassVar = Kind.GONE
    code: ClassVar = "slack_link_spent"


class SlackLinkNotFoundError(JumpaError):
    """You have no such connection to Slack."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "slack_link_not_found"
