from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Version(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    VERSION_UNSPECIFIED: _ClassVar[Version]
    VERSION_CURRENT: _ClassVar[Version]

class Target(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TARGET_PUBLISHER: _ClassVar[Target]
    TARGET_SUBSCRIBER: _ClassVar[Target]

class Kind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    KIND_AUDIO: _ClassVar[Kind]
    KIND_VIDEO: _ClassVar[Kind]
VERSION_UNSPECIFIED: Version
VERSION_CURRENT: Version
TARGET_PUBLISHER: Target
TARGET_SUBSCRIBER: Target
KIND_AUDIO: Kind
KIND_VIDEO: Kind

class Command(_message.Message):
    __slots__ = ("configure", "ping", "add_participant", "remove_participant", "close_room", "add_track", "remove_track", "set_track_muted", "publisher_offer", "subscriber_answer", "add_ice_candidate", "subscribe", "unsubscribe", "set_track_settings", "send_data", "set_permission", "restart_ice", "limit_bandwidth")
    CONFIGURE_FIELD_NUMBER: _ClassVar[int]
    PING_FIELD_NUMBER: _ClassVar[int]
    ADD_PARTICIPANT_FIELD_NUMBER: _ClassVar[int]
    REMOVE_PARTICIPANT_FIELD_NUMBER: _ClassVar[int]
    CLOSE_ROOM_FIELD_NUMBER: _ClassVar[int]
    ADD_TRACK_FIELD_NUMBER: _ClassVar[int]
    REMOVE_TRACK_FIELD_NUMBER: _ClassVar[int]
    SET_TRACK_MUTED_FIELD_NUMBER: _ClassVar[int]
    PUBLISHER_OFFER_FIELD_NUMBER: _ClassVar[int]
    SUBSCRIBER_ANSWER_FIELD_NUMBER: _ClassVar[int]
    ADD_ICE_CANDIDATE_FIELD_NUMBER: _ClassVar[int]
    SUBSCRIBE_FIELD_NUMBER: _ClassVar[int]
    UNSUBSCRIBE_FIELD_NUMBER: _ClassVar[int]
    SET_TRACK_SETTINGS_FIELD_NUMBER: _ClassVar[int]
    SEND_DATA_FIELD_NUMBER: _ClassVar[int]
    SET_PERMISSION_FIELD_NUMBER: _ClassVar[int]
    RESTART_ICE_FIELD_NUMBER: _ClassVar[int]
    LIMIT_BANDWIDTH_FIELD_NUMBER: _ClassVar[int]
    configure: Configure
    ping: Ping
    add_participant: AddParticipant
    remove_participant: RemoveParticipant
    close_room: CloseRoom
    add_track: AddTrack
    remove_track: RemoveTrack
    set_track_muted: SetTrackMuted
    publisher_offer: PublisherOffer
    subscriber_answer: SubscriberAnswer
    add_ice_candidate: AddIceCandidate
    subscribe: Subscribe
    unsubscribe: Unsubscribe
    set_track_settings: SetTrackSettings
    send_data: SendData
    set_permission: SetPermission
    restart_ice: RestartIce
    limit_bandwidth: LimitBandwidth
    def __init__(self, configure: _Optional[_Union[Configure, _Mapping]] = ..., ping: _Optional[_Union[Ping, _Mapping]] = ..., add_participant: _Optional[_Union[AddParticipant, _Mapping]] = ..., remove_participant: _Optional[_Union[RemoveParticipant, _Mapping]] = ..., close_room: _Optional[_Union[CloseRoom, _Mapping]] = ..., add_track: _Optional[_Union[AddTrack, _Mapping]] = ..., remove_track: _Optional[_Union[RemoveTrack, _Mapping]] = ..., set_track_muted: _Optional[_Union[SetTrackMuted, _Mapping]] = ..., publisher_offer: _Optional[_Union[PublisherOffer, _Mapping]] = ..., subscriber_answer: _Optional[_Union[SubscriberAnswer, _Mapping]] = ..., add_ice_candidate: _Optional[_Union[AddIceCandidate, _Mapping]] = ..., subscribe: _Optional[_Union[Subscribe, _Mapping]] = ..., unsubscribe: _Optional[_Union[Unsubscribe, _Mapping]] = ..., set_track_settings: _Optional[_Union[SetTrackSettings, _Mapping]] = ..., send_data: _Optional[_Union[SendData, _Mapping]] = ..., set_permission: _Optional[_Union[SetPermission, _Mapping]] = ..., restart_ice: _Optional[_Union[RestartIce, _Mapping]] = ..., limit_bandwidth: _Optional[_Union[LimitBandwidth, _Mapping]] = ...) -> None: ...

class Event(_message.Message):
    __slots__ = ("ready", "failed", "pong", "publisher_answer", "subscriber_offer", "connected", "participant_failed", "refused", "track_negotiated", "track_started", "speakers_changed", "subscription_started", "track_ended", "data_received", "path_measured", "layers_wanted", "media_sections_required", "stream_paused")
    READY_FIELD_NUMBER: _ClassVar[int]
    FAILED_FIELD_NUMBER: _ClassVar[int]
    PONG_FIELD_NUMBER: _ClassVar[int]
    PUBLISHER_ANSWER_FIELD_NUMBER: _ClassVar[int]
    SUBSCRIBER_OFFER_FIELD_NUMBER: _ClassVar[int]
    CONNECTED_FIELD_NUMBER: _ClassVar[int]
    PARTICIPANT_FAILED_FIELD_NUMBER: _ClassVar[int]
    REFUSED_FIELD_NUMBER: _ClassVar[int]
    TRACK_NEGOTIATED_FIELD_NUMBER: _ClassVar[int]
    TRACK_STARTED_FIELD_NUMBER: _ClassVar[int]
    SPEAKERS_CHANGED_FIELD_NUMBER: _ClassVar[int]
    SUBSCRIPTION_STARTED_FIELD_NUMBER: _ClassVar[int]
    TRACK_ENDED_FIELD_NUMBER: _ClassVar[int]
    DATA_RECEIVED_FIELD_NUMBER: _ClassVar[int]
    PATH_MEASURED_FIELD_NUMBER: _ClassVar[int]
    LAYERS_WANTED_FIELD_NUMBER: _ClassVar[int]
    MEDIA_SECTIONS_REQUIRED_FIELD_NUMBER: _ClassVar[int]
    STREAM_PAUSED_FIELD_NUMBER: _ClassVar[int]
    ready: Ready
    failed: Failed
    pong: Pong
    publisher_answer: PublisherAnswer
    subscriber_offer: SubscriberOffer
    connected: Connected
    participant_failed: ParticipantFailed
    refused: Refused
    track_negotiated: TrackNegotiated
    track_started: TrackStarted
    speakers_changed: SpeakersChanged
    subscription_started: SubscriptionStarted
    track_ended: TrackEnded
    data_received: DataReceived
    path_measured: PathMeasured
    layers_wanted: LayersWanted
    media_sections_required: MediaSectionsRequired
    stream_paused: StreamPaused
    def __init__(self, ready: _Optional[_Union[Ready, _Mapping]] = ..., failed: _Optional[_Union[Failed, _Mapping]] = ..., pong: _Optional[_Union[Pong, _Mapping]] = ..., publisher_answer: _Optional[_Union[PublisherAnswer, _Mapping]] = ..., subscriber_offer: _Optional[_Union[SubscriberOffer, _Mapping]] = ..., connected: _Optional[_Union[Connected, _Mapping]] = ..., participant_failed: _Optional[_Union[ParticipantFailed, _Mapping]] = ..., refused: _Optional[_Union[Refused, _Mapping]] = ..., track_negotiated: _Optional[_Union[TrackNegotiated, _Mapping]] = ..., track_started: _Optional[_Union[TrackStarted, _Mapping]] = ..., speakers_changed: _Optional[_Union[SpeakersChanged, _Mapping]] = ..., subscription_started: _Optional[_Union[SubscriptionStarted, _Mapping]] = ..., track_ended: _Optional[_Union[TrackEnded, _Mapping]] = ..., data_received: _Optional[_Union[DataReceived, _Mapping]] = ..., path_measured: _Optional[_Union[PathMeasured, _Mapping]] = ..., layers_wanted: _Optional[_Union[LayersWanted, _Mapping]] = ..., media_sections_required: _Optional[_Union[MediaSectionsRequired, _Mapping]] = ..., stream_paused: _Optional[_Union[StreamPaused, _Mapping]] = ...) -> None: ...

class Configure(_message.Message):
    __slots__ = ("version", "media_addresses", "bind_address", "udp_port", "max_data_bytes", "max_sdp_bytes", "max_tracks_per_participant", "heard_topics", "tcp_port", "workers")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    MEDIA_ADDRESSES_FIELD_NUMBER: _ClassVar[int]
    BIND_ADDRESS_FIELD_NUMBER: _ClassVar[int]
    UDP_PORT_FIELD_NUMBER: _ClassVar[int]
    MAX_DATA_BYTES_FIELD_NUMBER: _ClassVar[int]
    MAX_SDP_BYTES_FIELD_NUMBER: _ClassVar[int]
    MAX_TRACKS_PER_PARTICIPANT_FIELD_NUMBER: _ClassVar[int]
    HEARD_TOPICS_FIELD_NUMBER: _ClassVar[int]
    TCP_PORT_FIELD_NUMBER: _ClassVar[int]
    WORKERS_FIELD_NUMBER: _ClassVar[int]
    version: int
    media_addresses: _containers.RepeatedScalarFieldContainer[str]
    bind_address: str
    udp_port: int
    max_data_bytes: int
    max_sdp_bytes: int
    max_tracks_per_participant: int
    heard_topics: _containers.RepeatedScalarFieldContainer[str]
    tcp_port: int
    workers: int
    def __init__(self, version: _Optional[int] = ..., media_addresses: _Optional[_Iterable[str]] = ..., bind_address: _Optional[str] = ..., udp_port: _Optional[int] = ..., max_data_bytes: _Optional[int] = ..., max_sdp_bytes: _Optional[int] = ..., max_tracks_per_participant: _Optional[int] = ..., heard_topics: _Optional[_Iterable[str]] = ..., tcp_port: _Optional[int] = ..., workers: _Optional[int] = ...) -> None: ...

class Ready(_message.Message):
    __slots__ = ("version", "build", "addresses", "tcp_addresses")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    BUILD_FIELD_NUMBER: _ClassVar[int]
    ADDRESSES_FIELD_NUMBER: _ClassVar[int]
    TCP_ADDRESSES_FIELD_NUMBER: _ClassVar[int]
    version: int
    build: str
    addresses: _containers.RepeatedScalarFieldContainer[str]
    tcp_addresses: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, version: _Optional[int] = ..., build: _Optional[str] = ..., addresses: _Optional[_Iterable[str]] = ..., tcp_addresses: _Optional[_Iterable[str]] = ...) -> None: ...

class Failed(_message.Message):
    __slots__ = ("code", "message")
    CODE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    code: str
    message: str
    def __init__(self, code: _Optional[str] = ..., message: _Optional[str] = ...) -> None: ...

class Ping(_message.Message):
    __slots__ = ("nonce",)
    NONCE_FIELD_NUMBER: _ClassVar[int]
    nonce: int
    def __init__(self, nonce: _Optional[int] = ...) -> None: ...

class Pong(_message.Message):
    __slots__ = ("nonce", "workers")
    NONCE_FIELD_NUMBER: _ClassVar[int]
    WORKERS_FIELD_NUMBER: _ClassVar[int]
    nonce: int
    workers: _containers.RepeatedCompositeFieldContainer[WorkerStatus]
    def __init__(self, nonce: _Optional[int] = ..., workers: _Optional[_Iterable[_Union[WorkerStatus, _Mapping]]] = ...) -> None: ...

class WorkerStatus(_message.Message):
    __slots__ = ("index", "tick_age_ms", "rooms", "participants", "tracks", "subscriptions", "packets_in", "packets_out", "bytes_in", "bytes_out", "datagrams_unknown", "sends", "retransmissions", "keyframe_requests", "data_packets", "datagrams_dropped")
    INDEX_FIELD_NUMBER: _ClassVar[int]
    TICK_AGE_MS_FIELD_NUMBER: _ClassVar[int]
    ROOMS_FIELD_NUMBER: _ClassVar[int]
    PARTICIPANTS_FIELD_NUMBER: _ClassVar[int]
    TRACKS_FIELD_NUMBER: _ClassVar[int]
    SUBSCRIPTIONS_FIELD_NUMBER: _ClassVar[int]
    PACKETS_IN_FIELD_NUMBER: _ClassVar[int]
    PACKETS_OUT_FIELD_NUMBER: _ClassVar[int]
    BYTES_IN_FIELD_NUMBER: _ClassVar[int]
    BYTES_OUT_FIELD_NUMBER: _ClassVar[int]
    DATAGRAMS_UNKNOWN_FIELD_NUMBER: _ClassVar[int]
    SENDS_FIELD_NUMBER: _ClassVar[int]
    RETRANSMISSIONS_FIELD_NUMBER: _ClassVar[int]
    KEYFRAME_REQUESTS_FIELD_NUMBER: _ClassVar[int]
    DATA_PACKETS_FIELD_NUMBER: _ClassVar[int]
    DATAGRAMS_DROPPED_FIELD_NUMBER: _ClassVar[int]
    index: int
    tick_age_ms: int
    rooms: int
    participants: int
    tracks: int
    subscriptions: int
    packets_in: int
    packets_out: int
    bytes_in: int
    bytes_out: int
    datagrams_unknown: int
    sends: int
    retransmissions: int
    keyframe_requests: int
    data_packets: int
    datagrams_dropped: int
    def __init__(self, index: _Optional[int] = ..., tick_age_ms: _Optional[int] = ..., rooms: _Optional[int] = ..., participants: _Optional[int] = ..., tracks: _Optional[int] = ..., subscriptions: _Optional[int] = ..., packets_in: _Optional[int] = ..., packets_out: _Optional[int] = ..., bytes_in: _Optional[int] = ..., bytes_out: _Optional[int] = ..., datagrams_unknown: _Optional[int] = ..., sends: _Optional[int] = ..., retransmissions: _Optional[int] = ..., keyframe_requests: _Optional[int] = ..., data_packets: _Optional[int] = ..., datagrams_dropped: _Optional[int] = ...) -> None: ...

class AddParticipant(_message.Message):
    __slots__ = ("room_sid", "participant_sid", "identity", "name", "permission", "hidden", "stream_per_track", "single_connection", "tcp_only")
    ROOM_SID_FIELD_NUMBER: _ClassVar[int]
    PARTICIPANT_SID_FIELD_NUMBER: _ClassVar[int]
    IDENTITY_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    PERMISSION_FIELD_NUMBER: _ClassVar[int]
    HIDDEN_FIELD_NUMBER: _ClassVar[int]
    STREAM_PER_TRACK_FIELD_NUMBER: _ClassVar[int]
    SINGLE_CONNECTION_FIELD_NUMBER: _ClassVar[int]
    TCP_ONLY_FIELD_NUMBER: _ClassVar[int]
    room_sid: str
    participant_sid: str
    identity: str
    name: str
    permission: Permission
    hidden: bool
    stream_per_track: bool
    single_connection: bool
    tcp_only: bool
    def __init__(self, room_sid: _Optional[str] = ..., participant_sid: _Optional[str] = ..., identity: _Optional[str] = ..., name: _Optional[str] = ..., permission: _Optional[_Union[Permission, _Mapping]] = ..., hidden: _Optional[bool] = ..., stream_per_track: _Optional[bool] = ..., single_connection: _Optional[bool] = ..., tcp_only: _Optional[bool] = ...) -> None: ...

class Permission(_message.Message):
    __slots__ = ("can_publish", "can_subscribe", "can_publish_data")
    CAN_PUBLISH_FIELD_NUMBER: _ClassVar[int]
    CAN_SUBSCRIBE_FIELD_NUMBER: _ClassVar[int]
    CAN_PUBLISH_DATA_FIELD_NUMBER: _ClassVar[int]
    can_publish: bool
    can_subscribe: bool
    can_publish_data: bool
    def __init__(self, can_publish: _Optional[bool] = ..., can_subscribe: _Optional[bool] = ..., can_publish_data: _Optional[bool] = ...) -> None: ...

class SetPermission(_message.Message):
    __slots__ = ("participant_sid", "permission")
    PARTICIPANT_SID_FIELD_NUMBER: _ClassVar[int]
    PERMISSION_FIELD_NUMBER: _ClassVar[int]
    participant_sid: str
    permission: Permission
    def __init__(self, participant_sid: _Optional[str] = ..., permission: _Optional[_Union[Permission, _Mapping]] = ...) -> None: ...

class RemoveParticipant(_message.Message):
    __slots__ = ("participant_sid",)
    PARTICIPANT_SID_FIELD_NUMBER: _ClassVar[int]
    participant_sid: str
    def __init__(self, participant_sid: _Optional[str] = ...) -> None: ...

class CloseRoom(_message.Message):
    __slots__ = ("room_sid",)
    ROOM_SID_FIELD_NUMBER: _ClassVar[int]
    room_sid: str
    def __init__(self, room_sid: _Optional[str] = ...) -> None: ...

class PublisherOffer(_message.Message):
    __slots__ = ("participant_sid", "id", "sdp")
    PARTICIPANT_SID_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    SDP_FIELD_NUMBER: _ClassVar[int]
    participant_sid: str
    id: int
    sdp: str
    def __init__(self, participant_sid: _Optional[str] = ..., id: _Optional[int] = ..., sdp: _Optional[str] = ...) -> None: ...

class PublisherAnswer(_message.Message):
    __slots__ = ("participant_sid", "id", "sdp", "mid_to_track_sid")
    class MidToTrackSidEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    PARTICIPANT_SID_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    SDP_FIELD_NUMBER: _ClassVar[int]
    MID_TO_TRACK_SID_FIELD_NUMBER: _ClassVar[int]
    participant_sid: str
    id: int
    sdp: str
    mid_to_track_sid: _containers.ScalarMap[str, str]
    def __init__(self, participant_sid: _Optional[str] = ..., id: _Optional[int] = ..., sdp: _Optional[str] = ..., mid_to_track_sid: _Optional[_Mapping[str, str]] = ...) -> None: ...

class MediaSectionsRequired(_message.Message):
    __slots__ = ("participant_sid", "audios", "videos")
    PARTICIPANT_SID_FIELD_NUMBER: _ClassVar[int]
    AUDIOS_FIELD_NUMBER: _ClassVar[int]
    VIDEOS_FIELD_NUMBER: _ClassVar[int]
    participant_sid: str
    audios: int
    videos: int
    def __init__(self, participant_sid: _Optional[str] = ..., audios: _Optional[int] = ..., videos: _Optional[int] = ...) -> None: ...

class SubscriberOffer(_message.Message):
    __slots__ = ("participant_sid", "id", "sdp")
    PARTICIPANT_SID_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    SDP_FIELD_NUMBER: _ClassVar[int]
    participant_sid: str
    id: int
    sdp: str
    def __init__(self, participant_sid: _Optional[str] = ..., id: _Optional[int] = ..., sdp: _Optional[str] = ...) -> None: ...

class SubscriberAnswer(_message.Message):
    __slots__ = ("participant_sid", "id", "sdp")
    PARTICIPANT_SID_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    SDP_FIELD_NUMBER: _ClassVar[int]
    participant_sid: str
    id: int
    sdp: str
    def __init__(self, participant_sid: _Optional[str] = ..., id: _Optional[int] = ..., sdp: _Optional[str] = ...) -> None: ...

class RestartIce(_message.Message):
    __slots__ = ("participant_sid",)
    PARTICIPANT_SID_FIELD_NUMBER: _ClassVar[int]
    participant_sid: str
    def __init__(self, participant_sid: _Optional[str] = ...) -> None: ...

class LimitBandwidth(_message.Message):
    __slots__ = ("participant_sid", "bytes_per_s")
    PARTICIPANT_SID_FIELD_NUMBER: _ClassVar[int]
    BYTES_PER_S_FIELD_NUMBER: _ClassVar[int]
    participant_sid: str
    bytes_per_s: int
    def __init__(self, participant_sid: _Optional[str] = ..., bytes_per_s: _Optional[int] = ...) -> None: ...

class AddIceCandidate(_message.Message):
    __slots__ = ("participant_sid", "target", "candidate")
    PARTICIPANT_SID_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    CANDIDATE_FIELD_NUMBER: _ClassVar[int]
    participant_sid: str
    target: Target
    candidate: str
    def __init__(self, participant_sid: _Optional[str] = ..., target: _Optional[_Union[Target, str]] = ..., candidate: _Optional[str] = ...) -> None: ...

class Connected(_message.Message):
    __slots__ = ("participant_sid", "target")
    PARTICIPANT_SID_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    participant_sid: str
    target: Target
    def __init__(self, participant_sid: _Optional[str] = ..., target: _Optional[_Union[Target, str]] = ...) -> None: ...

class ParticipantFailed(_message.Message):
    __slots__ = ("participant_sid", "reason", "code", "message")
    class Reason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        REASON_UNSPECIFIED: _ClassVar[ParticipantFailed.Reason]
        REASON_BAD_INPUT: _ClassVar[ParticipantFailed.Reason]
        REASON_CONNECTION_LOST: _ClassVar[ParticipantFailed.Reason]
        REASON_INTERNAL: _ClassVar[ParticipantFailed.Reason]
    REASON_UNSPECIFIED: ParticipantFailed.Reason
    REASON_BAD_INPUT: ParticipantFailed.Reason
    REASON_CONNECTION_LOST: ParticipantFailed.Reason
    REASON_INTERNAL: ParticipantFailed.Reason
    PARTICIPANT_SID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    participant_sid: str
    reason: ParticipantFailed.Reason
    code: str
    message: str
    def __init__(self, participant_sid: _Optional[str] = ..., reason: _Optional[_Union[ParticipantFailed.Reason, str]] = ..., code: _Optional[str] = ..., message: _Optional[str] = ...) -> None: ...

class Refused(_message.Message):
    __slots__ = ("participant_sid", "track_sid", "code", "message")
    PARTICIPANT_SID_FIELD_NUMBER: _ClassVar[int]
    TRACK_SID_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    participant_sid: str
    track_sid: str
    code: str
    message: str
    def __init__(self, participant_sid: _Optional[str] = ..., track_sid: _Optional[str] = ..., code: _Optional[str] = ..., message: _Optional[str] = ...) -> None: ...

class AddTrack(_message.Message):
    __slots__ = ("participant_sid", "track_sid", "cid", "kind", "stream", "dtx", "stereo", "muted", "layers", "codec", "no_red", "shown_as", "is_screen", "encrypted")
    PARTICIPANT_SID_FIELD_NUMBER: _ClassVar[int]
    TRACK_SID_FIELD_NUMBER: _ClassVar[int]
    CID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    STREAM_FIELD_NUMBER: _ClassVar[int]
    DTX_FIELD_NUMBER: _ClassVar[int]
    STEREO_FIELD_NUMBER: _ClassVar[int]
    MUTED_FIELD_NUMBER: _ClassVar[int]
    LAYERS_FIELD_NUMBER: _ClassVar[int]
    CODEC_FIELD_NUMBER: _ClassVar[int]
    NO_RED_FIELD_NUMBER: _ClassVar[int]
    SHOWN_AS_FIELD_NUMBER: _ClassVar[int]
    IS_SCREEN_FIELD_NUMBER: _ClassVar[int]
    ENCRYPTED_FIELD_NUMBER: _ClassVar[int]
    participant_sid: str
    track_sid: str
    cid: str
    kind: Kind
    stream: str
    dtx: bool
    stereo: bool
    muted: bool
    layers: _containers.RepeatedCompositeFieldContainer[Layer]
    codec: str
    no_red: bool
    shown_as: str
    is_screen: bool
    encrypted: bool
    def __init__(self, participant_sid: _Optional[str] = ..., track_sid: _Optional[str] = ..., cid: _Optional[str] = ..., kind: _Optional[_Union[Kind, str]] = ..., stream: _Optional[str] = ..., dtx: _Optional[bool] = ..., stereo: _Optional[bool] = ..., muted: _Optional[bool] = ..., layers: _Optional[_Iterable[_Union[Layer, _Mapping]]] = ..., codec: _Optional[str] = ..., no_red: _Optional[bool] = ..., shown_as: _Optional[str] = ..., is_screen: _Optional[bool] = ..., encrypted: _Optional[bool] = ...) -> None: ...

class Layer(_message.Message):
    __slots__ = ("rid", "width", "height")
    RID_FIELD_NUMBER: _ClassVar[int]
    WIDTH_FIELD_NUMBER: _ClassVar[int]
    HEIGHT_FIELD_NUMBER: _ClassVar[int]
    rid: str
    width: int
    height: int
    def __init__(self, rid: _Optional[str] = ..., width: _Optional[int] = ..., height: _Optional[int] = ...) -> None: ...

class RemoveTrack(_message.Message):
    __slots__ = ("participant_sid", "track_sid")
    PARTICIPANT_SID_FIELD_NUMBER: _ClassVar[int]
    TRACK_SID_FIELD_NUMBER: _ClassVar[int]
    participant_sid: str
    track_sid: str
    def __init__(self, participant_sid: _Optional[str] = ..., track_sid: _Optional[str] = ...) -> None: ...

class SetTrackMuted(_message.Message):
    __slots__ = ("participant_sid", "track_sid", "muted")
    PARTICIPANT_SID_FIELD_NUMBER: _ClassVar[int]
    TRACK_SID_FIELD_NUMBER: _ClassVar[int]
    MUTED_FIELD_NUMBER: _ClassVar[int]
    participant_sid: str
    track_sid: str
    muted: bool
    def __init__(self, participant_sid: _Optional[str] = ..., track_sid: _Optional[str] = ..., muted: _Optional[bool] = ...) -> None: ...

class TrackNegotiated(_message.Message):
    __slots__ = ("participant_sid", "track_sid", "mid", "mime_type")
    PARTICIPANT_SID_FIELD_NUMBER: _ClassVar[int]
    TRACK_SID_FIELD_NUMBER: _ClassVar[int]
    MID_FIELD_NUMBER: _ClassVar[int]
    MIME_TYPE_FIELD_NUMBER: _ClassVar[int]
    participant_sid: str
    track_sid: str
    mid: str
    mime_type: str
    def __init__(self, participant_sid: _Optional[str] = ..., track_sid: _Optional[str] = ..., mid: _Optional[str] = ..., mime_type: _Optional[str] = ...) -> None: ...

class TrackEnded(_message.Message):
    __slots__ = ("participant_sid", "track_sid")
    PARTICIPANT_SID_FIELD_NUMBER: _ClassVar[int]
    TRACK_SID_FIELD_NUMBER: _ClassVar[int]
    participant_sid: str
    track_sid: str
    def __init__(self, participant_sid: _Optional[str] = ..., track_sid: _Optional[str] = ...) -> None: ...

class TrackStarted(_message.Message):
    __slots__ = ("participant_sid", "track_sid", "rid", "ssrc", "rtx_ssrc")
    PARTICIPANT_SID_FIELD_NUMBER: _ClassVar[int]
    TRACK_SID_FIELD_NUMBER: _ClassVar[int]
    RID_FIELD_NUMBER: _ClassVar[int]
    SSRC_FIELD_NUMBER: _ClassVar[int]
    RTX_SSRC_FIELD_NUMBER: _ClassVar[int]
    participant_sid: str
    track_sid: str
    rid: str
    ssrc: int
    rtx_ssrc: int
    def __init__(self, participant_sid: _Optional[str] = ..., track_sid: _Optional[str] = ..., rid: _Optional[str] = ..., ssrc: _Optional[int] = ..., rtx_ssrc: _Optional[int] = ...) -> None: ...

class Subscribe(_message.Message):
    __slots__ = ("participant_sid", "track_sid")
    PARTICIPANT_SID_FIELD_NUMBER: _ClassVar[int]
    TRACK_SID_FIELD_NUMBER: _ClassVar[int]
    participant_sid: str
    track_sid: str
    def __init__(self, participant_sid: _Optional[str] = ..., track_sid: _Optional[str] = ...) -> None: ...

class Unsubscribe(_message.Message):
    __slots__ = ("participant_sid", "track_sid")
    PARTICIPANT_SID_FIELD_NUMBER: _ClassVar[int]
    TRACK_SID_FIELD_NUMBER: _ClassVar[int]
    participant_sid: str
    track_sid: str
    def __init__(self, participant_sid: _Optional[str] = ..., track_sid: _Optional[str] = ...) -> None: ...

class SetTrackSettings(_message.Message):
    __slots__ = ("participant_sid", "track_sid", "disabled", "quality", "width", "height", "priority", "fps")
    PARTICIPANT_SID_FIELD_NUMBER: _ClassVar[int]
    TRACK_SID_FIELD_NUMBER: _ClassVar[int]
    DISABLED_FIELD_NUMBER: _ClassVar[int]
    QUALITY_FIELD_NUMBER: _ClassVar[int]
    WIDTH_FIELD_NUMBER: _ClassVar[int]
    HEIGHT_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    FPS_FIELD_NUMBER: _ClassVar[int]
    participant_sid: str
    track_sid: str
    disabled: bool
    quality: int
    width: int
    height: int
    priority: int
    fps: int
    def __init__(self, participant_sid: _Optional[str] = ..., track_sid: _Optional[str] = ..., disabled: _Optional[bool] = ..., quality: _Optional[int] = ..., width: _Optional[int] = ..., height: _Optional[int] = ..., priority: _Optional[int] = ..., fps: _Optional[int] = ...) -> None: ...

class SubscriptionStarted(_message.Message):
    __slots__ = ("participant_sid", "track_sid")
    PARTICIPANT_SID_FIELD_NUMBER: _ClassVar[int]
    TRACK_SID_FIELD_NUMBER: _ClassVar[int]
    participant_sid: str
    track_sid: str
    def __init__(self, participant_sid: _Optional[str] = ..., track_sid: _Optional[str] = ...) -> None: ...

class StreamPaused(_message.Message):
    __slots__ = ("participant_sid", "track_sid")
    PARTICIPANT_SID_FIELD_NUMBER: _ClassVar[int]
    TRACK_SID_FIELD_NUMBER: _ClassVar[int]
    participant_sid: str
    track_sid: str
    def __init__(self, participant_sid: _Optional[str] = ..., track_sid: _Optional[str] = ...) -> None: ...

class LayersWanted(_message.Message):
    __slots__ = ("participant_sid", "track_sid", "layers")
    PARTICIPANT_SID_FIELD_NUMBER: _ClassVar[int]
    TRACK_SID_FIELD_NUMBER: _ClassVar[int]
    LAYERS_FIELD_NUMBER: _ClassVar[int]
    participant_sid: str
    track_sid: str
    layers: int
    def __init__(self, participant_sid: _Optional[str] = ..., track_sid: _Optional[str] = ..., layers: _Optional[int] = ...) -> None: ...

class SpeakersChanged(_message.Message):
    __slots__ = ("room_sid", "speakers")
    ROOM_SID_FIELD_NUMBER: _ClassVar[int]
    SPEAKERS_FIELD_NUMBER: _ClassVar[int]
    room_sid: str
    speakers: _containers.RepeatedCompositeFieldContainer[Speaker]
    def __init__(self, room_sid: _Optional[str] = ..., speakers: _Optional[_Iterable[_Union[Speaker, _Mapping]]] = ...) -> None: ...

class Speaker(_message.Message):
    __slots__ = ("participant_sid", "level", "active")
    PARTICIPANT_SID_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    ACTIVE_FIELD_NUMBER: _ClassVar[int]
    participant_sid: str
    level: float
    active: bool
    def __init__(self, participant_sid: _Optional[str] = ..., level: _Optional[float] = ..., active: _Optional[bool] = ...) -> None: ...

class SendData(_message.Message):
    __slots__ = ("room_sid", "packet", "lossy", "destination_sids")
    ROOM_SID_FIELD_NUMBER: _ClassVar[int]
    PACKET_FIELD_NUMBER: _ClassVar[int]
    LOSSY_FIELD_NUMBER: _ClassVar[int]
    DESTINATION_SIDS_FIELD_NUMBER: _ClassVar[int]
    room_sid: str
    packet: bytes
    lossy: bool
    destination_sids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, room_sid: _Optional[str] = ..., packet: _Optional[bytes] = ..., lossy: _Optional[bool] = ..., destination_sids: _Optional[_Iterable[str]] = ...) -> None: ...

class DataReceived(_message.Message):
    __slots__ = ("participant_sid", "packet")
    PARTICIPANT_SID_FIELD_NUMBER: _ClassVar[int]
    PACKET_FIELD_NUMBER: _ClassVar[int]
    participant_sid: str
    packet: bytes
    def __init__(self, participant_sid: _Optional[str] = ..., packet: _Optional[bytes] = ...) -> None: ...

class PathMeasured(_message.Message):
    __slots__ = ("participant_sid", "up", "down", "round_trip_ms", "is_silent", "layers_short", "has_paused", "layers_missing")
    PARTICIPANT_SID_FIELD_NUMBER: _ClassVar[int]
    UP_FIELD_NUMBER: _ClassVar[int]
    DOWN_FIELD_NUMBER: _ClassVar[int]
    ROUND_TRIP_MS_FIELD_NUMBER: _ClassVar[int]
    IS_SILENT_FIELD_NUMBER: _ClassVar[int]
    LAYERS_SHORT_FIELD_NUMBER: _ClassVar[int]
    HAS_PAUSED_FIELD_NUMBER: _ClassVar[int]
    LAYERS_MISSING_FIELD_NUMBER: _ClassVar[int]
    participant_sid: str
    up: Direction
    down: Direction
    round_trip_ms: int
    is_silent: bool
    layers_short: int
    has_paused: bool
    layers_missing: int
    def __init__(self, participant_sid: _Optional[str] = ..., up: _Optional[_Union[Direction, _Mapping]] = ..., down: _Optional[_Union[Direction, _Mapping]] = ..., round_trip_ms: _Optional[int] = ..., is_silent: _Optional[bool] = ..., layers_short: _Optional[int] = ..., has_paused: _Optional[bool] = ..., layers_missing: _Optional[int] = ...) -> None: ...

class Direction(_message.Message):
    __slots__ = ("packets", "lost", "jitter_ms")
    PACKETS_FIELD_NUMBER: _ClassVar[int]
    LOST_FIELD_NUMBER: _ClassVar[int]
    JITTER_MS_FIELD_NUMBER: _ClassVar[int]
    packets: int
    lost: int
    jitter_ms: int
    def __init__(self, packets: _Optional[int] = ..., lost: _Optional[int] = ..., jitter_ms: _Optional[int] = ...) -> None: ...
