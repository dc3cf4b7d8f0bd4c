"""People whom somebody wants to find again."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from jumpa.domains.users.errors import ContactNotFoundError, ContactSelfError
from jumpa.domains.users.models import User
from jumpa.domains.users.repository import ContactRepository
from jumpa.domains.users.service import people
from jumpa.kit.context import Context
from jumpa.kit.paging import Slice


async def list_(ctx: Context, page: Slice) -> Sequence[tuple[User, datetime]]:
    """Return the contacts of whoever asks, with the time of noting."""
    user = await people.read_own(ctx)
    return await ContactRepository(ctx.session, user.id).list_users(page)


async def add(ctx: Context, contact_id: UUID) -> tuple[User, datetime, bool]:
    """Note somebody of the same organisation; the last part says whether they are new."""
    user_id = _own_id(ctx)
    if contact_id == user_id:
        raise ContactSelfError
    contact = await people.get(ctx, contact_id)
    contacts = ContactRepository(ctx.session, user_id)
    is_new = await contacts.add(contact.id, ctx.clock())
    kept = await contacts.by_id(contact.id)
    return contact, kept.created_at if kept else ctx.clock(), is_new


async def remove(ctx: Context, contact_id: UUID) -> None:
    """Forget a contact; raises ContactNotFoundError."""
    if not await ContactRepository(ctx.session, _own_id(ctx)).remove(contact_id):
        raise ContactNotFoundError


async def list_seen(ctx: Context, among: Collection[UUID] | None) -> set[UUID]:
    """Return whose presence may be seen: contacts of each other, unless they hide it."""
    contacts = ContactRepository(ctx.session, _own_id(ctx))
    return await contacts.list_mutual(among, hidden_by="show_presence")


def _own_id(ctx: Context) -> UUID:
    if ctx.actor.user_id is None:
        raise ContactNotFoundError
    return ctx.actor.user_id
