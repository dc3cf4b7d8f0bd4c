"""Clients hear how good connections are."""

from livekit.protocol import models, rtc
from signaling.conftest import Client, Served, token

from jumpa.media.embedded import sfu_pb2

Quality = models.ConnectionQuality
LAYERS = [models.VideoLayer(quality=models.VideoQuality.Name(number)) for number in range(3)]
CAMERA = rtc.AddTrackRequest(cid="camera", type=models.TrackType.VIDEO, layers=LAYERS)


async def joined(
    served: Served, identity: str, grants: dict[str, object] | None = None
) -> tuple[Client, str]:
    client = await served.join(token(identity, grants=grants))
    return client, await client.become_active()


def say(
    served: Served, sid: str, lost: int = 0, missing: int = 0, *, is_silent: bool = False
) -> None:
    way = sfu_pb2.Direction(packets=100, lost=lost)
    measured = sfu_pb2.PathMeasured(
        participant_sid=sid, up=way, down=way, is_silent=is_silent, layers_missing=missing
    )
    served.sfu.say(sfu_pb2.Event(path_measured=measured))


async def heard(client: Client) -> dict[str, int]:
    message: rtc.SignalResponse = await client.until("connection_quality")
    return {info.participant_sid: info.quality for info in message.connection_quality.updates}


async def choose(client: Client, track_sid: str, count: int) -> None:
    """Say that so many sizes are sent by choice, and wait until that is known."""
    update = rtc.UpdateVideoLayers(track_sid=track_sid, layers=LAYERS[:count])
    await client.send(rtc.SignalRequest(update_layers=update))
    await client.so_far()


class TestConnectionQuality:
    async def test_is_heard_by_everybody_when_it_changes(self, served: Served) -> None:
        ann, ann_sid = await joined(served, "ann")
        bob, _ = await joined(served, "bob")

        for measured, told in (((0, 0), Quality.EXCELLENT), ((0, 5), Quality.GOOD)):
            for lost in measured:
                say(served, ann_sid, lost)
            for client in (ann, bob):
                assert await heard(client) == {ann_sid: told}

    async def test_of_several_comes_in_one_message(self, served: Served) -> None:
        ann, ann_sid = await joined(served, "ann")
        _, bob_sid = await joined(served, "bob")
        _, gone_sid = await joined(served, "gone")

        for sid, lost in ((ann_sid, 0), (bob_sid, 20), (gone_sid, 0)):
            say(served, sid, lost)
        await served.engine.remove_participant("tea", "gone")

        assert await heard(ann) == {ann_sid: Quality.EXCELLENT, bob_sid: Quality.POOR}

    async def test_tells_that_somebody_is_lost(self, served: Served) -> None:
        ann, _ = await joined(served, "ann")
        _, bob_sid = await joined(served, "bob")

        say(served, bob_sid, is_silent=True)

        assert await heard(ann) == {bob_sid: Quality.LOST}

    async def test_is_told_to_who_comes_later(self, served: Served) -> None:
        ann, ann_sid = await joined(served, "ann")
        say(served, ann_sid, 20)
        await heard(ann)

        bob, _ = await joined(served, "bob")

        assert await heard(bob) == {ann_sid: Quality.POOR}

    async def test_of_the_hidden_is_heard_by_nobody(self, served: Served) -> None:
        ann, ann_sid = await joined(served, "ann")
        _, eve_sid = await joined(served, "eve", {"hidden": True})

        say(served, eve_sid, 20)
        say(served, ann_sid)

        assert await heard(ann) == {ann_sid: Quality.EXCELLENT}

    async def test_of_nobody_is_passed_over(self, served: Served) -> None:
        ann, ann_sid = await joined(served, "ann")

        say(served, "PA_gone")
        say(served, ann_sid)

        assert await heard(ann) == {ann_sid: Quality.EXCELLENT}

    async def test_leaves_out_sizes_that_are_not_sent_by_choice(self, served: Served) -> None:
        ann, ann_sid = await joined(served, "ann")
        sid = await ann.publish(CAMERA)

        # It rises slowly.
        for chosen, called in ((3, Quality.POOR), (1, Quality.GOOD), (3, Quality.POOR)):
            await choose(ann, sid, chosen)
            say(served, ann_sid, missing=2)
            assert await heard(ann) == {ann_sid: called}

    async def test_hears_nobody_about_the_tracks_of_others(self, served: Served) -> None:
        ann, ann_sid = await joined(served, "ann")
        eve, _ = await joined(served, "eve")
        sid = await ann.publish(CAMERA)

        await choose(eve, sid, 0)
        say(served, ann_sid, missing=2)

        assert await heard(ann) == {ann_sid: Quality.POOR}
