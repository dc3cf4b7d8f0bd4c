"""Joins the plain socket to rooms, accounts and messages that last."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from uuid import UUID

from pydantic import ValidationError

from jumpa.app.foundation import Running
from jumpa.app.rooms import RoomAdmission
from jumpa.domains.chat.errors import PlaceMissingError
from jumpa.domains.chat.schemas import MessageCreate
from jumpa.domains.chat.service import messages
from jumpa.domains.chat.subscribers import CHAT_TOPIC
from jumpa.domains.rooms.errors import RoomNotFoundError
from jumpa.domains.rooms.service import entering, rooms
from jumpa.domains.rooms.service.access import known_as
from jumpa.domains.rooms.service.entering import TICKET_LIFETIME, TicketOffice
from jumpa.kit.actor import SERVER, AccessTokenInvalidError, Actor
from jumpa.kit.context import UnitOfWork
from jumpa.kit.quotas import Counters, Quota
from jumpa.kit.rate import Guarded, RateLimiter, TooManyRequestsError
from jumpa.media.access import Claims, TokenVerifier
from jumpa.media.engine import Engine
from jumpa.media.errors import AccessError, InvalidRequestError, NotPermittedError
from jumpa.media.streams import TextStream
from jumpa.signaling.plain import Crowd
from jumpa.signaling.plain.errors import SomebodyElseError, TicketInvalidError
from jumpa.signaling.plain.ports import Asked

_TOKEN_DOTS = 2
_GUESSES = (AccessError, AccessTokenInvalidError, RoomNotFoundError, TicketInvalidError)
# Longer than any ticket lives: nobody comes twice by one.
_ONE_TIME = Quota("ticket", 1, 2 * int(TICKET_LIFETIME.total_seconds()))

Identify = Callable[[str, Actor], Awaitable[Actor]]


@dataclass(frozen=True, slots=True)
class PlainDoor:
    """Believes room tokens, tickets and access tokens of accounts."""

    verifier: TokenVerifier
    tickets: TicketOffice
    identify: Identify
    admission: RoomAdmission
    counters: Counters
    refusals: RateLimiter

    async def open(self, asked: Asked) -> Claims:
        """Return with which claims somebody enters; raises JumpaError."""
        with Guarded(self.refusals, asked.address, _GUESSES):
            code = rooms.normalise(asked.room) or asked.room
            claims = await self._claims(asked, code)
            return await self.admission.admit(claims)

    async def _claims(self, asked: Asked, code: str) -> Claims:
        if asked.token.count(".") != _TOKEN_DOTS:
            return self._own(await self._by_ticket(asked, code))
        try:
            claims = self.verifier.verify(asked.token)
        except AccessError as error:
            return self._own(await self._by_account(asked, code, error))
        if (claims.video.room, claims.identity) != (code, asked.user):
            raise SomebodyElseError
        return claims

    async def _by_ticket(self, asked: Asked, code: str) -> Claims:
        ticket = self.tickets.read(asked.token, self.verifier.clock())
        if ticket is None:
            raise TicketInvalidError
        if (ticket.code, ticket.identity) != (code, asked.user):
            raise SomebodyElseError
        try:
            (await self.counters.take(ticket.nonce, _ONE_TIME)).check()
        except TooManyRequestsError as error:
            raise TicketInvalidError from error
        async with self.admission.work.read(SERVER) as ctx:
            return await entering.claims_by_identity(ctx, code, ticket.identity)

    async def _by_account(self, asked: Asked, code: str, refused: AccessError) -> Claims:
        try:
            actor = await self.identify(asked.token, Actor(address=asked.address))
        except AccessTokenInvalidError:
            raise refused from None
        if actor.user_id is None or str(actor.user_id) != asked.user:
            raise SomebodyElseError
        async with self.admission.work.read(SERVER) as ctx:
            return await entering.claims_by_user(ctx, code, actor.user_id)

    def _own(self, claims: Claims) -> Claims:
        return claims.model_copy(update={"api_key": self.admission.own_key})


@dataclass(frozen=True, slots=True)
class PlainChat:
    """Stores messages of plain clients, then sends them; where nothing lasts, only sends."""

    given: Running = field(repr=False)
    work: UnitOfWork
    engine: Engine
    crowd: Crowd
    quota: Quota

    async def write(self, claims: Claims, message: str, reply_to: UUID | None) -> None:
        """Write for somebody who is inside; raises JumpaError."""
        text = _readable(message)
        room, identity = claims.video.room, claims.identity
        (await self.given.counters.take(f"{room} {identity}", self.quota)).check()
        most = self.given.settings.rooms.message_characters
        messages.check_length(text, most)
        try:
            async with self.work.write(SERVER) as ctx:
                found = await rooms.get_for_update(ctx, room)
                await ctx.enter(found.organisation_id)
                caller = await known_as(ctx, found, identity)
                await messages.write(ctx, caller, text, reply_to, most)
        except (RoomNotFoundError, PlaceMissingError):
            await self._send(claims, text)

    async def _send(self, claims: Claims, text: str) -> None:
        """Send as LiveKit clients do, for whom no room or place has to be stored."""
        if not claims.video.may_publish_data:
            raise NotPermittedError("the token does not allow to send messages")
        stream = TextStream(
            room=claims.video.room,
            topic=CHAT_TOPIC,
            stream_id=entering.new_nonce(),
            identity=claims.identity,
            text=text,
            sent_at=self.given.clock(),
        )
        await self.engine.send_text(stream)
        self.crowd.say(stream)


@dataclass(frozen=True, slots=True)
class PlainEntry:
    """Door and chat in one; implements `Entry`."""

    door: PlainDoor
    chat: PlainChat

    async def open(self, asked: Asked) -> Claims:
        """Return with which claims somebody enters; raises JumpaError."""
        return await self.door.open(asked)

    async def write(self, claims: Claims, message: str, reply_to: UUID | None) -> None:
        """Store a message and send it to everybody; raises JumpaError."""
        await self.chat.write(claims, message, reply_to)


def _readable(message: str) -> str:
    try:
        return MessageCreate(message=message).message
    except ValidationError as error:
        reason = error.errors(include_url=False)[0]["msg"]
        raise InvalidRequestError(f"the message cannot be sent: {reason}") from error
