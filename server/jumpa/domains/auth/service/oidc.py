"""People sign in with their organisation's own provider (OpenID Connect, code flow with PKCE)."""

from dataclasses import dataclass, replace
from uuid import UUID

from uuid_utils.compat import uuid7

from jumpa.domains.audit.service import Deed
from jumpa.domains.auth.errors import (
    AccountClosedError,
    LinkSpentError,
    OidcAccountExistsError,
    OidcConnectedError,
    OidcDeclinedError,
    OidcEmailUnprovenError,
    OidcNotConnectedError,
    OidcRefusedError,
    OidcStrangerError,
)
from jumpa.domains.auth.models import OidcIdentity
from jumpa.domains.auth.repository import IdentityRepository
from jumpa.domains.auth.service import id_tokens, one_time_codes, sessions
from jumpa.domains.auth.service.id_tokens import Expected, Identity
from jumpa.domains.auth.service.journeys import Begun, Return, Road, draw
from jumpa.domains.auth.service.parts import AuthParts
from jumpa.domains.auth.service.provider import Client, Provider, Question
from jumpa.domains.auth.service.sessions import SessionTokens
from jumpa.domains.organisations.models import HOME
from jumpa.domains.users.errors import EmailTakenError
from jumpa.domains.users.models import User
from jumpa.domains.users.service import people
from jumpa.domains.users.service.people import NewUser
from jumpa.kit.actor import Actor
from jumpa.kit.context import Context
from jumpa.kit.texts import normal_email, readable_name

CALLBACK = "/api/v1/auth/oidc/callback"


@dataclass(frozen=True, slots=True)
class Journey:
    """A way to the provider and back; with `user_id` it connects an account of ours."""

    question: Question
    page: str
    user_id: UUID | None


async def begin(parts: AuthParts, provider: Provider, actor: Actor, page: str) -> Begun:
    """Send a browser to sign in; it comes back to one of our own pages."""
    return await _begin(parts, provider, actor, page, None)


async def begin_connecting(parts: AuthParts, provider: Provider, actor: Actor, page: str) -> Begun:
    """Send somebody who is signed in to say who they are there; raises OidcConnectedError."""
    async with parts.work.read(actor) as ctx:
        user = await people.read_own(ctx)
        if await _identities(ctx, provider).by_user(user.id) is not None:
            raise OidcConnectedError
    return await _begin(parts, provider, actor, page, user.id)


async def arrive(parts: AuthParts, actor: Actor, came: Return) -> Journey:
    """Return the journey that ends here; each ends once, in the browser where it began."""
    try:
        arrived = await _road(parts).arrive(actor, came)
    except LinkSpentError as error:
        raise OidcRefusedError from error
    facts = arrived.facts
    question = Question(_redirect_uri(parts), came.state, facts["nonce"], facts["verifier"])
    return Journey(question, facts["page"], arrived.user_id)


async def complete(
    parts: AuthParts, provider: Provider, actor: Actor, journey: Journey, came: Return
) -> SessionTokens | None:
    """Begin a session, or connect the account that the journey is for."""
    identity = await _identity(parts, provider, journey.question, came)
    async with parts.work.write(actor.as_server()) as ctx:
        if journey.user_id is not None:
            await _connect(ctx, parts, provider, await people.get(ctx, journey.user_id), identity)
            return None
        user = await _user(ctx, parts, provider, identity)
        if user.status != "active":
            raise AccountClosedError
        return await sessions.begin(ctx, parts, user)


async def note_refusal(parts: AuthParts, actor: Actor, code: str) -> None:
    """Write into the audit log that nobody was let in."""
    async with parts.work.write(actor.as_server()) as ctx:
        deed = Deed("login.refused", HOME, None, {"reason": code})
        await parts.audit.record(ctx, deed)


async def disconnect(ctx: Context, parts: AuthParts, provider: Provider) -> None:
    """Forget who somebody is at the provider; raises OidcNotConnectedError."""
    user = await people.get_own(ctx)
    if not await _identities(ctx, provider).remove(user.id):
        raise OidcNotConnectedError
    await parts.audit.record(ctx, Deed("oidc.disconnected", user.organisation_id, user.id))


async def is_connected(ctx: Context, provider: Provider, user: User) -> bool:
    """Whether an account is connected to the provider."""
    return await _identities(ctx, provider).by_user(user.id) is not None


async def _begin(
    parts: AuthParts, provider: Provider, actor: Actor, page: str, user_id: UUID | None
) -> Begun:
    question = Question(_redirect_uri(parts), draw(), draw(), draw())
    url = await provider.url(question)
    facts = {"nonce": question.nonce, "verifier": question.verifier, "page": page}
    return Begun(url, await _road(parts).leave(actor, user_id, question.state, facts))


async def _identity(
    parts: AuthParts, provider: Provider, question: Question, came: Return
) -> Identity:
    client = provider.client
    document = await provider.document()
    if came.issuer != client.issuer and (came.issuer or document.tells_issuer):
        raise OidcRefusedError
    if came.error:
        raise OidcDeclinedError
    if not came.code:
        raise OidcRefusedError
    tokens = await provider.exchange(came.code, question)
    key = await provider.key(id_tokens.read_head(tokens.id_token))
    expected = Expected(client.issuer, client.client_id, question.nonce)
    claims = id_tokens.verify(tokens.id_token, key, expected, parts.work.clock())
    if "email" not in claims:
        more = await provider.userinfo(tokens.access_token)
        # An access token of somebody else would tell of somebody else.
        claims = {**more, **claims} if more.get("sub") == claims["sub"] else claims
    return id_tokens.identity_of(claims)


async def _user(ctx: Context, parts: AuthParts, provider: Provider, identity: Identity) -> User:
    row = await _identities(ctx, provider).by_subject(identity.subject)
    if row is not None:
        row.last_used_at = ctx.clock()
        return await people.get(ctx, row.user_id)
    email = _proven(provider.client, identity)
    user = await people.find_by_email(ctx, email)
    if user is None:
        user = await _newcomer(ctx, parts, provider.client, replace(identity, email=email))
    elif not await _is_given(ctx, provider, user):
        raise OidcAccountExistsError
    await _connect(ctx, parts, provider, user, identity)
    return user


def _proven(client: Client, identity: Identity) -> str:
    if not identity.email:
        raise OidcEmailUnprovenError
    try:
        email = normal_email(identity.email)
    except ValueError as error:
        raise OidcEmailUnprovenError from error
    if client.email_domains and email.rpartition("@")[2] not in client.email_domains:
        raise OidcStrangerError
    return email


async def _is_given(ctx: Context, provider: Provider, user: User) -> bool:
    """Whether the provider's word alone opens an account that was there before.

    Never one that more than a proven address guards: an administrator's, or one with codes.
    """
    is_ours = bool(provider.client.email_domains) and user.organisation_id == HOME
    is_guarded = user.role == "administrator" or await one_time_codes.is_on(ctx, user)
    is_other = await _identities(ctx, provider).by_user(user.id) is not None
    return is_ours and not is_guarded and not is_other


async def _newcomer(ctx: Context, parts: AuthParts, client: Client, identity: Identity) -> User:
    if not client.creates_accounts:
        raise OidcStrangerError
    # Many people have one name only.
    first, last = _named(identity.names[0], identity.email), _named(identity.names[1], "")
    try:
        user = await people.create(ctx, NewUser(identity.email, first, last, HOME))
    except EmailTakenError as error:
        # Somebody with this address came by another way at the same moment.
        raise OidcAccountExistsError from error
    await parts.audit.record(ctx, Deed("user.registered", HOME, user.id))
    return user


async def _connect(
    ctx: Context, parts: AuthParts, provider: Provider, user: User, identity: Identity
) -> None:
    row = OidcIdentity(
        id=uuid7(),
        organisation_id=user.organisation_id,
        user_id=user.id,
        issuer=identity.issuer,
        subject=identity.subject,
        created_at=ctx.clock(),
        last_used_at=ctx.clock(),
    )
    await _identities(ctx, provider).add(row)
    await parts.audit.record(ctx, Deed("oidc.connected", user.organisation_id, user.id))


def _named(name: str, email: str) -> str:
    try:
        return readable_name(name)
    except ValueError:
        return email.partition("@")[0][:100]


def _identities(ctx: Context, provider: Provider) -> IdentityRepository:
    return IdentityRepository(ctx.session, provider.client.issuer)


def _road(parts: AuthParts) -> Road:
    return Road("oidc", "oidc", parts.work, parts.ring)


def _redirect_uri(parts: AuthParts) -> str:
    return parts.site.url + CALLBACK
