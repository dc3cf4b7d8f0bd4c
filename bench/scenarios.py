"""The rooms that are compared."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scenario:
    """Rooms of publishers and listeners, everyone dealt out to them."""

    name: str
    video_publishers: int = 0
    audio_publishers: int = 0
    subscribers: int = 0
    publishers_listen: bool = False
    rooms: int = 1

    def arguments(self) -> list[str]:
        """The scenario in the words of jumpa-load."""
        counts = {
            "--video-publishers": self.video_publishers,
            "--audio-publishers": self.audio_publishers,
            "--subscribers": self.subscribers,
            "--rooms": self.rooms,
        }
        words = [word for option, count in counts.items() for word in (option, str(count))]
        return [*words, "--publishers-listen"] if self.publishers_listen else words


# The same packets in and out: only how many of the tracks one person gets is another.
FEW_TRACKS = Scenario("10 tracks each", audio_publishers=100, subscribers=40, rooms=10)
MANY_TRACKS = Scenario("100 tracks each", audio_publishers=100, subscribers=4)
SCENARIOS = (
    Scenario("1 video → 20", video_publishers=1, subscribers=20),
    Scenario("10 audio → 10", audio_publishers=10, publishers_listen=True),
    Scenario("3 video → 15", video_publishers=3, subscribers=15),
    FEW_TRACKS,
    MANY_TRACKS,
)
