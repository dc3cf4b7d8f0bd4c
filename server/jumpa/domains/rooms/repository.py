"""Queries on rooms and the places in them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Integer,
    Row,
    Select,
    Uuid,
    bindparam,
    delete,
    func,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from jumpa.domains.rooms.errors import CodeTakenError
from jumpa.domains.rooms.models import (
    MeetingHistory,
    MeetingRating,
    Room,
    RoomParticipant,
    RoomSetting,
)
from jumpa.domains.users.models import User
from jumpa.kit.db.reading import Query, Rows
from jumpa.kit.db.sqlite import LONG
from jumpa.kit.db.tables import UtcDateTime

_BY_CODE = Query(select(Room).where(Room.code == bindparam("code")))
_BY_CODE_FOR_UPDATE = Query(select(Room).where(Room.code == bindparam("code")).with_for_update())
_CHOICES = Rows(
    select(RoomSetting.setting_key, RoomSetting.setting_value).where(
        RoomSetting.room_id == bindparam("room_id")
    )
)
_SETTINGS = Query(select(RoomSetting).where(RoomSetting.room_id == bindparam("room_id")))
_PLACES = select(RoomParticipant).where(RoomParticipant.room_id == bindparam("room_id"))
_PLACE_BY_IDENTITY = Query(_PLACES.where(RoomParticipant.identity == bindparam("identity")))
_PLACE_BY_USER = Query(_PLACES.where(RoomParticipant.user_id == bindparam("user_id")))
_HELD = Query(
    select(RoomParticipant.identity).where(
        RoomParticipant.room_id == bindparam("room_id"),
        RoomParticipant.state == "admitted",
        RoomParticipant.held_until > bindparam("now"),
    )
)

Before = tuple[datetime, UUID] | None
_MOST_STAYS = 10_000

_WAS_IN = select(RoomParticipant.room_id).where(
    RoomParticipant.user_id == bindparam("user_id"),
    RoomParticipant.state.in_(("admitted", "left")),
)
_OF = (
    select(Room)
    .where(or_(Room.host_id == bindparam("user_id"), Room.id.in_(_WAS_IN)))
    .order_by(Room.created_at.desc(), Room.id.desc())
    .limit(bindparam("most", type_=Integer))
)
_FIRST_OF = Query(_OF)
_NEXT_OF = Query(
    _OF.where(
        tuple_(Room.created_at, Room.id)
        < tuple_(bindparam("at", type_=UtcDateTime), bindparam("room_id", type_=Uuid()))
    )
)

_LAPSED = (
    delete(RoomParticipant)
    .where(
        RoomParticipant.room_id == bindparam("room_id"),
        RoomParticipant.user_id.is_(None),
        RoomParticipant.role == "participant",
        RoomParticipant.state.in_(("waiting", "left", "removed", "denied")),
        or_(
            RoomParticipant.held_until < bindparam("before"),
            RoomParticipant.left_at < bindparam("before"),
        ),
    )
    # Nobody holds one of them when they are forgotten.
    .execution_options(synchronize_session=False)
)


class RoomRepository:
    """The rooms of one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def by_code(self, code: str) -> Room | None:
        """Return the room, or None."""
        return await _BY_CODE.first(self._session, code=code)

    async def by_id(self, room_id: UUID) -> Room | None:
        """Return the room, or None."""
        return await self._session.scalar(select(Room).where(Room.id == room_id))

    async def codes_of(self, ids: Collection[UUID]) -> dict[UUID, str]:
        """Return codes by id."""
        found = await self._session.execute(select(Room.id, Room.code).where(Room.id.in_(ids)))
        return {row.id: row.code for row in found}

    async def by_code_for_update(self, code: str) -> Room | None:
        """Return the room; others who would change it or come in wait."""
        return await _BY_CODE_FOR_UPDATE.first(self._session, code=code)

    async def add(self, room: Room) -> Room:
        """Insert the room; raises CodeTakenError and leaves the transaction usable."""
        try:
            async with self._session.begin_nested():
                self._session.add(room)
        except IntegrityError as error:
            raise CodeTakenError from error
        return room

    async def end(self, room: Room, ended_at: datetime) -> bool:
        """Note the end; False when it had ended already."""
        open_room = update(Room).where(Room.id == room.id, Room.ended_at.is_(None))
        change = open_room.values(ended_at=ended_at, status="ended", updated_at=ended_at)
        ended = await self._session.scalar(change.returning(Room.id))
        return ended is not None

    async def remove(self, room: Room) -> None:
        """Forget the room and all that belongs to it."""
        gone = delete(Room).where(Room.id == room.id)
        await self._session.execute(gone.execution_options(**{LONG: True}))

    async def list_of(self, user_id: UUID, before: Before, limit: int) -> Sequence[Room]:
        """Return the rooms that somebody hosts or has a place in, newest first."""
        values = {"user_id": user_id, "most": limit}
        if before is None:
            return await _FIRST_OF.all(self._session, **values)
        at, room_id = before
        return await _NEXT_OF.all(self._session, **values, at=at, room_id=room_id)

    async def list_all(self, before: Before, limit: int) -> Sequence[Room]:
        """Return the rooms of everybody, newest first."""
        found = select(Room)
        if before is not None:
            found = found.where(tuple_(Room.created_at, Room.id) < before)
        ordered = found.order_by(Room.created_at.desc(), Room.id.desc()).limit(limit)
        return (await self._session.scalars(ordered)).all()

    async def list_by_codes(self, codes: Collection[str]) -> Sequence[Room]:
        """Return those of these rooms that there are."""
        return (await self._session.scalars(select(Room).where(Room.code.in_(codes)))).all()

    async def list_choices(self, room_id: UUID) -> Sequence[tuple[str, str]]:
        """Return keys and values of the settings that were ever changed."""
        return await _CHOICES.all(self._session, room_id=room_id)

    async def list_settings(self, room_id: UUID) -> Sequence[RoomSetting]:
        """Return the settings that were ever changed, to change them."""
        return await _SETTINGS.all(self._session, room_id=room_id)

    async def add_setting(self, setting: RoomSetting) -> None:
        """Insert a setting."""
        self._session.add(setting)


class PlaceRepository:
    """The places in one room."""

    def __init__(self, session: AsyncSession, room_id: UUID) -> None:
        self._session = session
        self._room_id = room_id

    async def by_identity(self, identity: str) -> RoomParticipant | None:
        """Return the place, or None."""
        values = {"room_id": self._room_id, "identity": identity}
        return await _PLACE_BY_IDENTITY.first(self._session, **values)

    async def by_user(self, user_id: UUID) -> RoomParticipant | None:
        """Return the place of a person with an account, or None."""
        values = {"room_id": self._room_id, "user_id": user_id}
        return await _PLACE_BY_USER.first(self._session, **values)

    async def add(self, place: RoomParticipant) -> None:
        """Insert a place."""
        self._session.add(place)
        await self._session.flush()

    async def list_held(self, now: datetime) -> Sequence[str]:
        """Return the identities whose place is taken, inside or not yet."""
        return await _HELD.all(self._session, room_id=self._room_id, now=now)

    async def list_waiting(self, since: datetime) -> Sequence[RoomParticipant]:
        """Return who has asked to come in since then, first come first."""
        found = self._all().where(
            RoomParticipant.state == "waiting", RoomParticipant.held_until > since
        )
        ordered = found.order_by(RoomParticipant.joined_at, RoomParticipant.id)
        return (await self._session.scalars(ordered)).all()

    async def list_banned(self) -> Sequence[RoomParticipant]:
        """Return who is banned."""
        ordered = self._all().where(RoomParticipant.state == "banned").order_by(RoomParticipant.id)
        return (await self._session.scalars(ordered)).all()

    async def list_hosts(self) -> Sequence[RoomParticipant]:
        """Return the places of hosts, inside or not."""
        return (
            await self._session.scalars(self._all().where(RoomParticipant.role == "host"))
        ).all()

    async def list_hands(self) -> Sequence[RoomParticipant]:
        """Return whose hand is raised, first raised first."""
        found = self._all().where(
            RoomParticipant.state == "admitted", RoomParticipant.hand_raised_at.is_not(None)
        )
        ordered = found.order_by(RoomParticipant.hand_raised_at, RoomParticipant.id)
        return (await self._session.scalars(ordered)).all()

    async def list_pinned(self) -> Sequence[RoomParticipant]:
        """Return who is pinned for everybody: one, or two when two did so at once."""
        found = self._all().where(RoomParticipant.pinned_at.is_not(None))
        return (await self._session.scalars(found.order_by(RoomParticipant.id))).all()

    async def list_members(self) -> Sequence[tuple[User, str, str]]:
        """Return people with an account who were inside or are expected; role and identity."""
        found = (
            select(User, RoomParticipant.role, RoomParticipant.identity)
            .join(User, User.id == RoomParticipant.user_id)
            .where(
                RoomParticipant.room_id == self._room_id,
                RoomParticipant.state.in_(("admitted", "left")),
            )
        )
        rows = (await self._session.execute(found)).all()
        return [(user, role, identity) for user, role, identity in rows]

    async def list_by_identity(self, identities: Iterable[str]) -> Sequence[RoomParticipant]:
        """Return the places of these."""
        found = self._all().where(RoomParticipant.identity.in_(list(identities)))
        return (await self._session.scalars(found.order_by(RoomParticipant.joined_at))).all()

    async def list_all(self) -> Sequence[RoomParticipant]:
        """Return every place."""
        return (await self._session.scalars(self._all().order_by(RoomParticipant.id))).all()

    async def list_admitted(self) -> Sequence[RoomParticipant]:
        """Return everybody who may be inside."""
        found = self._all().where(RoomParticipant.state == "admitted")
        return (await self._session.scalars(found.order_by(RoomParticipant.id))).all()

    async def list_admitted_as(self, roles: Collection[str]) -> Sequence[str]:
        """Return the identities of who may be inside and has one of these roles."""
        found = select(RoomParticipant.identity).where(
            RoomParticipant.room_id == self._room_id,
            RoomParticipant.state == "admitted",
            RoomParticipant.role.in_(roles),
        )
        return (await self._session.scalars(found.order_by(RoomParticipant.id))).all()

    async def remove_lapsed(self, before: datetime) -> None:
        """Forget guests who never came, or waited in vain."""
        await self._session.execute(_LAPSED, {"room_id": self._room_id, "before": before})

    def _all(self) -> Select[RoomParticipant]:
        return select(RoomParticipant).where(RoomParticipant.room_id == self._room_id)


class StayRepository:
    """Who is in any room of one organisation, and whose the rooms are."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def list_open(self, among: Collection[UUID]) -> Sequence[tuple[UUID, str, str]]:
        """Return person, code of the room and participant's sid of stays that have not ended."""
        found = (
            select(MeetingHistory.user_id, Room.code, MeetingHistory.participant_sid)
            .join(Room, Room.id == MeetingHistory.room_id)
            .where(
                MeetingHistory.user_id.in_(among),
                MeetingHistory.left_at.is_(None),
                Room.ended_at.is_(None),
            )
        )
        rows = (await self._session.execute(found)).all()
        return [(user_id, code, sid) for user_id, code, sid in rows if user_id is not None]

    async def list_touching(
        self, since: datetime, after: UUID | None, count: int
    ) -> Sequence[Row[UUID, UUID, UUID | None, str, str, datetime, datetime | None]]:
        """Return stays of all rooms that had not ended by then, in the order of their ids."""
        found = select(
            MeetingHistory.id,
            MeetingHistory.room_id,
            MeetingHistory.user_id,
            MeetingHistory.name,
            MeetingHistory.participant_sid,
            MeetingHistory.joined_at,
            MeetingHistory.left_at,
        ).where(or_(MeetingHistory.left_at.is_(None), MeetingHistory.left_at > since))
        if after is not None:
            found = found.where(MeetingHistory.id > after)
        ordered = found.order_by(MeetingHistory.id).limit(count)
        return (await self._session.execute(ordered.execution_options(**{LONG: True}))).all()

    async def list_places(self, room_ids: Collection[UUID]) -> Sequence[RoomParticipant]:
        """Return who may be inside these rooms."""
        found = select(RoomParticipant).where(
            RoomParticipant.room_id.in_(room_ids), RoomParticipant.state == "admitted"
        )
        return (await self._session.scalars(found)).all()

    async def list_own_places(self, user_id: UUID) -> Sequence[tuple[RoomParticipant, Room]]:
        """Return every place that a person has, with its room."""
        found = (
            select(RoomParticipant, Room)
            .join(Room, Room.id == RoomParticipant.room_id)
            .where(RoomParticipant.user_id == user_id)
        )
        rows = (await self._session.execute(found)).all()
        return [(place, room) for place, room in rows]

    async def hand_over(self, host_id: UUID, heir_id: UUID) -> int:
        """Make somebody else the host of a person's rooms; return how many there are."""
        own = update(Room).where(Room.host_id == host_id)
        handed = own.values(host_id=heir_id, version=Room.version + 1).returning(Room.id)
        return len((await self._session.scalars(handed)).all())

    async def close_others(self, live: Collection[str], now: datetime) -> None:
        """End the open stays of all connections but these."""
        found = select(MeetingHistory).where(MeetingHistory.left_at.is_(None))
        for stay in (await self._session.scalars(found)).all():
            if stay.participant_sid not in live:
                stay.left_at = now
                stay.duration_s = int((now - stay.joined_at).total_seconds())


class HistoryRepository:
    """Who was in one room."""

    def __init__(self, session: AsyncSession, room_id: UUID) -> None:
        self._session = session
        self._room_id = room_id

    async def add(self, stay: MeetingHistory) -> None:
        """Insert a stay."""
        self._session.add(stay)

    async def open_stay(self, participant_sid: str) -> MeetingHistory | None:
        """Return the stay of a connection that has not ended, or None."""
        return await self._session.scalar(
            select(MeetingHistory).where(
                MeetingHistory.room_id == self._room_id,
                MeetingHistory.participant_sid == participant_sid,
                MeetingHistory.left_at.is_(None),
            )
        )

    async def newest_of(self, identity: str) -> MeetingHistory | None:
        """Return the last stay of a place, or None."""
        found = select(MeetingHistory).where(
            MeetingHistory.room_id == self._room_id, MeetingHistory.identity == identity
        )
        ordered = found.order_by(MeetingHistory.joined_at.desc(), MeetingHistory.id.desc())
        return await self._session.scalar(ordered.limit(1))

    async def list_before(self, before: Before, limit: int) -> Sequence[MeetingHistory]:
        """Return stays, newest first."""
        found = select(MeetingHistory).where(MeetingHistory.room_id == self._room_id)
        if before is not None:
            found = found.where(tuple_(MeetingHistory.joined_at, MeetingHistory.id) < before)
        ordered = found.order_by(MeetingHistory.joined_at.desc(), MeetingHistory.id.desc())
        return (await self._session.scalars(ordered.limit(limit))).all()

    async def list_between(self, since: datetime, before: datetime) -> Sequence[MeetingHistory]:
        """Return stays that touch a time, in the order of coming."""
        found = select(MeetingHistory).where(
            MeetingHistory.room_id == self._room_id,
            MeetingHistory.joined_at < before,
            or_(MeetingHistory.left_at.is_(None), MeetingHistory.left_at > since),
        )
        ordered = found.order_by(MeetingHistory.joined_at, MeetingHistory.id).limit(_MOST_STAYS)
        return (await self._session.scalars(ordered)).all()


class RatingRepository:
    """How the meetings of one organisation were, as people said."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def put(self, rating: MeetingRating) -> None:
        """Note what somebody says of a stay; it replaces what they said before."""
        await self._session.merge(rating)

    async def count(self, since: datetime) -> dict[bool, int]:
        """Return how many there are since then, by whether they are good."""
        counted = select(MeetingRating.is_good, func.count()).where(MeetingRating.rated_at > since)
        found = await self._session.execute(counted.group_by(MeetingRating.is_good))
        return dict(found.all())

    async def list_comments(
        self, since: datetime, limit: int
    ) -> Sequence[tuple[MeetingRating, str, str]]:
        """Return those with a comment, newest first; with code and title of the room."""
        found = (
            select(MeetingRating, Room.code, Room.title)
            .join(MeetingHistory, MeetingHistory.id == MeetingRating.stay_id)
            .join(Room, Room.id == MeetingHistory.room_id)
            .where(MeetingRating.rated_at > since, MeetingRating.comment != "")
            .order_by(MeetingRating.rated_at.desc(), MeetingRating.stay_id.desc())
            .limit(limit)
        )
        rows = (await self._session.execute(found)).all()
        return [(rating, code, title) for rating, code, title in rows]
