"""Reactions: signs at messages, given and taken back."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response

from jumpa.domains.chat.endpoints.doors import AnyEntry
from jumpa.domains.chat.endpoints.messages import WRITING
from jumpa.domains.chat.errors import MessageNotFoundError, TooManyReactionsError
from jumpa.domains.chat.schemas import Emoji
from jumpa.domains.chat.service import messages, reactions
from jumpa.domains.rooms.service.roles import Action
from jumpa.kit.http.problems import declared

Sign = Annotated[Emoji, Path(description="One emoji.")]

router = APIRouter(prefix="/messages/{message_id}/reactions")


@router.put(
    "/{emoji}",
    status_code=204,
    responses=declared(*WRITING, MessageNotFoundError, TooManyReactionsError),
)
async def add_reaction(entry: AnyEntry, code: str, message_id: UUID, emoji: Sign) -> Response:
    """React to a message; doing so twice changes nothing."""
    async with entry.write(code, Action.CHAT) as (ctx, caller):
        message = await messages.get(ctx, caller, message_id)
        await reactions.add(ctx, caller, message, emoji)
    return Response(status_code=204)


@router.delete("/{emoji}", status_code=204, responses=declared(*WRITING, MessageNotFoundError))
async def remove_reaction(entry: AnyEntry, code: str, message_id: UUID, emoji: Sign) -> Response:
    """Take your reaction back."""
    async with entry.write(code, Action.CHAT) as (ctx, caller):
        message = await messages.get(ctx, caller, message_id)
        await reactions.remove(ctx, caller, message, emoji)
    return Response(status_code=204)
