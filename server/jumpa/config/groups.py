"""The settings, by group; every one has a default that works on a laptop."""

import re
from ipaddress import IPv4Address
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    IPvAnyAddress,
    SecretStr,
    field_validator,
    model_validator,
)
from pydantic_settings import NoDecode

Port = Annotated[int, Field(ge=0, le=65535)]
Count = Annotated[int, Field(ge=1, le=1_000_000_000)]
Seconds = Annotated[float, Field(ge=0, le=86_400 * 366)]

_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?")


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


def _is_origin(values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        if not _ORIGIN.fullmatch(value):
            raise ValueError(
                f"{value!r} is not an origin; one is written https://host or with :port"
            )
    return values


Origins = Annotated[Texts, AfterValidator(_is_origin)]
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
    request_timeout_s: Seconds = Field(30, description="Longest time that the API works on one.")
    allowed_origins: Texts = Field(
        (), description="Origins of other web apps that may use the API, as https://host."
    )
    embedding_origins: Origins = Field(
        (), description="Origins of pages that may show meetings in a frame, as https://host."
    )
    stop_timeout_s: Seconds = Field(5, description="How long open requests may end at a stop.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="Least level that is logged."
    )
    metrics_token: SecretStr | None = Field(
        None, description="Bearer token that opens /metrics from other machines."
    )

    @property
    def serves_https(self) -> bool:
        """Whether there is HTTPS: with a certificate, or when others can reach us."""
        if self.https == "auto":
            return not self.bind.is_loopback or self.certificate is not None
        return self.https == "on"

    @model_validator(mode="after")
    def _certificate_is_whole(self) -> "ServerSettings":
        if (self.certificate is None) != (self.certificate_key is None):
            raise ValueError("certificate and certificate_key are given together or not at all")
        return self


class LimitSettings(Group):
    """Sizes and counts above which something in a live room is refused."""

    signal_frame_bytes: Count = Field(2 * 1024 * 1024, description="Largest signalling frame.")
    data_bytes: Count = Field(64 * 1024, description="Largest data packet.")
    sdp_bytes: Count = Field(1024 * 1024, description="Largest session description.")
    metadata_bytes: Count = Field(512 * 1024, description="Largest metadata.")
    attributes_bytes: Count = Field(64 * 1024, description="Attributes of a participant, together.")
    name_characters: Count = Field(256, description="Longest name of a participant.")
    room_name_characters: Count = Field(256, description="Longest name of a live room.")
    identity_characters: Count = Field(256, description="Longest identity.")
    participants_per_room: Count = Field(200, description="Participants in one room.")
    promptly_announced: Count = Field(
        20, description="In larger rooms, who publishes nothing is told of some seconds later."
    )
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
    resume_timeout_s: Seconds = Field(
        15, description="In which a client whose signal connection broke keeps its place."
    )
    empty_timeout_s: Seconds = Field(300, description="Life of a live room that nobody entered.")
    departure_timeout_s: Seconds = Field(20, description="Life of a live room after the last left.")
    token_refresh_s: Seconds = Field(300, description="Between fresh tokens to a participant.")
    token_lifetime_s: Seconds = Field(600, description="Life of those tokens.")
    start_timeout_s: Seconds = Field(10, description="In which the media process must answer.")
    sfu_silent_s: Seconds = Field(5, description="Silence after which it is started again.")


class MediaSettings(Group):
    """How audio and video travel."""

    engine: Literal["embedded", "livekit"] = Field(
        "embedded", description="What holds calls: this server, or the one of `livekit.url`."
    )
    addresses: Addresses = Field(
        (), description="IP addresses that clients send media to; none means this machine's own."
    )
    bind: IPvAnyAddress | None = Field(
        None, description="Address to take media on; unset means all."
    )
    udp_port: Port = Field(7882, description="UDP port of media; 0 takes a free one.")
    tcp: bool = Field(
        default=True, description="Whether media may travel by TCP where a network blocks UDP."
    )
    tcp_port: Port | None = Field(
        None, description="TCP port of media; unset means 7881, or a free one with `udp_port` 0."
    )
    workers: int = Field(
        1,
        ge=1,
        le=256,
        description="Threads that carry media. Each has ports of its own, counting up from these.",
    )
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
    reactions_per_minute: Count = Field(
        120, description="Reactions that one person may let float by."
    )
    ratings_per_minute: Count = Field(
        20, description="How often one person may say how their meeting was."
    )
    passwords_per_hour: Count = Field(
        100, description="Passwords that one address may try at one room."
    )
    spread_passwords_per_hour: Count = Field(
        500, description="Passwords that all addresses together may try at one room."
    )
    connection_tests_per_minute: Count = Field(
        20, description="Connection tests that one address may begin."
    )
    spread_connection_tests_per_minute: Count = Field(
        120, description="Connection tests that all addresses together may begin."
    )
    limited_addresses: Count = Field(10_000, description="Addresses that the limiter remembers.")
    message_characters: int = Field(4000, ge=1, le=20_000, description="Longest message.")
    file_bytes: Count = Field(25 * 1024 * 1024, description="Largest file that is sent in a room.")
    invitations: Count = Field(200, description="People who are invited to one meeting.")
    all_file_bytes: Count = Field(
        1024**3 // 2, description="Files that one room keeps, together; more are refused."
    )


class DatabaseSettings(Group):
    """Which database; unset means one file in the data folder."""

    url: SecretStr | None = Field(
        None, description="PostgreSQL server, as postgresql://user:password@host/name."
    )
    pool_size: Count = Field(10, description="Connections to PostgreSQL at the same time.")


class MailSettings(Group):
    """How letters leave; without a host they lie in the folder `outbox` of the data."""

    host: str = Field("", description="SMTP server; empty writes letters to files.")
    port: Port = Field(587, description="Port of the SMTP server.")
    security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="How the way to the SMTP server is encrypted."
    )
    user: str = Field("", description="Name at the SMTP server; empty signs in nowhere.")
    password: SecretStr | None = Field(None, description="Password at the SMTP server.")
    sender: str = Field("Jumpa <jumpa@localhost>", description="From whom letters come.")
    timeout_s: Seconds = Field(20, description="How long the SMTP server may take.")
    attempts: Count = Field(12, description="Tries after which a letter is given up.")


class AccountSettings(Group):
    """How people sign up and stay signed in."""

    registration: Literal["open", "closed"] = Field(
        "open", description="Whether anybody may register, or administrators add people."
    )
    public_url: str = Field(
        "", description="Address of the web app in letters; empty takes http://localhost:<port>."
    )
    access_token_s: Seconds = Field(900, description="Life of an access token.")
    refresh_token_s: Seconds = Field(
        7 * 86_400, description="Silence after which a session has ended."
    )
    session_s: Seconds = Field(30 * 86_400, description="Longest life of a session.")
    refresh_grace_s: Seconds = Field(
        10, description="In which two tabs may both use one refresh token."
    )
    verification_s: Seconds = Field(86_400, description="Life of a link that proves an address.")
    invitation_s: Seconds = Field(
        7 * 86_400, description="Life of a link that invites somebody to the organisation."
    )
    reset_s: Seconds = Field(1800, description="Life of a link that resets a password.")
    password_characters: Count = Field(8, description="Shortest password.")
    password_strength: int = Field(
        2, ge=0, le=4, description="Weakest password that is taken, by zxcvbn's measure of 0 to 4."
    )
    hashing_threads: Count = Field(2, description="Passwords that are hashed at the same time.")
    avatar_bytes: Count = Field(2 * 1024 * 1024, description="Largest picture that is uploaded.")
    avatar_pixels: Count = Field(256, description="Side of the picture that is kept.")
    export_s: Seconds = Field(
        7 * 86_400, description="How long the file of somebody's own data can be fetched."
    )


class RateSettings(Group):
    """How often one address or person may ask, in a minute."""

    redis_url: SecretStr | None = Field(
        None, description="Redis or Valkey that counts for several servers; unset counts here."
    )
    requests_per_minute: Count = Field(3000, description="Requests to the API from one address.")
    logins_per_minute: Count = Field(20, description="Attempts to sign in from one address.")
    logins_per_account: Count = Field(
        5, description="Attempts to sign in to one account from one address."
    )
    spread_logins_per_account: Count = Field(
        100, description="Attempts to sign in to one account from all addresses together."
    )
    registrations_per_minute: Count = Field(10, description="Registrations from one address.")
    letters_per_minute: Count = Field(
        3, description="Letters to one address that anybody may ask for."
    )
    messages_per_minute: Count = Field(
        120, description="Messages, edits and reactions of one person."
    )
    searches_per_minute: Count = Field(30, description="Searches by one person.")
    refreshes_per_minute: Count = Field(60, description="Refreshes from one address.")
    uploads_per_minute: Count = Field(10, description="Pictures uploaded by one person.")
    files_per_minute: Count = Field(30, description="Files that one person sends into a room.")
    exports_per_day: Count = Field(
        3, description="Files of their own data that one person asks for, in a day."
    )
    plans_per_minute: Count = Field(30, description="Meetings that one person plans.")
    guests_per_minute: Count = Field(60, description="Guest links that one address may open.")
    codes_per_hour: Count = Field(
        5, description="Codes to telephones that one person, or one number, may ask for."
    )
    connections_per_minute: Count = Field(
        10, description="Connections to services of others that one person begins."
    )
    commands_per_minute: Count = Field(30, description="Slash commands of one Slack workspace.")
    invitations_per_hour: Count = Field(
        500, description="People whom one person invites to meetings, or to the organisation."
    )
