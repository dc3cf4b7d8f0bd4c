"""What the tables know of a person, table by table; never what opens or proves anything.

Hashes, sealed values and keys are of no use to the person, and of much to whoever finds the file.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from jumpa.domains.audit.models import AuditEntry
from jumpa.domains.auth.models import Authenticator, OidcIdentity, Passkey, UserSession
from jumpa.domains.chat.models import MessageReaction, RoomFile, RoomMessage
from jumpa.domains.colleagues.models import ColleagueInvitation
from jumpa.domains.integrations.models import CalendarConnection, CalendarEntry, SlackLink
from jumpa.domains.meetings.models import (
    CalendarFeed,
    GuestLink,
    Invitation,
    InvitationGroup,
    InvitationGroupMember,
    Meeting,
    MeetingException,
    OccurrenceAnswer,
)
from jumpa.domains.notifications.models import (
    Hook,
    HookDelivery,
    Notification,
    NotificationChoice,
    PhoneNumber,
    PushSubscription,
    SentText,
)
from jumpa.domains.rooms.models import (
    MeetingHistory,
    MeetingRating,
    Room,
    RoomParticipant,
    RoomSetting,
)
from jumpa.domains.users.models import User, UserContact, UserSetting


@dataclass(frozen=True, slots=True)
class Whose:
    """The person whose data it is; invitations know people by their address."""

    user_id: UUID
    email: str


@dataclass(frozen=True, slots=True)
class Section:
    """One file of an export: these columns of the rows that are somebody's.

    `key` orders the rows, and is unique among those of one person.
    """

    name: str
    mine: Callable[[Whose], ColumnElement[bool]]
    key: InstrumentedAttribute[Any]
    columns: tuple[InstrumentedAttribute[Any], ...]


def _of(
    name: str, owner: InstrumentedAttribute[Any], *columns: InstrumentedAttribute[Any]
) -> Section:
    """Return a section of rows that name their person, each with an id of its own."""
    return Section(name, lambda whose: owner == whose.user_id, owner.class_.id, columns)


def _own_meeting(whose: Whose, meeting_id: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    return meeting_id.in_(select(Meeting.id).where(Meeting.organiser_id == whose.user_id))


SECTIONS: tuple[Section, ...] = (
    Section(
        "profile",
        lambda whose: User.id == whose.user_id,
        User.id,
        (
            User.id,
            User.email,
            User.first_name,
            User.last_name,
            User.status,
            User.role,
            User.email_verified,
            User.last_login,
            User.created_at,
            User.updated_at,
        ),
    ),
    _of(
        "settings",
        UserSetting.user_id,
        UserSetting.setting_key,
        UserSetting.setting_value,
        UserSetting.updated_at,
    ),
    _of(
        "sessions",
        UserSession.user_id,
        UserSession.created_at,
        UserSession.last_used_at,
        UserSession.expires_at,
        UserSession.revoked_at,
        UserSession.ip_address,
        UserSession.user_agent,
    ),
    _of("passkeys", Passkey.user_id, Passkey.name, Passkey.created_at, Passkey.last_used_at),
    Section(
        "one_time_codes",
        lambda whose: Authenticator.user_id == whose.user_id,
        Authenticator.user_id,
        (Authenticator.created_at, Authenticator.confirmed_at),
    ),
    _of(
        "sign_in_providers",
        OidcIdentity.user_id,
        OidcIdentity.issuer,
        OidcIdentity.subject,
        OidcIdentity.created_at,
        OidcIdentity.last_used_at,
    ),
    Section(
        "contacts",
        lambda whose: and_(UserContact.user_id == whose.user_id, User.id == UserContact.contact_id),
        UserContact.contact_id,
        (UserContact.contact_id, User.first_name, User.last_name, UserContact.created_at),
    ),
    _of(
        "rooms",
        Room.host_id,
        Room.id,
        Room.code,
        Room.title,
        Room.description,
        Room.max_users,
        Room.status,
        Room.is_persistent,
        Room.scheduled_at,
        Room.created_at,
        Room.ended_at,
    ),
    Section(
        "room_settings",
        lambda whose: RoomSetting.room_id.in_(select(Room.id).where(Room.host_id == whose.user_id)),
        RoomSetting.id,
        (RoomSetting.room_id, RoomSetting.setting_key, RoomSetting.setting_value),
    ),
    _of(
        "places",
        RoomParticipant.user_id,
        RoomParticipant.room_id,
        RoomParticipant.name,
        RoomParticipant.role,
        RoomParticipant.state,
        RoomParticipant.joined_at,
        RoomParticipant.left_at,
    ),
    _of(
        "attendance",
        MeetingHistory.user_id,
        MeetingHistory.room_id,
        MeetingHistory.name,
        MeetingHistory.joined_at,
        MeetingHistory.left_at,
        MeetingHistory.duration_s,
    ),
    Section(
        "ratings",
        lambda whose: and_(
            MeetingHistory.user_id == whose.user_id, MeetingRating.stay_id == MeetingHistory.id
        ),
        MeetingRating.stay_id,
        (
            MeetingHistory.room_id,
            MeetingRating.is_good,
            MeetingRating.comment,
            MeetingRating.rated_at,
        ),
    ),
    _of(
        "meetings",
        Meeting.organiser_id,
        Meeting.id,
        Meeting.room_id,
        Meeting.title,
        Meeting.agenda,
        Meeting.zone,
        Meeting.start,
        Meeting.duration_s,
        Meeting.rule,
        Meeting.status,
        Meeting.created_at,
    ),
    Section(
        "meeting_exceptions",
        lambda whose: _own_meeting(whose, MeetingException.meeting_id),
        MeetingException.id,
        (
            MeetingException.meeting_id,
            MeetingException.recurrence,
            MeetingException.kind,
            MeetingException.start,
            MeetingException.duration_s,
            MeetingException.title,
            MeetingException.agenda,
        ),
    ),
    Section(
        "invitations_sent",
        lambda whose: _own_meeting(whose, Invitation.meeting_id),
        Invitation.id,
        (
            Invitation.meeting_id,
            Invitation.email,
            Invitation.name,
            Invitation.role,
            Invitation.answer,
            Invitation.created_at,
            Invitation.answered_at,
        ),
    ),
    Section(
        "invitations_received",
        lambda whose: and_(Invitation.email == whose.email, Meeting.id == Invitation.meeting_id),
        Invitation.id,
        (
            Invitation.meeting_id,
            Meeting.title,
            Invitation.role,
            Invitation.answer,
            Invitation.created_at,
            Invitation.answered_at,
        ),
    ),
    Section(
        "answers_to_single_times",
        lambda whose: OccurrenceAnswer.invitation_id.in_(
            select(Invitation.id).where(Invitation.email == whose.email)
        ),
        OccurrenceAnswer.id,
        (
            OccurrenceAnswer.meeting_id,
            OccurrenceAnswer.recurrence,
            OccurrenceAnswer.answer,
            OccurrenceAnswer.answered_at,
        ),
    ),
    Section(
        "guest_links",
        lambda whose: _own_meeting(whose, GuestLink.meeting_id),
        GuestLink.id,
        (GuestLink.meeting_id, GuestLink.label, GuestLink.created_at, GuestLink.expires_at),
    ),
    _of("calendar_feeds", CalendarFeed.user_id, CalendarFeed.room_id, CalendarFeed.created_at),
    _of(
        "groups",
        InvitationGroup.user_id,
        InvitationGroup.id,
        InvitationGroup.name,
        InvitationGroup.created_at,
    ),
    _of(
        "colleagues_invited",
        ColleagueInvitation.invited_by,
        ColleagueInvitation.email,
        ColleagueInvitation.role,
        ColleagueInvitation.created_at,
        ColleagueInvitation.expires_at,
    ),
    _of(
        "messages",
        RoomMessage.user_id,
        RoomMessage.id,
        RoomMessage.room_id,
        RoomMessage.message,
        RoomMessage.message_type,
        RoomMessage.reply_to_id,
        RoomMessage.created_at,
        RoomMessage.edited_at,
        RoomMessage.deleted_at,
    ),
    Section(
        "reactions",
        lambda whose: and_(
            RoomParticipant.user_id == whose.user_id,
            RoomMessage.room_id == RoomParticipant.room_id,
            MessageReaction.message_id == RoomMessage.id,
            MessageReaction.identity == RoomParticipant.identity,
        ),
        MessageReaction.id,
        (MessageReaction.message_id, MessageReaction.emoji, MessageReaction.created_at),
    ),
    Section(
        "files",
        lambda whose: and_(
            RoomMessage.user_id == whose.user_id,
            RoomMessage.deleted_at.is_(None),
            RoomFile.message_id == RoomMessage.id,
        ),
        RoomFile.id,
        (
            RoomFile.id,
            RoomFile.message_id,
            RoomFile.name,
            RoomFile.media_type,
            RoomFile.size,
            RoomFile.created_at,
        ),
    ),
    _of(
        "notifications",
        Notification.user_id,
        Notification.type,
        Notification.title,
        Notification.message,
        Notification.link,
        Notification.is_read,
        Notification.created_at,
    ),
    Section(
        "notification_choices",
        lambda whose: NotificationChoice.user_id == whose.user_id,
        NotificationChoice.user_id,
        (NotificationChoice.choices, NotificationChoice.updated_at),
    ),
    _of(
        "push_devices",
        PushSubscription.user_id,
        PushSubscription.label,
        PushSubscription.created_at,
    ),
    Section(
        "telephone",
        lambda whose: PhoneNumber.user_id == whose.user_id,
        PhoneNumber.user_id,
        (PhoneNumber.ending, PhoneNumber.created_at, PhoneNumber.proven_at),
    ),
    _of("text_messages", SentText.user_id, SentText.status, SentText.created_at),
    _of("webhooks", Hook.user_id, Hook.id, Hook.kinds, Hook.is_on, Hook.created_at),
    Section(
        "webhook_deliveries",
        lambda whose: HookDelivery.hook_id.in_(
            select(Hook.id).where(Hook.user_id == whose.user_id)
        ),
        HookDelivery.id,
        (
            HookDelivery.hook_id,
            HookDelivery.kind,
            HookDelivery.state,
            HookDelivery.attempts,
            HookDelivery.status,
            HookDelivery.failure,
            HookDelivery.created_at,
        ),
    ),
    _of(
        "calendars",
        CalendarConnection.user_id,
        CalendarConnection.service,
        CalendarConnection.account,
        CalendarConnection.status,
        CalendarConnection.connected_at,
        CalendarConnection.synced_at,
    ),
    Section(
        "calendar_entries",
        lambda whose: CalendarEntry.connection_id.in_(
            select(CalendarConnection.id).where(CalendarConnection.user_id == whose.user_id)
        ),
        CalendarEntry.id,
        (CalendarEntry.meeting_id, CalendarEntry.part, CalendarEntry.external_id),
    ),
    _of("slack", SlackLink.user_id, SlackLink.team, SlackLink.name, SlackLink.created_at),
    _of(
        "deeds",
        AuditEntry.actor_id,
        AuditEntry.at,
        AuditEntry.action,
        AuditEntry.subject_id,
        AuditEntry.facts,
        AuditEntry.address,
    ),
)


class RecordRepository:
    """The rows of one person."""

    def __init__(self, session: AsyncSession, whose: Whose) -> None:
        self._session = session
        self._whose = whose

    async def page(
        self, section: Section, after: object | None, count: int
    ) -> Sequence[Sequence[Any]]:
        """Return rows in order, the key of each behind its columns; the next page begins after."""
        wanted: Sequence[InstrumentedAttribute[Any]] = (*section.columns, section.key)
        rows = select(*wanted).where(section.mine(self._whose))
        if after is not None:
            rows = rows.where(section.key > after)
        ordered = rows.order_by(section.key).limit(count)
        return (await self._session.execute(ordered)).all()

    async def group_members(self) -> Sequence[tuple[UUID, str, str]]:
        """Return whom the groups of a person hold: group, address and name."""
        members = (
            select(
                InvitationGroupMember.group_id,
                InvitationGroupMember.email,
                InvitationGroupMember.name,
            )
            .join(InvitationGroup, InvitationGroup.id == InvitationGroupMember.group_id)
            .where(InvitationGroup.user_id == self._whose.user_id)
            .order_by(InvitationGroupMember.group_id, InvitationGroupMember.email)
        )
        found = (await self._session.execute(members)).all()
        return [(group_id, email, name) for group_id, email, name in found]

    async def files_after(self, after: UUID | None, count: int) -> Sequence[RoomFile]:
        """Return files that a person sent and that are there, by id."""
        mine = (
            select(RoomFile)
            .join(RoomMessage, RoomMessage.id == RoomFile.message_id)
            .where(
                RoomMessage.user_id == self._whose.user_id,
                RoomMessage.deleted_at.is_(None),
                RoomFile.stored_at.is_not(None),
            )
        )
        if after is not None:
            mine = mine.where(RoomFile.id > after)
        return (await self._session.scalars(mine.order_by(RoomFile.id).limit(count))).all()
