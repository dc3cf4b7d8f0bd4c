"""The settings of a person: one row for each that differs from what everybody begins with."""

import json

from uuid_utils.compat import uuid7

from jumpa.domains.users.models import User, UserSetting
from jumpa.domains.users.repository import SettingRepository
from jumpa.domains.users.schemas import UserSettings
from jumpa.kit.context import Context
from jumpa.kit.languages import Language


async def get(ctx: Context, user: User) -> UserSettings:
    """Return every setting; what is no longer known is left out."""
    rows = await SettingRepository(ctx.session, user.id).list_choices()
    known = UserSettings.model_fields
    return UserSettings(**{key: json.loads(value) for key, value in rows if key in known})


async def find_language(ctx: Context, user: User) -> Language | None:
    """Return the language that a person chose, if they did."""
    row = await SettingRepository(ctx.session, user.id).by_key("language")
    return UserSettings(language=json.loads(row.setting_value)).language if row else None


async def replace(ctx: Context, user: User, settings: UserSettings) -> UserSettings:
    """Keep these settings."""
    repository = SettingRepository(ctx.session, user.id)
    rows = {row.setting_key: row for row in await repository.list_all()}
    now = ctx.clock()
    for key, value in settings.model_dump(mode="json").items():
        row = rows.get(key)
        if row is None:
            row = UserSetting(id=uuid7(), user_id=user.id, setting_key=key, created_at=now)
            await repository.add(row)
        row.setting_value = json.dumps(value)
        row.updated_at = now
    user.settings_version += 1
    return settings
