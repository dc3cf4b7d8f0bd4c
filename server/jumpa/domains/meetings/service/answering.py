"""People say whether they come: to all times of a meeting, or to one (RFC 5546, 3.2.3)."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from uuid_utils.compat import uuid7

from jumpa.domains.meetings.errors import TooManyAnswersError
from jumpa.domains.meetings.events import InvitationAnswered
from jumpa.domains.meetings.models import (
    Invitation,
    Meeting,
    OccurrenceAnswer,
)
from jumpa.domains.meetings.repository import (
    AnswerRepository,
    InvitationRepository,
    MeetingRepository,
)
from jumpa.domains.meetings.service import access
from jumpa.domains.meetings.service.occurrences import Occurrence
from jumpa.kit.context import Context

Answer = Literal["accepted", "declined", "tentative"]
MOST_SINGLE = 200
_ASKED = "needs_action"
_DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Mine:
    """Somebody's invitation, and what they answered to single times."""

    invited: Invitation
    singles: Mapping[datetime, OccurrenceAnswer] = field(default_factory=dict)

    def answer(self, recurrence: datetime | None = None) -> str:
        """Return what they said to one time, or to all."""
        return self.said(recurrence)[0]

    def said(self, recurrence: datetime | None = None) -> tuple[str, datetime | None]:
        """Return what they said to one time, or to all, and when."""
        single = self.singles.get(recurrence) if recurrence else None
        told = single or self.invited
        return told.answer, told.answered_at

    @property
    def stays_away(self) -> bool:
        """Whether they come to no time at all."""
        answers = {self.invited.answer, *(single.answer for single in self.singles.values())}
        return answers == {_DECLINED}

    def skips(self, recurrence: datetime) -> bool:
        """Whether they do not come to one time."""
        return self.answer(recurrence) == _DECLINED


async def of_meeting(ctx: Context, meeting_id: UUID) -> list[Mine]:
    """Return what everybody said who is invited, in the order of being so."""
    singles = await AnswerRepository(ctx.session).of_meetings([meeting_id])
    rows = await InvitationRepository(ctx.session).list_of(meeting_id)
    return [Mine(row, singles.get(row.id, {})) for row in rows]


async def of_person(ctx: Context, ids: Collection[UUID], email: str) -> dict[UUID, Mine]:
    """Return what an address said to these meetings, by meeting."""
    singles = await AnswerRepository(ctx.session).of_person(ids, email)
    rows = await InvitationRepository(ctx.session).own(ids, email)
    return {row.meeting_id: Mine(row, singles.get(row.id, {})) for row in rows.values()}


async def counts(ctx: Context, found: Sequence[Occurrence]) -> list[dict[str, int]]:
    """Return how many gave which answer to each of these times."""
    ids = {one.meeting.id for one in found}
    usual = await InvitationRepository(ctx.session).answers_to(ids)
    differing = await AnswerRepository(ctx.session).differing(ids)
    counted = []
    for one in found:
        answers = Counter(usual.get(one.meeting.id, {}))
        for before, said, count in differing.get((one.meeting.id, one.recurrence), []):
            answers[before] -= count
            answers[said] += count
        counted.append(dict(answers))
    return counted


async def answer(ctx: Context, meeting: Meeting, row: Invitation, said: Answer) -> None:
    """Keep what somebody says to all times, whatever they said to single ones before.

    Saying it again changes nothing. MeetingCancelledError.
    """
    access.check_on(meeting)
    singles = (await _mine(ctx, meeting, row)).singles
    if row.answer == said and not singles:
        return
    await MeetingRepository(ctx.session).remove(*singles.values())
    row.answer, row.answered_at = said, ctx.clock()
    ctx.emit(InvitationAnswered(meeting.id, meeting.organisation_id, row.email, said))


async def answer_once(ctx: Context, found: Occurrence, row: Invitation, said: Answer) -> None:
    """Keep what somebody says to one time; the others stay. TooManyAnswersError."""
    meeting = found.meeting
    access.check_on(meeting)
    mine = await _mine(ctx, meeting, row)
    if mine.answer(found.recurrence) == said:
        return
    singles = mine.singles
    former = singles.get(found.recurrence)
    if former is None:
        if len(singles) >= MOST_SINGLE:
            await _forget_past(ctx, singles)
        former = _single(meeting, row, found.recurrence)
    former.answer, former.answered_at = said, ctx.clock()
    await MeetingRepository(ctx.session).add(former)
    told = InvitationAnswered(
        meeting.id, meeting.organisation_id, row.email, said, found.recurrence
    )
    ctx.emit(told)


async def ask_again(ctx: Context, meeting: Meeting) -> None:
    """Forget what people answered to other times."""
    await AnswerRepository(ctx.session).forget(meeting.id)
    for row in await InvitationRepository(ctx.session).list_of(meeting.id):
        row.answer, row.answered_at = _ASKED, None


async def ask_again_once(ctx: Context, meeting: Meeting, recurrence: datetime) -> None:
    """Forget what people answered to one time, which is another now."""
    await AnswerRepository(ctx.session).forget_one(meeting.id, recurrence)
    rows = await InvitationRepository(ctx.session).list_of(meeting.id)
    asked = [_single(meeting, row, recurrence) for row in rows if row.answer != _ASKED]
    await MeetingRepository(ctx.session).add(*asked)


async def hand_over(
    ctx: Context, meeting: Meeting, made: Meeting, since: datetime, *, asks_again: bool
) -> None:
    """Give the later part of a series its people, with what they answered to times in it."""
    before = await of_meeting(ctx, meeting.id)
    await AnswerRepository(ctx.session).forget(meeting.id, since)
    for mine in before:
        guest = mine.invited
        copied = Invitation(
            id=uuid7(),
            organisation_id=made.organisation_id,
            meeting_id=made.id,
            email=guest.email,
            name=guest.name,
            role=guest.role,
            answer=_ASKED if asks_again else guest.answer,
            language=guest.language,
            created_at=ctx.clock(),
            answered_at=None if asks_again else guest.answered_at,
        )
        await MeetingRepository(ctx.session).add(copied)
        for at, said in mine.singles.items():
            if not asks_again and at >= since:
                single = _single(made, copied, at, said.answer)
                single.answered_at = said.answered_at
                await MeetingRepository(ctx.session).add(single)


async def _mine(ctx: Context, meeting: Meeting, row: Invitation) -> Mine:
    found = await AnswerRepository(ctx.session).of_person([meeting.id], row.email)
    return Mine(row, found.get(row.id, {}))


async def _forget_past(ctx: Context, singles: Mapping[datetime, OccurrenceAnswer]) -> None:
    """Make room among the answers for one more; TooManyAnswersError."""
    past = ctx.clock().replace(tzinfo=None) - timedelta(days=2)
    gone = [single for at, single in singles.items() if at < past]
    if not gone:
        raise TooManyAnswersError
    await MeetingRepository(ctx.session).remove(*gone)


def _single(
    meeting: Meeting, row: Invitation, recurrence: datetime, said: str = _ASKED
) -> OccurrenceAnswer:
    return OccurrenceAnswer(
        id=uuid7(),
        organisation_id=meeting.organisation_id,
        meeting_id=meeting.id,
        invitation_id=row.id,
        recurrence=recurrence,
        answer=said,
        answered_at=None,
    )
