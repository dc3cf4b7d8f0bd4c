"""People register, and prove that their address is theirs.

Nothing about a person is stored as an account before the address is proven, so nobody can take
an address first; the link makes the account that was asked for together with it.
"""

import json
from dataclasses import dataclass, field

from jumpa.domains.audit.service import Deed
from jumpa.domains.auth.errors import LinkSpentError, RegistrationClosedError
from jumpa.domains.auth.service import letters, links
from jumpa.domains.auth.service.links import OneUse
from jumpa.domains.auth.service.parts import AuthParts
from jumpa.domains.organisations.models import HOME
from jumpa.domains.users.errors import EmailTakenError
from jumpa.domains.users.models import User
from jumpa.domains.users.service import choices, people
from jumpa.domains.users.service.people import NewUser
from jumpa.kit.actor import Actor
from jumpa.kit.failpoints import FailPoint, reach
from jumpa.kit.mail import queue

_SEAL = "registration"


@dataclass(frozen=True, slots=True)
class Registration:
    """Who wants an account."""

    email: str
    password: str = field(repr=False)
    first_name: str
    last_name: str


async def register(parts: AuthParts, actor: Actor, wish: Registration) -> None:
    """Write to the address; what is done and said is the same when it has an account already."""
    reach(FailPoint.REGISTER_RECEIVED)
    if not parts.is_open:
        raise RegistrationClosedError
    await parts.passwords.check_strength(
        wish.password,
        [wish.email, wish.first_name, wish.last_name],
        characters=parts.rule.characters,
        score=parts.rule.score,
    )
    password_hash = await parts.passwords.hash(wish.password)
    pending = json.dumps([wish.email, password_hash, wish.first_name, wish.last_name])
    use = OneUse("verify_email", HOME, data=parts.ring.seal(pending, _SEAL))
    async with parts.work.write(actor.as_server()) as ctx:
        known = await people.find_by_email(ctx, wish.email)
        token = await links.issue(ctx, use, parts.lifetimes.verification)
        letter = (
            letters.verification(parts.site, wish.email, token, actor.language)
            if known is None
            else letters.already_registered(
                parts.site,
                wish.email,
                await choices.find_language(ctx, known) or actor.language,
            )
        )
        await queue.enqueue(ctx, parts.ring, letter, HOME)
        await ctx.session.flush()
        reach(FailPoint.REGISTER_WRITTEN)
    reach(FailPoint.REGISTER_COMMITTED)


async def verify_email(parts: AuthParts, actor: Actor, token: str) -> User:
    """Make the account of a proven address; raises LinkSpentError."""
    async with parts.work.write(actor.as_server()) as ctx:
        row = await links.spend(ctx, "verify_email", token)
        email, password_hash, first_name, last_name = json.loads(parts.ring.open(row.data, _SEAL))
        row.data = ""
        new = NewUser(email, first_name, last_name, HOME, password_hash)
        try:
            user = await people.create(ctx, new)
        except EmailTakenError as error:
            raise LinkSpentError from error
        await parts.audit.record(ctx, Deed("user.registered", HOME, user.id))
        reach(FailPoint.VERIFY_WRITTEN)
    reach(FailPoint.VERIFY_COMMITTED)
    return user
