"""The rooms that are compared."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scenario:
    """A room of publishers and listeners."""

    name: str
    video_publishers: int = 0
    audio_publishers: int = 0
    subscribers: int = 0
    publishers_listen: bool = False

    def arguments(self) -> list[str]:
        """The scenario in the words of jumpa-load."""
        counts = {
            "--video-publishers": self.video_publishers,
            "--audio-publishers": self.audio_publishers,
            "--subscribers": self.subscribers,
        }
        words = [word for option, count in counts.items() for word in (option, str(count))]
        return [*words, "--publishers-listen"] if self.publishers_listen else words


SCENARIOS = (
    Scenario("1 video → 20", video_publishers=1, subscribers=20),
    Scenario("10 audio → 10", audio_publishers=10, publishers_listen=True),
    Scenario("3 video → 15", video_publishers=3, subscribers=15),
)
