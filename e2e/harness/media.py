"""Media that can be told apart at the far side: a tone for the ear, a moving colour for the eye."""

import math
import struct
import wave
from dataclasses import dataclass
from pathlib import Path

FRAMES = 12
# Width and height in pixels, and pictures a second. Most tests only ask whether a picture moves.
LARGE, SMALL = (1280, 720, 15), (640, 360, 5)
RATE_HZ = 48_000


@dataclass(frozen=True)
class Look:
    """How one person sounds and looks: tone in Hz, colour as U and V around 128."""

    tone_hz: int
    u: int
    v: int


LOOKS = (Look(420, 84, 255), Look(780, 255, 107), Look(1260, 43, 21), Look(1740, 16, 146))


def write_tone(path: Path, tone_hz: int) -> Path:
    """One second of a sine that loops without a click."""
    samples = (int(9000 * math.sin(2 * math.pi * tone_hz * n / RATE_HZ)) for n in range(RATE_HZ))
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE_HZ)
        sound.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return path


def write_picture(path: Path, look: Look, shape: tuple[int, int, int]) -> Path:
    """A field of one colour over which a bright bar walks (YUV4MPEG2, 4:2:0)."""
    width, height, rate = shape
    chroma = bytes([look.u]) * (width * height // 4) + bytes([look.v]) * (width * height // 4)
    with path.open("wb") as sink:
        sink.write(f"YUV4MPEG2 W{width} H{height} F{rate}:1 Ip A1:1 C420mpeg2\n".encode())
        for frame in range(FRAMES):
            left = frame * width // FRAMES
            row = bytearray([90]) * width
            row[left : left + width // FRAMES] = bytes([220]) * (width // FRAMES)
            sink.write(b"FRAME\n" + bytes(row) * height + chroma)
    return path
