"""Which tracks an offer sends (RFC 8866, RFC 8830): plain clients announce them nowhere else."""

from collections.abc import Iterator
from dataclasses import dataclass

_MEDIA = ("audio", "video")
_SILENT = {"a=recvonly", "a=inactive"}


@dataclass(frozen=True, slots=True)
class SentTrack:
    """A track of an offer; `kind` is audio or video."""

    track_id: str
    kind: str


def sent_tracks(sdp: str) -> list[SentTrack]:
    """Return the tracks in the order of their sections, each once."""
    found = dict.fromkeys(_read(sdp))
    return list(found)


def _read(sdp: str) -> Iterator[SentTrack]:
    for section in _sections(sdp):
        kind, _, rest = section[0].removeprefix("m=").partition(" ")
        is_rejected = rest.startswith("0 ") and "a=bundle-only" not in section
        if kind not in _MEDIA or is_rejected or _SILENT.intersection(section):
            continue
        msid = next((line for line in section if line.startswith("a=msid:")), "")
        track_id = msid.partition(" ")[2].strip()
        if track_id:
            yield SentTrack(track_id, kind)


def _sections(sdp: str) -> list[list[str]]:
    sections: list[list[str]] = []
    for line in sdp.splitlines():
        if line.startswith("m="):
            sections.append([])
        if sections:
            sections[-1].append(line)
    return sections
