"""Queries on planned meetings."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from jumpa.domains.meetings.errors import GroupNameTakenError
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
from jumpa.domains.rooms.models import MeetingHistory
from jumpa.kit.db.tables import OrganisationTable


class MeetingRepository:
    """The meetings of one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def by_id(self, meeting_id: UUID) -> Meeting | None:
        """Return the meeting, or None."""
        return await self._session.scalar(select(Meeting).where(Meeting.id == meeting_id))

    async def by_id_for_update(self, meeting_id: UUID) -> Meeting | None:
        """Return the meeting; others who would change it wait."""
        found = select(Meeting).where(Meeting.id == meeting_id).with_for_update()
        return await self._session.scalar(found.execution_options(populate_existing=True))

    async def add(self, *rows: OrganisationTable) -> None:
        """Insert a meeting or what belongs to one."""
        self._session.add_all(rows)
        await self._session.flush()

    async def count_ahead(self, organiser_id: UUID, now: datetime) -> int:
        """Return how many meetings of a person are not over."""
        counted = select(func.count()).select_from(Meeting)
        ahead = counted.where(
            Meeting.organiser_id == organiser_id,
            Meeting.last_at > now,
            Meeting.status == "planned",
        )
        return await self._session.scalar(ahead) or 0

    async def list_of(
        self, user_id: UUID, email: str, since: datetime, before: datetime
    ) -> Sequence[Meeting]:
        """Return what somebody organises or is invited to, and may take place between these."""
        invited = select(Invitation.meeting_id).where(Invitation.email == email)
        found = self._between(since, before).where(
            or_(Meeting.organiser_id == user_id, Meeting.id.in_(invited))
        )
        return (await self._session.scalars(found)).all()

    async def list_in_room(
        self, room_id: UUID, since: datetime, before: datetime
    ) -> Sequence[Meeting]:
        """Return what may take place in a room between these."""
        found = self._between(since, before).where(Meeting.room_id == room_id)
        return (await self._session.scalars(found)).all()

    async def list_missed(self, before: datetime, limit: int) -> Sequence[Meeting]:
        """Return meetings with a room of their own that were over by then, and nobody came."""
        came = select(MeetingHistory.id).where(MeetingHistory.room_id == Meeting.room_id)
        found = select(Meeting).where(
            Meeting.last_at < before,
            Meeting.status == "planned",
            Meeting.has_own_room,
            ~came.exists(),
        )
        ordered = found.order_by(Meeting.last_at, Meeting.id).limit(limit)
        return (await self._session.scalars(ordered.with_for_update(skip_locked=True))).all()

    async def exceptions_of(self, ids: Collection[UUID]) -> dict[object, list[MeetingException]]:
        """Return what is not as the rules say, by meeting."""
        by_meeting: dict[object, list[MeetingException]] = defaultdict(list)
        found = select(MeetingException).where(MeetingException.meeting_id.in_(ids))
        ordered = found.order_by(MeetingException.recurrence)
        for row in (await self._session.scalars(ordered)).all():
            by_meeting[row.meeting_id].append(row)
        return by_meeting

    async def hand_over(self, organiser_id: UUID, heir_id: UUID, heir_email: str) -> int:
        """Make somebody else the organiser of a person's meetings; return how many there are."""
        own = select(Meeting.id).where(Meeting.organiser_id == organiser_id)
        # Nobody is invited to what they organise.
        spare = delete(Invitation).where(
            Invitation.meeting_id.in_(own), Invitation.email == heir_email
        )
        await self._session.execute(spare.execution_options(synchronize_session=False))
        taken = update(Meeting).where(Meeting.organiser_id == organiser_id)
        handed = taken.values(organiser_id=heir_id, version=Meeting.version + 1)
        return len((await self._session.scalars(handed.returning(Meeting.id))).all())

    async def remove(self, *rows: OrganisationTable) -> None:
        """Forget rows."""
        for row in rows:
            await self._session.delete(row)
        await self._session.flush()

    def _between(self, since: datetime, before: datetime) -> Select[Meeting]:
        overlapping = select(Meeting).where(Meeting.first_at < before, Meeting.last_at > since)
        return overlapping.where(Meeting.status == "planned").order_by(Meeting.first_at, Meeting.id)


class InvitationRepository:
    """Who is invited, and by which links guests come."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def by_id(self, invitation_id: UUID) -> Invitation | None:
        """Return the invitation, or None."""
        return await self._session.scalar(select(Invitation).where(Invitation.id == invitation_id))

    async def by_email(self, meeting_id: UUID, email: str) -> Invitation | None:
        """Return the invitation of an address, or None."""
        found = select(Invitation).where(
            Invitation.meeting_id == meeting_id, Invitation.email == email
        )
        return await self._session.scalar(found)

    async def list_of(self, meeting_id: UUID) -> Sequence[Invitation]:
        """Return everybody who is invited, in the order of being so."""
        found = select(Invitation).where(Invitation.meeting_id == meeting_id)
        return (await self._session.scalars(found.order_by(Invitation.id))).all()

    async def answers_to(self, ids: Collection[UUID]) -> dict[UUID, dict[str, int]]:
        """Return how many gave which answer, by meeting."""
        counted: dict[UUID, dict[str, int]] = defaultdict(dict)
        columns = (Invitation.meeting_id, Invitation.answer, func.count())
        found = select(*columns).where(Invitation.meeting_id.in_(ids))
        grouped = found.group_by(Invitation.meeting_id, Invitation.answer)
        for meeting_id, answer, count in (await self._session.execute(grouped)).all():
            counted[meeting_id][answer] = count
        return counted

    async def own(self, ids: Collection[UUID], email: str) -> dict[UUID, Invitation]:
        """Return the invitations of one address, by meeting."""
        found = select(Invitation).where(Invitation.meeting_id.in_(ids), Invitation.email == email)
        return {row.meeting_id: row for row in (await self._session.scalars(found)).all()}

    async def link_by_hash(self, token_hash: str) -> GuestLink | None:
        """Return the guest link of a token, or None."""
        found = select(GuestLink).where(GuestLink.token_hash == token_hash)
        return await self._session.scalar(found)

    async def list_links(self, meeting_id: UUID) -> Sequence[GuestLink]:
        """Return the guest links of a meeting, oldest first."""
        found = select(GuestLink).where(GuestLink.meeting_id == meeting_id)
        return (await self._session.scalars(found.order_by(GuestLink.id))).all()


class AnswerRepository:
    """What people answered for single times of a series."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of_meetings(
        self, ids: Collection[UUID]
    ) -> dict[UUID, dict[datetime, OccurrenceAnswer]]:
        """Return all of them, by invitation and time."""
        found = select(OccurrenceAnswer).where(OccurrenceAnswer.meeting_id.in_(ids))
        return await self._by_invitation(found)

    async def of_person(
        self, ids: Collection[UUID], email: str
    ) -> dict[UUID, dict[datetime, OccurrenceAnswer]]:
        """Return those of one address to these meetings, by invitation and time."""
        found = select(OccurrenceAnswer).join(
            Invitation, Invitation.id == OccurrenceAnswer.invitation_id
        )
        mine = found.where(OccurrenceAnswer.meeting_id.in_(ids), Invitation.email == email)
        return await self._by_invitation(mine)

    async def differing(
        self, ids: Collection[UUID]
    ) -> dict[tuple[UUID, datetime], list[tuple[str, str, int]]]:
        """Return by meeting and time: what was said for all, for this one, and by how many."""
        columns = (
            OccurrenceAnswer.meeting_id,
            OccurrenceAnswer.recurrence,
            Invitation.answer,
            OccurrenceAnswer.answer,
        )
        found = select(*columns, func.count()).join(
            Invitation, Invitation.id == OccurrenceAnswer.invitation_id
        )
        grouped = found.where(OccurrenceAnswer.meeting_id.in_(ids)).group_by(*columns)
        by_time: dict[tuple[UUID, datetime], list[tuple[str, str, int]]] = defaultdict(list)
        for meeting_id, recurrence, usual, once, count in (
            await self._session.execute(grouped)
        ).all():
            by_time[meeting_id, recurrence].append((usual, once, count))
        return by_time

    async def forget(self, meeting_id: UUID, since: datetime | None = None) -> None:
        """Forget what was answered for single times, of all of them or from one on."""
        gone = delete(OccurrenceAnswer).where(OccurrenceAnswer.meeting_id == meeting_id)
        if since is not None:
            gone = gone.where(OccurrenceAnswer.recurrence >= since)
        await self._session.execute(gone)

    async def forget_one(self, meeting_id: UUID, recurrence: datetime) -> None:
        """Forget what was answered for one time."""
        gone = delete(OccurrenceAnswer).where(
            OccurrenceAnswer.meeting_id == meeting_id, OccurrenceAnswer.recurrence == recurrence
        )
        await self._session.execute(gone)

    async def _by_invitation(
        self, found: Select[OccurrenceAnswer]
    ) -> dict[UUID, dict[datetime, OccurrenceAnswer]]:
        by_invitation: dict[UUID, dict[datetime, OccurrenceAnswer]] = defaultdict(dict)
        for row in (await self._session.scalars(found)).all():
            by_invitation[row.invitation_id][row.recurrence] = row
        return by_invitation


class FeedRepository:
    """The secret addresses that calendars read."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def by_hash(self, secret_hash: str) -> CalendarFeed | None:
        """Return the feed of a secret, or None."""
        found = select(CalendarFeed).where(CalendarFeed.secret_hash == secret_hash)
        return await self._session.scalar(found)

    async def list_of(self, user_id: UUID) -> Sequence[CalendarFeed]:
        """Return somebody's feeds, oldest first."""
        found = select(CalendarFeed).where(CalendarFeed.user_id == user_id)
        return (await self._session.scalars(found.order_by(CalendarFeed.id))).all()


class GroupRepository:
    """The groups of one person."""

    def __init__(self, session: AsyncSession, user_id: UUID) -> None:
        self._session = session
        self._user_id = user_id

    async def by_id_for_update(self, group_id: UUID) -> InvitationGroup | None:
        """Return the group; others who would change it wait."""
        found = select(InvitationGroup).where(
            InvitationGroup.id == group_id, InvitationGroup.user_id == self._user_id
        )
        return await self._session.scalar(found.with_for_update())

    async def list_all(self) -> Sequence[InvitationGroup]:
        """Return the groups, by name."""
        found = select(InvitationGroup).where(InvitationGroup.user_id == self._user_id)
        ordered = found.order_by(InvitationGroup.name, InvitationGroup.id)
        return (await self._session.scalars(ordered)).all()

    async def save(self, group: InvitationGroup, name: str) -> None:
        """Insert or rename a group; GroupNameTakenError leaves the transaction usable."""
        try:
            async with self._session.begin_nested():
                group.name = name
                self._session.add(group)
        except IntegrityError as error:
            raise GroupNameTakenError from error

    async def remove(self, group: InvitationGroup) -> None:
        """Forget a group."""
        await self._session.delete(group)
        await self._session.flush()

    async def members_of(self, ids: Collection[UUID]) -> dict[UUID, list[InvitationGroupMember]]:
        """Return who is in groups, by group."""
        by_group: dict[UUID, list[InvitationGroupMember]] = defaultdict(list)
        found = select(InvitationGroupMember).where(InvitationGroupMember.group_id.in_(ids))
        ordered = found.order_by(InvitationGroupMember.email)
        for row in (await self._session.scalars(ordered)).all():
            by_group[row.group_id].append(row)
        return by_group

    async def replace_members(
        self, group_id: UUID, members: Sequence[InvitationGroupMember]
    ) -> None:
        """Put these people in the place of those before."""
        gone = delete(InvitationGroupMember).where(InvitationGroupMember.group_id == group_id)
        await self._session.execute(gone)
        self._session.add_all(members)
        await self._session.flush()
