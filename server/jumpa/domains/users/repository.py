"""Queries on people."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Integer,
    Select,
    String,
    Uuid,
    bindparam,
    delete,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from jumpa.domains.users.errors import EmailTakenError
from jumpa.domains.users.models import Sought, User, UserAvatar, UserContact, UserSetting
from jumpa.kit.db.reading import Query, Rows
from jumpa.kit.db.sqlite import LONG
from jumpa.kit.paging import Slice

_BY_ID = Query(select(User).where(User.id == bindparam("user_id")))
_BY_ID_FOR_UPDATE = Query(select(User).where(User.id == bindparam("user_id")).with_for_update())
_BY_EMAIL = Query(select(User).where(User.email == bindparam("email")))
_CONTACTS = (
    select(User, UserContact.created_at)
    .join(UserContact, UserContact.contact_id == User.id)
    .where(UserContact.user_id == bindparam("user_id"))
    .order_by(User.search_name, User.id)
    .limit(bindparam("most", type_=Integer))
)
_FIRST_CONTACTS = Rows(_CONTACTS)
_AFTER = tuple_(User.search_name, User.id) > tuple_(
    bindparam("name", type_=String), bindparam("after", type_=Uuid())
)
_NEXT_CONTACTS = Rows(_CONTACTS.where(_AFTER))
_CHOICES = Rows(
    select(UserSetting.setting_key, UserSetting.setting_value).where(
        UserSetting.user_id == bindparam("user_id")
    )
)
_MATCHING = (
    select(User)
    .where(
        User.status == "active",
        or_(
            User.search_name.like(bindparam("begins"), escape="\\"),
            User.search_name.like(bindparam("inside"), escape="\\"),
            User.email == bindparam("email"),
        ),
    )
    .order_by(User.search_name, User.id)
    .limit(bindparam("most", type_=Integer))
    # Every name of the organisation is looked at.
    .execution_options(**{LONG: True})
)
_FIRST_MATCHING = Query(_MATCHING)
_NEXT_MATCHING = Query(_MATCHING.where(_AFTER))
_SETTINGS = Query(select(UserSetting).where(UserSetting.user_id == bindparam("user_id")))


def _literal(text: str) -> str:
    """Return a text whose signs mean themselves in a pattern."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


class UserRepository:
    """The people of one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def by_id(self, user_id: UUID) -> User | None:
        """Return the person, or None."""
        return await _BY_ID.first(self._session, user_id=user_id)

    async def by_id_for_update(self, user_id: UUID) -> User | None:
        """Return the person; others who would change them wait."""
        return await _BY_ID_FOR_UPDATE.first(self._session, user_id=user_id)

    async def by_email(self, email: str) -> User | None:
        """Return the person with this address, or None."""
        return await _BY_EMAIL.first(self._session, email=email)

    async def add(self, user: User) -> User:
        """Insert the person; raises EmailTakenError and leaves the transaction usable."""
        try:
            async with self._session.begin_nested():
                self._session.add(user)
        except IntegrityError as error:
            raise EmailTakenError from error
        return user

    async def count_administrators(self) -> int:
        """Return how many administrators can sign in."""
        counted = select(func.count()).select_from(User)
        active = counted.where(User.role == "administrator", User.status == "active")
        return await self._session.scalar(active) or 0

    async def lock_administrators(self) -> Sequence[UUID]:
        """Return administrators who can sign in; others who would change who is one wait."""
        found = select(User.id).where(User.role == "administrator", User.status == "active")
        return (await self._session.scalars(found.order_by(User.id).with_for_update())).all()

    async def count_by_kind(self) -> Sequence[tuple[str, str, int]]:
        """Return role, status and how many people have both."""
        counted = select(User.role, User.status, func.count()).group_by(User.role, User.status)
        rows = (await self._session.execute(counted.execution_options(**{LONG: True}))).all()
        return [(role, status, count) for role, status, count in rows]

    async def list_some(self, sought: Sought, page: Slice) -> Sequence[User]:
        """Return people of all states, by name; the text that is looked for is folded."""
        found = select(User)
        if sought.text:
            begins = f"{_literal(sought.text)}%"
            found = found.where(
                or_(
                    User.search_name.like(begins, escape="\\"),
                    User.search_name.like(f"% {begins}", escape="\\"),
                    User.email.like(begins, escape="\\"),
                )
            )
        if sought.role is not None:
            found = found.where(User.role == sought.role)
        if sought.is_closed is not None:
            is_open = User.status == "active"
            found = found.where(~is_open if sought.is_closed else is_open)
        return await self._page(found.execution_options(**{LONG: True}), page)

    async def names_of(self, ids: Collection[UUID]) -> Sequence[User]:
        """Return those of these who have an account."""
        return (await self._session.scalars(select(User).where(User.id.in_(ids)))).all()

    async def remove(self, user_id: UUID) -> None:
        """Forget a person and all that is theirs alone."""
        gone = delete(User).where(User.id == user_id)
        await self._session.execute(gone.execution_options(**{LONG: True}))

    async def list_matching(self, folded: str, email: str, page: Slice) -> Sequence[User]:
        """Return people one of whose names begins so, or who have exactly this address."""
        pattern = _literal(folded)
        values: dict[str, object] = {
            "begins": f"{pattern}%",
            "inside": f"% {pattern}%",
            "email": email,
            "most": page.limit,
        }
        if page.after is None:
            return await _FIRST_MATCHING.all(self._session, **values)
        name, after = page.after
        return await _NEXT_MATCHING.all(self._session, **values, name=name, after=after)

    async def list_all(self, page: Slice) -> Sequence[User]:
        """Return everybody, by name."""
        return await self._page(select(User), page)

    async def _page(self, found: Select[User], page: Slice) -> Sequence[User]:
        if page.after is not None:
            found = found.where(tuple_(User.search_name, User.id) > page.after)
        ordered = found.order_by(User.search_name, User.id).limit(page.limit)
        return (await self._session.scalars(ordered)).all()


class ContactRepository:
    """The contacts of one person."""

    def __init__(self, session: AsyncSession, user_id: UUID) -> None:
        self._session = session
        self._user_id = user_id

    async def by_id(self, contact_id: UUID) -> UserContact | None:
        """Return the contact, or None."""
        return await self._session.get(UserContact, (self._user_id, contact_id))

    async def add(self, contact_id: UUID, created_at: datetime) -> bool:
        """Note a contact; False when it was one already."""
        row = UserContact(user_id=self._user_id, contact_id=contact_id, created_at=created_at)
        try:
            async with self._session.begin_nested():
                self._session.add(row)
        except IntegrityError:
            return False
        return True

    async def remove(self, contact_id: UUID) -> bool:
        """Forget a contact; False when it was none."""
        gone = delete(UserContact).where(
            UserContact.user_id == self._user_id, UserContact.contact_id == contact_id
        )
        return (await self._session.scalar(gone.returning(UserContact.contact_id))) is not None

    async def list_users(self, page: Slice) -> Sequence[tuple[User, datetime]]:
        """Return the contacts with the time of noting, by name."""
        values = {"user_id": self._user_id, "most": page.limit}
        if page.after is None:
            return await _FIRST_CONTACTS.all(self._session, **values)
        name, after = page.after
        return await _NEXT_CONTACTS.all(self._session, **values, name=name, after=after)

    async def list_mutual(self, among: Collection[UUID] | None, hidden_by: str) -> set[UUID]:
        """Return contacts who have this person as a contact too and did not say no to a setting."""
        back = aliased(UserContact)
        said_no = select(UserSetting.id).where(
            UserSetting.user_id == UserContact.contact_id,
            UserSetting.setting_key == hidden_by,
            UserSetting.setting_value == "false",
        )
        found = (
            select(UserContact.contact_id)
            .join(back, back.user_id == UserContact.contact_id)
            .join(User, User.id == UserContact.contact_id)
            .where(
                UserContact.user_id == self._user_id,
                back.contact_id == self._user_id,
                User.status == "active",
                ~said_no.exists(),
            )
        )
        if among is not None:
            found = found.where(UserContact.contact_id.in_(among))
        return set(await self._session.scalars(found))


class SettingRepository:
    """The settings of one person."""

    def __init__(self, session: AsyncSession, user_id: UUID) -> None:
        self._session = session
        self._user_id = user_id

    async def list_choices(self) -> Sequence[tuple[str, str]]:
        """Return keys and values of the settings that were ever changed."""
        return await _CHOICES.all(self._session, user_id=self._user_id)

    async def list_all(self) -> Sequence[UserSetting]:
        """Return the settings that were ever changed, to change them."""
        return await _SETTINGS.all(self._session, user_id=self._user_id)

    async def by_key(self, key: str) -> UserSetting | None:
        """Return one setting, or None when it was never changed."""
        found = select(UserSetting).where(
            UserSetting.user_id == self._user_id, UserSetting.setting_key == key
        )
        return await self._session.scalar(found)

    async def add(self, setting: UserSetting) -> None:
        """Insert a setting."""
        self._session.add(setting)


class AvatarRepository:
    """The pictures of one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def by_user(self, user_id: UUID) -> UserAvatar | None:
        """Return the picture, or None."""
        return await self._session.scalar(select(UserAvatar).where(UserAvatar.user_id == user_id))

    async def replace(self, user_id: UUID, content: bytes) -> None:
        """Keep a picture in the place of an older one."""
        kept = await self.by_user(user_id)
        if kept is None:
            self._session.add(UserAvatar(user_id=user_id, content=content))
        else:
            kept.content = content

    async def remove(self, user_id: UUID) -> None:
        """Forget the picture."""
        await self._session.execute(delete(UserAvatar).where(UserAvatar.user_id == user_id))
