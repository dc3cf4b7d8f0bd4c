"""What can go wrong with planned meetings."""

from typing import ClassVar

from jumpa.kit.errors import JumpaError, Kind


class MeetingNotFoundError(JumpaError):
    """There is no such meeting among those that you are part of."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "meeting_not_found"


class MeetingCancelledError(JumpaError):
    """This meeting was cancelled."""

    kind: ClassVar = Kind.GONE
    code: ClassVar = "meeting_cancelled"


class MeetingRoleTooLowError(JumpaError):
    """Your part in this meeting does not let you do this."""

    kind: ClassVar = Kind.FORBIDDEN
    code: ClassVar = "meeting_role_too_low"


class MeetingTimeUnusableError(JumpaError):
    """A meeting ends after it begins, and within a day."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "meeting_time_unusable"


class RuleUnusableError(JumpaError):
    """This is no rule by which meetings are repeated here (RFC 5545, RRULE)."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "rule_unusable"


class RuleMissesStartError(JumpaError):
    """The meeting begins on a day that its rule does not name."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "rule_misses_start"


class OccurrenceNotFoundError(JumpaError):
    """The meeting does not take place then."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "occurrence_not_found"


class OccurrenceTakenError(JumpaError):
    """The meeting takes place at that time already."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "occurrence_taken"


class TooManyExceptionsError(JumpaError):
    """A series has as many exceptions as it may have; begin another one."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "too_many_exceptions"


class TooManyMeetingsError(JumpaError):
    """You have planned as many meetings as one person may have ahead."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "too_many_meetings"


class WindowUnusableError(JumpaError):
    """Ask for a time that ends after it begins, and not for more than a year."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "window_unusable"


class TooManyInvitedError(JumpaError):
    """A meeting has as many people as may be invited."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "too_many_invited"


class InvitationNotFoundError(JumpaError):
    """Nobody is invited by this."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "invitation_not_found"


class TooManyAnswersError(JumpaError):
    """You answered for as many single times as one may; answer for all of them."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "too_many_answers"


class OrganiserInvitedError(JumpaError):
    """Whoever organises a meeting needs no invitation."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "organiser_invited"


class CohostUnknownError(JumpaError):
    """A co-host needs an account in the organisation."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "cohost_unknown"


class GuestLinkNotFoundError(JumpaError):
    """This link opens nothing, or no longer."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "guest_link_not_found"


class GuestLinkExpiryUnusableError(JumpaError):
    """A guest link expires later than now, and within a year."""

    kind: ClassVar = Kind.INVALID
    code: ClassVar = "guest_link_expiry_unusable"


class TooManyGuestLinksError(JumpaError):
    """A meeting has as many guest links as it may have; take one back first."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "too_many_guest_links"


class CalendarFeedNotFoundError(JumpaError):
    """There is no such calendar, or no longer."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "calendar_feed_not_found"


class TooManyCalendarFeedsError(JumpaError):
    """You have as many calendar addresses as one person may have; take one back first."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "too_many_calendar_feeds"


class GroupNotFoundError(JumpaError):
    """You have no such group."""

    kind: ClassVar = Kind.NOT_FOUND
    code: ClassVar = "group_not_found"


class GroupNameTakenError(JumpaError):
    """You have a group of this name."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "group_name_taken"


class TooManyGroupsError(JumpaError):
    """You have as many groups as one person may have."""

    kind: ClassVar = Kind.CONFLICT
    code: ClassVar = "too_many_groups"
