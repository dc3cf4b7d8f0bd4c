"""How good a connection is called."""

import pytest
from livekit.protocol import models

from jumpa.media.embedded import sfu_pb2
from jumpa.media.embedded.quality import ConnectionScore

Quality = models.ConnectionQuality


def path(
    up: tuple[int, int] = (500, 0),
    down: tuple[int, int] = (500, 0),
    round_trip_ms: int = 20,
    jitter_ms: int = 5,
    *,
    is_silent: bool = False,
) -> sfu_pb2.PathMeasured:
    def way(counted: tuple[int, int]) -> sfu_pb2.Direction:
        return sfu_pb2.Direction(packets=counted[0], lost=counted[1], jitter_ms=jitter_ms)

    return sfu_pb2.PathMeasured(
        up=way(up),
        down=way(down),
        round_trip_ms=round_trip_ms,
        is_silent=is_silent,
    )


class TestConnectionScore:
    @pytest.mark.parametrize(
        ("measured", "quality"),
        [
            (path(), Quality.EXCELLENT),
            (path(up=(0, 0), down=(0, 0)), Quality.EXCELLENT),
            (path(up=(500, 15)), Quality.GOOD),
            (path(down=(500, 15)), Quality.GOOD),
            (path(up=(500, 50)), Quality.POOR),
            (path(down=(500, 500)), Quality.POOR),
            (path(round_trip_ms=900), Quality.GOOD),
            (path(round_trip_ms=0, jitter_ms=400), Quality.POOR),
            (path(is_silent=True), Quality.LOST),
        ],
    )
    def test_the_worse_way_names_it(
        self, measured: sfu_pb2.PathMeasured, quality: models.ConnectionQuality
    ) -> None:
        score = ConnectionScore()

        assert score.take(measured)
        assert score.quality == quality

    @pytest.mark.parametrize(
        ("pictures", "quality"),
        [
            (sfu_pb2.PathMeasured(), Quality.EXCELLENT),
            (sfu_pb2.PathMeasured(layers_short=1), Quality.GOOD),
            (sfu_pb2.PathMeasured(layers_short=2), Quality.POOR),
            (sfu_pb2.PathMeasured(layers_short=9), Quality.POOR),
            (sfu_pb2.PathMeasured(has_paused=True), Quality.POOR),
            (sfu_pb2.PathMeasured(layers_missing=1), Quality.GOOD),
            (sfu_pb2.PathMeasured(layers_missing=2, layers_short=1), Quality.POOR),
            (sfu_pb2.PathMeasured(layers_missing=1, layers_short=2), Quality.POOR),
        ],
    )
    def test_so_does_the_worst_picture_received_or_sent(
        self, pictures: sfu_pb2.PathMeasured, quality: models.ConnectionQuality
    ) -> None:
        measured = path()
        measured.MergeFrom(pictures)
        score = ConnectionScore()
        score.take(measured)

        assert score.quality == quality

    def test_falls_fast_and_rises_slowly(self) -> None:
        score = ConnectionScore()
        bad, good = path(up=(500, 60)), path()
        score.take(good)

        called = []
        for measured in (bad, bad, good, good, good, good):
            score.take(measured)
            called.append(score.quality)

        assert called[:2] == [Quality.GOOD, Quality.POOR]
        assert called[2:] == [Quality.GOOD, Quality.GOOD, Quality.EXCELLENT, Quality.EXCELLENT]

    def test_silence_counts_at_once_and_so_does_its_end(self) -> None:
        score = ConnectionScore()
        score.take(path())

        assert score.take(path(is_silent=True))
        assert score.quality == Quality.LOST
        assert score.take(path())
        assert score.quality == Quality.EXCELLENT

    def test_what_stays_is_told_once(self) -> None:
        score = ConnectionScore()

        assert [score.take(path()) for _ in range(3)] == [True, False, False]

    def test_clients_read_an_opinion_score(self) -> None:
        score = ConnectionScore()
        score.take(path(round_trip_ms=0, jitter_ms=0))

        info = score.info("PA_ann")

        assert (info.participant_sid, info.quality, info.score) == (
            "PA_ann",
            Quality.EXCELLENT,
            4.5,
        )
