"""The doors to messages over HTTP."""

from fastapi import APIRouter

from jumpa.domains.chat.endpoints import doors, files, messages, reactions, retention

ChatParts = doors.ChatParts

router = APIRouter(prefix="/rooms/{code}", tags=["chat"])
for _part in (messages, files, reactions, retention):
    router.include_router(_part.router)
