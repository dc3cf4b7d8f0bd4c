"""What subscribers read of a track's sizes, in whichever order its publisher lists them."""

import pytest
from livekit.protocol import models, rtc
from media.virtual import NOW

from jumpa.media.embedded import sfu_pb2
from jumpa.media.embedded.tracks import apply_started, track_info

SIZES = [("LOW", 320, 180), ("MEDIUM", 640, 360), ("HIGH", 1280, 720)]
STEPS_OF_A_HALF = [("LOW", 570, 320), ("MEDIUM", 854, 480), ("HIGH", 1280, 720)]
TWO = [("LOW", 640, 360), ("MEDIUM", 1280, 720)]
UPRIGHT = [("LOW", 180, 320), ("MEDIUM", 360, 640), ("HIGH", 720, 1280)]


class TestSizesOfOneStream:
    @pytest.mark.parametrize("sizes", [SIZES, STEPS_OF_A_HALF, TWO, UPRIGHT])
    @pytest.mark.parametrize("is_downward", [True, False])
    def test_are_numbered_from_the_smallest(
        self, sizes: list[tuple[str, int, int]], *, is_downward: bool
    ) -> None:
        request = rtc.AddTrackRequest(cid="one", type="VIDEO", source="CAMERA")
        for quality, width, height in reversed(sizes) if is_downward else sizes:
            request.layers.add(quality=quality, width=width, height=height)
        info = track_info("TR_one", request, NOW)

        assert apply_started(info, sfu_pb2.TrackStarted(track_sid="TR_one", ssrc=7, rtx_ssrc=8))

        [codec] = info.codecs
        assert codec.video_layer_mode == models.VideoLayer.MULTIPLE_SPATIAL_LAYERS_PER_STREAM
        for layers in (info.layers, codec.layers):
            told = {layer.spatial_layer: (layer.width, layer.height) for layer in layers}
            assert told == {index: size[1:] for index, size in enumerate(sizes)}
            assert {(layer.ssrc, layer.repair_ssrc) for layer in layers} == {(7, 8)}
