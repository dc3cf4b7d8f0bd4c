"""Values that the built-in media server is given; every limit has a name."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes and counts above which a request is refused."""

    signal_frame_bytes: int = 2 * 1024 * 1024
    data_bytes: int = 64 * 1024
    sdp_bytes: int = 1024 * 1024
    metadata_bytes: int = 512 * 1024
    attributes_bytes: int = 64 * 1024
    name_characters: int = 256
    room_name_characters: int = 256
    identity_characters: int = 256
    participants_per_room: int = 200
    tracks_per_participant: int = 20
    candidates_per_participant: int = 256
    rooms: int = 1000
    tracks_per_request: int = 4096
    signal_burst_bytes: int = 8 * 1024 * 1024
    signal_bytes_per_s: int = 512 * 1024
    pending_signal_bytes: int = 8 * 1024 * 1024
    promptly_announced: int = 20


@dataclass(frozen=True, slots=True)
class Timings:
    """Seconds."""

    ping_interval_s: float = 5
    ping_timeout_s: float = 15
    empty_timeout_s: float = 300
    departure_timeout_s: float = 20
    update_batch_s: float = 0.02
    counts_batch_s: float = 1
    quality_batch_s: float = 1
    rejoin_hold_s: float = 2.3
    uplink_wait_s: float = 0.05
    resume_timeout_s: float = 15
    token_refresh_s: float = 300
    token_lifetime_s: float = 600
    start_timeout_s: float = 10
    restart_wait_s: float = 3
    restart_delay_s: float = 0.1
    restart_delay_max_s: float = 5
    healthy_after_s: float = 10
    sfu_ping_s: float = 0.5
    sfu_silent_s: float = 5
    backup_codec_s: float = 10
    quiet_visit_s: float = 3


@dataclass(frozen=True, slots=True)
class EmbeddedConfig:
    """How jumpa-sfu is started and what live rooms allow.

    `media_addresses` are IP addresses announced to clients; `udp_port` 0 takes any free port,
    and so does `tcp_port`; None is no media over TCP. Each of `workers` counts up from both.
    `heard_topics` are those of text streams that become `TextReceived`.
    """

    media_addresses: tuple[str, ...] = ("127.0.0.1",)
    bind_address: str = ""
    udp_port: int = 7882
    tcp_port: int | None = None
    workers: int = 1
    sfu_binary: str = ""
    allow_remote_unmute: bool = False
    heard_topics: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    timings: Timings = field(default_factory=Timings)
