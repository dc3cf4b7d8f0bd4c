"""People come, are found, and change what others see of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal
from uuid import UUID

from uuid_utils.compat import uuid7

from jumpa.domains.users.errors import UserNotFoundError
from jumpa.domains.users.models import Sought, User
from jumpa.domains.users.repository import UserRepository
from jumpa.kit.context import Context
from jumpa.kit.paging import Slice
from jumpa.kit.texts import fold, normal_email

_IN_CHARGE = ("administrator", "active")


@dataclass(frozen=True, slots=True)
class NewUser:
    """Who is to have an account, in which organisation."""

    email: str
    first_name: str
    last_name: str
    organisation_id: UUID
    password_hash: str | None = field(default=None, repr=False)
    role: Literal["member", "administrator"] = "member"


async def create(ctx: Context, new: NewUser) -> User:
    """Make an account whose address is proven; raises EmailTakenError."""
    now = ctx.clock()
    user = User(
        id=uuid7(),
        organisation_id=new.organisation_id,
        email=new.email,
        password_hash=new.password_hash,
        first_name=new.first_name,
        last_name=new.last_name,
        search_name=_search_name(new.first_name, new.last_name),
        status="active",
        role=new.role,
        email_verified=True,
        created_at=now,
        updated_at=now,
        version=1,
        settings_version=1,
    )
    return await UserRepository(ctx.session).add(user)


async def get(ctx: Context, user_id: UUID) -> User:
    """Return a person of the actor's organisation; raises UserNotFoundError."""
    user = await UserRepository(ctx.session).by_id(user_id)
    if user is None:
        raise UserNotFoundError
    return user


async def read_own(ctx: Context) -> User:
    """Return the account of whoever asks; raises UserNotFoundError."""
    if ctx.actor.user_id is None:
        raise UserNotFoundError
    return await get(ctx, ctx.actor.user_id)


async def get_own(ctx: Context) -> User:
    """Return the account of whoever asks, to change it; others who would change it wait."""
    user_id = ctx.actor.user_id
    user = await UserRepository(ctx.session).by_id_for_update(user_id) if user_id else None
    if user is None:
        raise UserNotFoundError
    return user


async def find_by_email(ctx: Context, email: str) -> User | None:
    """Return the person with this address, or None."""
    return await UserRepository(ctx.session).by_email(email)


async def rename(ctx: Context, user: User, first_name: str, last_name: str) -> User:
    """Change the names of a person."""
    user.first_name = first_name
    user.last_name = last_name
    user.search_name = _search_name(first_name, last_name)
    touch(ctx, user)
    return user


def touch(ctx: Context, user: User) -> None:
    """Note that the profile changed, for those who read it before."""
    user.version += 1
    user.updated_at = ctx.clock()


async def search(ctx: Context, text: str, page: Slice) -> Sequence[User]:
    """Return people of the organisation by the beginning of a name, or by their whole address."""
    try:
        email = normal_email(text)
    except ValueError:
        email = ""
    return await UserRepository(ctx.session).list_matching(fold(text), email, page)


async def list_all(ctx: Context, page: Slice) -> Sequence[User]:
    """Return everybody of the organisation."""
    return await UserRepository(ctx.session).list_all(page)


async def list_some(ctx: Context, sought: Sought, page: Slice) -> Sequence[User]:
    """Return people of the organisation, closed accounts too, by name."""
    folded = replace(sought, text=fold(sought.text))
    return await UserRepository(ctx.session).list_some(folded, page)


async def find_all(ctx: Context, ids: Collection[UUID]) -> dict[UUID, User]:
    """Return those of these who have an account, by id."""
    found = await UserRepository(ctx.session).names_of(ids) if ids else ()
    return {user.id: user for user in found}


async def list_in_charge(ctx: Context, ids: Collection[UUID]) -> set[UUID]:
    """Return those of these who may administrate now."""
    found = (await find_all(ctx, ids)).values()
    return {user.id for user in found if (user.role, user.status) == _IN_CHARGE}


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people an organisation has."""

    people: int
    administrators: int
    closed: int


async def count(ctx: Context) -> Counted:
    """Count people; administrators are those who can sign in."""
    kinds = await UserRepository(ctx.session).count_by_kind()
    return Counted(
        people=sum(many for _, _, many in kinds),
        administrators=sum(many for role, state, many in kinds if (role, state) == _IN_CHARGE),
        closed=sum(many for _, state, many in kinds if state != "active"),
    )


async def get_for_update(ctx: Context, user_id: UUID) -> User:
    """Return a person to change them; others who would do so wait. Raises UserNotFoundError."""
    user = await UserRepository(ctx.session).by_id_for_update(user_id)
    if user is None:
        raise UserNotFoundError
    return user


async def lock_administrators(ctx: Context) -> Sequence[UUID]:
    """Return administrators who can sign in; who is one changes for nobody else meanwhile."""
    return await UserRepository(ctx.session).lock_administrators()


async def remove(ctx: Context, user: User) -> None:
    """Forget a person and all that is theirs alone."""
    await UserRepository(ctx.session).remove(user.id)


async def is_closed(ctx: Context, user_id: UUID) -> bool:
    """Whether an account is closed, or gone."""
    user = await UserRepository(ctx.session).by_id(user_id)
    return user is None or user.status != "active"


async def has_administrator(ctx: Context) -> bool:
    """Whether anybody can administrate."""
    return await UserRepository(ctx.session).count_administrators() > 0


def _search_name(first_name: str, last_name: str) -> str:
    return fold(f"{first_name} {last_name}")[:450]
