"""The settings of a room, and what follows from them for each who is inside."""

import json

from uuid_utils.compat import uuid7

from jumpa.domains.rooms.events import PlaceChanged, Rights
from jumpa.domains.rooms.models import Room, RoomParticipant, RoomSetting
from jumpa.domains.rooms.repository import PlaceRepository, RoomRepository
from jumpa.domains.rooms.schemas import RoomSettings
from jumpa.domains.rooms.service.roles import Action, may, moderates, role_of
from jumpa.kit.context import Context


async def get(ctx: Context, room: Room) -> RoomSettings:
    """Return every setting; what is no longer known is left out."""
    rows = await RoomRepository(ctx.session).list_choices(room.id)
    known = RoomSettings.model_fields
    return RoomSettings(**{key: json.loads(value) for key, value in rows if key in known})


async def replace(ctx: Context, room: Room, settings: RoomSettings) -> RoomSettings:
    """Keep these settings; they hold at once for everybody inside."""
    repository = RoomRepository(ctx.session)
    rows = {row.setting_key: row for row in await repository.list_settings(room.id)}
    now = ctx.clock()
    for key, value in settings.model_dump(mode="json").items():
        row = rows.get(key)
        if row is None:
            row = RoomSetting(id=uuid7(), room_id=room.id, setting_key=key, created_at=now)
            await repository.add_setting(row)
        row.setting_value = json.dumps(value)
        row.updated_at = now
    room.settings_version += 1
    for place in await PlaceRepository(ctx.session, room.id).list_admitted():
        ctx.emit(changed(room, place, settings))
    return settings


def rights_of(place: RoomParticipant, settings: RoomSettings) -> Rights:
    """Return what somebody may do: the role first, then their own restrictions, then the room."""
    role = role_of(place)

    def allowed(action: Action, who: str, own: bool | None) -> bool:  # noqa: FBT001  # three states
        if not may(role, action):
            return False
        return own if own is not None else who == "everybody" or moderates(role)

    return Rights(
        speak=allowed(Action.SPEAK, settings.who_may_unmute, place.may_speak),
        show=allowed(Action.SHOW, settings.who_may_use_camera, None),
        share=allowed(Action.SHARE, settings.who_may_share, place.may_share),
        chat=allowed(Action.CHAT, settings.who_may_chat, place.may_chat),
        react=allowed(Action.REACT, settings.who_may_react, None),
        rename=allowed(Action.RENAME, settings.who_may_rename, None),
    )


def changed(room: Room, place: RoomParticipant, settings: RoomSettings) -> PlaceChanged:
    """Return the event that brings the live room up to date with a place."""
    rights = rights_of(place, settings)
    shown = attributes_of(place, rights)
    return PlaceChanged(
        room.code,
        place.identity,
        role_of(place),
        shown.get("hand", ""),
        shown.get("pinned", ""),
        shown.get("restricted", ""),
        rights,
    )


def attributes_of(place: RoomParticipant, rights: Rights) -> dict[str, str]:
    """Return what LiveKit clients read of a place.

    The role, since when its hand or pin is up, and what it may not that no permission says.
    """
    since = {"hand": place.hand_raised_at, "pinned": place.pinned_at}
    own = {"react": rights.react, "rename": rights.rename}
    held = " ".join(name for name, is_allowed in own.items() if not is_allowed)
    restricted = {"restricted": held} if held else {}
    return (
        {"role": str(role_of(place))}
        | restricted
        | {
            name: moment.isoformat().replace("+00:00", "Z")
            for name, moment in since.items()
            if moment is not None
        }
    )
