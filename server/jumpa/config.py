"""Every setting, one typed tree; read once at the start and handed down by group."""

import difflib
import os
import tomllib
from collections.abc import Iterator, Mapping
from ipaddress import IPv4Address
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    IPvAnyAddress,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    NestedSecretsSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from pydantic_settings.exceptions import SettingsError as SourceError
from typing_extensions import override

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
        "JUMPA_SERVER",
    }
)

Port = Annotated[int, Field(ge=0, le=65535)]
Count = Annotated[int, Field(ge=1, le=1_000_000_000)]
Seconds = Annotated[float, Field(ge=0, le=86_400 * 366)]


class SettingsError(ValueError):
    """A setting that cannot be; the message says which and what to write instead."""


class Group(BaseModel):
    """Settings that belong together."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


def _split(value: object) -> object:
    """Take `a,b` from the environment where a file has a list."""
    if not isinstance(value, str):
        return value
    return [part.strip() for part in value.split(",") if part.strip()]


def parse_api_keys(value: object) -> object:
    """Read `key=secret` pairs from a text, a list of texts or a table."""
    pairs = _split(value)
    if not isinstance(pairs, list | tuple):
        return pairs
    keys: dict[str, str] = {}
    for number, pair in enumerate(pairs, 1):
        key, separator, secret = str(pair).partition("=")
        if not separator or not key.strip() or not secret.strip():
            raise ValueError(f"API key number {number} must be written key=secret")
        keys[key.strip()] = secret.strip()
    return keys


Texts = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
Addresses = Annotated[tuple[IPvAnyAddress, ...], NoDecode, BeforeValidator(_split)]
ApiKeys = Annotated[dict[str, SecretStr], NoDecode, BeforeValidator(parse_api_keys)]


class ServerSettings(Group):
    """Where the server listens and how it behaves there."""

    bind: IPvAnyAddress = Field(
        IPv4Address(0), description="Address to listen on; 0.0.0.0 is every one."
    )
    port: Port = Field(7880, description="Port of plain HTTP and WebSocket; 0 takes a free one.")
    https: Literal["auto", "on", "off"] = Field(
        "auto", description="Serve HTTPS as well: auto does so when `bind` is not loopback."
    )
    https_port: Port | None = Field(
        None, description="Port of HTTPS: 7443 unless set, or a free one when `port` is 0."
    )
    certificate: Path | None = Field(
        None, description="Certificate chain (PEM); without one the server makes its own."
    )
    certificate_key: Path | None = Field(None, description="Private key of the certificate (PEM).")
    trusted_proxies: Texts = Field(
        (), description="Addresses of reverse proxies whose X-Forwarded headers are believed."
    )
    body_bytes: Count = Field(65_536, description="Largest request body of the API.")
    stop_timeout_s: Seconds = Field(5, description="How long open requests may end at a stop.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="Least level that is logged."
    )
    metrics_token: SecretStr | None = Field(
        None, description="Bearer token that opens /metrics from other machines."
    )

    @model_validator(mode="after")
    def _certificate_is_whole(self) -> "ServerSettings":
        if (self.certificate is None) != (self.certificate_key is None):
            raise ValueError("certificate and certificate_key are given together or not at all")
        return self


class LimitSettings(Group):
    """Sizes and counts above which something in a live room is refused."""

    signal_frame_bytes: Count = Field(2 * 1024 * 1024, description="Largest signalling frame.")
    data_bytes: Count = Field(64 * 1024, description="Largest data packet.")
    sdp_bytes: Count = Field(256 * 1024, description="Largest session description.")
    metadata_bytes: Count = Field(512 * 1024, description="Largest metadata.")
    attributes_bytes: Count = Field(64 * 1024, description="Attributes of a participant, together.")
    name_characters: Count = Field(256, description="Longest name of a participant.")
    room_name_characters: Count = Field(256, description="Longest name of a live room.")
    identity_characters: Count = Field(256, description="Longest identity.")
    participants_per_room: Count = Field(200, description="Participants in one room.")
    tracks_per_participant: Count = Field(20, description="Tracks that one participant publishes.")
    candidates_per_participant: Count = Field(256, description="ICE candidates of a participant.")
    rooms: Count = Field(1000, description="Live rooms at the same time.")
    tracks_per_request: Count = Field(4096, description="Tracks that one request names.")
    signal_burst_bytes: Count = Field(
        8 * 1024 * 1024, description="Signalling that one client may send at once, weighed by work."
    )
    signal_bytes_per_s: Count = Field(
        512 * 1024, description="Signalling that one client may send for long, in a second."
    )
    pending_signal_bytes: Count = Field(
        8 * 1024 * 1024, description="Unsent signalling after which a slow client is dropped."
    )


class TimingSettings(Group):
    """How long live rooms and the media process wait, in seconds."""

    ping_interval_s: Seconds = Field(5, description="Between a client's pings.")
    ping_timeout_s: Seconds = Field(15, description="Silence after which a client is gone.")
    empty_timeout_s: Seconds = Field(300, description="Life of a live room that nobody entered.")
    departure_timeout_s: Seconds = Field(20, description="Life of a live room after the last left.")
    token_refresh_s: Seconds = Field(300, description="Between fresh tokens to a participant.")
    token_lifetime_s: Seconds = Field(600, description="Life of those tokens.")
    start_timeout_s: Seconds = Field(10, description="In which the media process must answer.")
    sfu_silent_s: Seconds = Field(5, description="Silence after which it is started again.")


class MediaSettings(Group):
    """How audio and video travel."""

    addresses: Addresses = Field(
        (), description="IP addresses that clients send media to; none means this machine's own."
    )
    bind: IPvAnyAddress | None = Field(
        None, description="Address to take media on; unset means all."
    )
    udp_port: Port = Field(7882, description="UDP port of media; 0 takes a free one.")
    sfu_binary: str = Field("", description="Path of jumpa-sfu; empty means the one in the wheel.")
    allow_remote_unmute: bool = Field(
        default=False, description="Whether the API may unmute people."
    )
    limits: LimitSettings = LimitSettings()
    timings: TimingSettings = TimingSettings()


class AuthSettings(Group):
    """Who may mint tokens."""

    api_keys: ApiKeys = Field({}, description="LiveKit API keys and their secrets (key=secret).")
    api_key_file: Path | None = Field(
        None, description="File with one `key=secret` or `key: secret` a line."
    )
    token_lifetime_s: Seconds = Field(600, description="Life of the tokens that guests get.")

    @field_validator("api_keys")
    @classmethod
    def _keys_are_named(cls, keys: dict[str, SecretStr]) -> dict[str, SecretStr]:
        if any(not key or not secret.get_secret_value() for key, secret in keys.items()):
            raise ValueError("an API key has a name and a secret")
        return keys


class StorageSettings(Group):
    """What is kept, and where."""

    data: Path = Field(Path("data"), description="Folder of the database and the secrets.")
    busy_timeout_s: Seconds = Field(10, description="How long a write waits for another.")


class RoomSettings(Group):
    """What guests may do with rooms."""

    title_characters: Count = Field(120, description="Longest title of a room.")
    creations_per_minute: Count = Field(60, description="Rooms that one address may create.")
    joins_per_minute: Count = Field(600, description="Tokens that one address may ask for.")
    refusals_per_minute: Count = Field(
        60, description="Unknown codes and wrong host secrets that one address may try."
    )
    limited_addresses: Count = Field(10_000, description="Addresses that the limiter remembers.")


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
    auth: AuthSettings = AuthSettings()
    storage: StorageSettings = StorageSettings()
    rooms: RoomSettings = RoomSettings()


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


def _file(file: Path | None) -> Path | None:
    chosen = file or (Path(os.environ[FILE_VARIABLE]) if os.environ.get(FILE_VARIABLE) else None)
    if chosen is None:
        return Path(FILE_NAME) if Path(FILE_NAME).is_file() else None
    if not chosen.is_file():
        raise SettingsError(f"There is no settings file at {chosen}.")
    return chosen


def _refuse_unknown_variables(environment: Mapping[str, str]) -> None:
    known = {PREFIX + name.upper().replace(".", "__") for name, _ in leaves()}
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
