"""What the tables of people refuse by themselves (S1-078, S1-081, S1-085, S1-087)."""

from uuid import uuid4

import pytest
from factories import NOW
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from jumpa.domains.auth.models import UserSession
from jumpa.domains.notifications.models import Notification
from jumpa.domains.organisations.models import HOME
from jumpa.domains.users.models import User, UserContact, UserSetting
from jumpa.domains.users.service import people
from jumpa.domains.users.service.people import NewUser
from jumpa.kit.actor import SERVER
from jumpa.kit.context import UnitOfWork
from jumpa.kit.db.tables import Table


async def make(work: UnitOfWork, email: str) -> User:
    async with work.write(SERVER) as ctx:
        return await people.create(ctx, NewUser(email, "Ayu", "Lestari", HOME))


def setting(user: User) -> UserSetting:
    return UserSetting(
        id=uuid4(),
        organisation_id=HOME,
        user_id=user.id,
        setting_key="theme",
        setting_value='"dark"',
        created_at=NOW,
        updated_at=NOW,
    )


def contact(user: User, other: User) -> UserContact:
    return UserContact(organisation_id=HOME, user_id=user.id, contact_id=other.id, created_at=NOW)


def notification(user: User) -> Notification:
    return Notification(
        id=uuid4(),
        organisation_id=HOME,
        user_id=user.id,
        type="invitation",
        title="Tea",
        message="Budi asks you to a meeting.",
        created_at=NOW,
    )


def session(user: User) -> UserSession:
    return UserSession(
        id=uuid4(),
        organisation_id=HOME,
        user_id=user.id,
        created_at=NOW,
        last_used_at=NOW,
        expires_at=NOW,
        ip_address="192.0.2.7",
        user_agent="",
    )


async def add(work: UnitOfWork, *rows: Table) -> None:
    async with work.write(SERVER) as ctx:
        ctx.session.add_all(rows)


class TestUsers:
    @pytest.mark.parametrize(("column", "value"), [("status", "asleep"), ("role", "king")])
    async def test_have_a_state_and_a_role_that_are_known(
        self, work: UnitOfWork, column: str, value: str
    ) -> None:
        user = await make(work, "ayu@example.com")

        async def change() -> None:
            async with work.write(SERVER) as ctx:
                setattr(await people.get(ctx, user.id), column, value)

        with pytest.raises(IntegrityError):
            await change()

    async def test_take_everything_of_theirs_along(self, work: UnitOfWork) -> None:
        ayu, budi = await make(work, "ayu@example.com"), await make(work, "budi@example.com")
        await add(work, setting(ayu), contact(ayu, budi), contact(budi, ayu), session(ayu))
        await add(work, notification(ayu))

        async with work.write(SERVER) as ctx:
            await ctx.session.execute(delete(User).where(User.id == ayu.id))

        async with work.read(SERVER) as ctx:
            for table in (UserSetting, UserContact, UserSession, Notification):
                counted = select(func.count()).select_from(table)
                assert await ctx.session.scalar(counted) == 0


class TestContacts:
    async def test_are_noted_once(self, work: UnitOfWork) -> None:
        ayu, budi = await make(work, "ayu@example.com"), await make(work, "budi@example.com")
        await add(work, contact(ayu, budi))

        with pytest.raises(IntegrityError):
            await add(work, contact(ayu, budi))

    async def test_are_never_oneself(self, work: UnitOfWork) -> None:
        ayu = await make(work, "ayu@example.com")

        with pytest.raises(IntegrityError):
            await add(work, contact(ayu, ayu))


class TestSettings:
    async def test_have_each_key_once(self, work: UnitOfWork) -> None:
        ayu = await make(work, "ayu@example.com")
        await add(work, setting(ayu))

        with pytest.raises(IntegrityError):
            await add(work, setting(ayu))


class TestNotifications:
    async def test_are_unread_until_they_are_read(self, work: UnitOfWork) -> None:
        ayu = await make(work, "ayu@example.com")
        await add(work, notification(ayu))

        async with work.read(SERVER) as ctx:
            assert await ctx.session.scalar(select(Notification.is_read)) is False

    async def test_are_for_somebody_who_exists(self, work: UnitOfWork) -> None:
        ayu = await make(work, "ayu@example.com")
        lost = notification(ayu)
        lost.user_id = uuid4()

        with pytest.raises(IntegrityError):
            await add(work, lost)
