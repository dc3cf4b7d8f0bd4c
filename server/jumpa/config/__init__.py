"""Every setting, one typed tree; read once at the start and handed down by group."""

import difflib
import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_settings import (
    BaseSettings,
    NestedSecretsSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from pydantic_settings.exceptions import SettingsError as SourceError
from typing_extensions import override

from jumpa.config.groups import (
    AccountSettings,
    AuthSettings,
    DatabaseSettings,
    Group,
    LimitSettings,
    MailSettings,
    MediaSettings,
    RateSettings,
    RoomSettings,
    ServerSettings,
    StorageSettings,
    TimingSettings,
    parse_api_keys,
)
from jumpa.config.integrations import GoogleSettings, MicrosoftSettings, SlackSettings
from jumpa.config.livekit import LivekitSettings
from jumpa.config.objects import ObjectSettings
from jumpa.config.oidc import OidcSettings, OutboundSettings
from jumpa.config.text_messages import WhatsAppSettings
from jumpa.config.webhooks import WebhookSettings
from jumpa.config.work import WorkSettings

__all__ = [
    "AccountSettings",
    "AuthSettings",
    "DatabaseSettings",
    "GoogleSettings",
    "LimitSettings",
    "LivekitSettings",
    "MailSettings",
    "MediaSettings",
    "MicrosoftSettings",
    "ObjectSettings",
    "OidcSettings",
    "OutboundSettings",
    "RateSettings",
    "RoomSettings",
    "ServerSettings",
    "Settings",
    "SettingsError",
    "SlackSettings",
    "StorageSettings",
    "TimingSettings",
    "WebhookSettings",
    "WhatsAppSettings",
    "leaves",
    "load",
    "nearest",
    "parse_api_keys",
    "variable_of",
]

PREFIX = "JUMPA_"
FILE_NAME = "jumpa.toml"
FILE_VARIABLE = "JUMPA_CONFIG"
SECRETS_VARIABLE = "JUMPA_SECRETS"
_OTHER_VARIABLES = frozenset(
    {
        FILE_VARIABLE,
        SECRETS_VARIABLE,
        "JUMPA_SFU_BINARY",
        "JUMPA_SFU_LOG",
        "JUMPA_BUILD_SKIP",
        "JUMPA_FAILPOINT",
        "JUMPA_SERVER",
    }
)


class SettingsError(ValueError):
    """A setting that cannot be; the message says which and what to write instead."""


class Settings(BaseSettings):
    """The whole tree."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        hide_input_in_errors=True,
        nested_model_default_partial_update=True,
    )

    server: ServerSettings = ServerSettings()
    media: MediaSettings = MediaSettings()
    livekit: LivekitSettings = LivekitSettings()
    auth: AuthSettings = AuthSettings()
    storage: StorageSettings = StorageSettings()
    database: DatabaseSettings = DatabaseSettings()
    objects: ObjectSettings = ObjectSettings()
    mail: MailSettings = MailSettings()
    accounts: AccountSettings = AccountSettings()
    oidc: OidcSettings = OidcSettings()
    outbound: OutboundSettings = OutboundSettings()
    rates: RateSettings = RateSettings()
    rooms: RoomSettings = RoomSettings()
    webhook: WebhookSettings = WebhookSettings()
    work: WorkSettings = WorkSettings()
    whatsapp: WhatsAppSettings = WhatsAppSettings()
    google: GoogleSettings = GoogleSettings()
    microsoft: MicrosoftSettings = MicrosoftSettings()
    slack: SlackSettings = SlackSettings()


def load(flags: Mapping[str, Any], file: Path | None = None) -> Settings:
    """Merge flags, environment, secret files, file and defaults; raises SettingsError.

    Secret files lie in the folder that JUMPA_SECRETS names, called like the variables.
    """
    _refuse_unknown_variables(os.environ)
    path = _file(file)
    secrets = os.environ.get(SECRETS_VARIABLE)
    if secrets and not Path(secrets).is_dir():
        raise SettingsError(f"{SECRETS_VARIABLE} names {secrets}, which is not a folder.")

    class Loaded(Settings):
        @classmethod
        @override
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            kept = NestedSecretsSettingsSource(file_secret_settings, secrets_dir=secrets)
            toml = TomlConfigSettingsSource(settings_cls, toml_file=path)
            return init_settings, env_settings, kept, toml

    try:
        return Loaded(**flags)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is not valid TOML: {error}.") from error
    except ValidationError as error:
        raise SettingsError(" ".join(_sentences(error))) from error
    except (SourceError, OSError) as error:
        raise SettingsError(f"The settings cannot be read: {error}.") from error


def leaves(model: type[BaseModel] = Settings, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the dotted name and the field of every setting."""
    for name, field in model.model_fields.items():
        annotation = field.annotation
        if isinstance(annotation, type) and issubclass(annotation, Group):
            yield from leaves(annotation, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", field


def variable_of(name: str) -> str:
    """Return the environment variable of a setting by its dotted name."""
    return PREFIX + name.upper().replace(".", "__")


def _file(file: Path | None) -> Path | None:
    chosen = file or (Path(os.environ[FILE_VARIABLE]) if os.environ.get(FILE_VARIABLE) else None)
    if chosen is None:
        return Path(FILE_NAME) if Path(FILE_NAME).is_file() else None
    if not chosen.is_file():
        raise SettingsError(f"There is no settings file at {chosen}.")
    return chosen


def _refuse_unknown_variables(environment: Mapping[str, str]) -> None:
    known = {variable_of(name) for name, _ in leaves()}
    groups = {name.rpartition("__")[0] for name in known} | {PREFIX + "AUTH__API_KEYS"}
    allowed = known | groups | _OTHER_VARIABLES
    for name in sorted(environment):
        if name.upper().startswith(PREFIX) and name.upper() not in allowed:
            near = nearest(name.upper(), known)
            raise SettingsError(f"There is no setting {name}{near}.")


def nearest(name: str, known: set[str]) -> str:
    """Return the known name that looks most like this one, as the end of a sentence."""
    close = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.0)
    return f"; the nearest is {close[0]}" if close else ""


def _sentences(error: ValidationError) -> Iterator[str]:
    known = {name for name, _ in leaves()}
    for problem in error.errors(include_url=False, include_input=False):
        place = ".".join(str(part) for part in problem["loc"])
        if problem["type"] == "extra_forbidden":
            yield f"There is no setting {place}{nearest(place, known)}."
        else:
            reason = problem["msg"].removeprefix("Value error, ")
            yield f"The setting {place} cannot be used: {reason}."
