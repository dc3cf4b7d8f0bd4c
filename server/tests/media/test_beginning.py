"""Who has joined with two connections is offered the tracks of others when both are up."""

import pytest
from livekit.protocol import rtc
from media.virtual import World, activate, join, publish

from jumpa.media.embedded import sfu_pb2
from jumpa.media.embedded.directory import Directory
from jumpa.media.embedded.session import LiveSession


def about_to_send(directory: Directory) -> LiveSession:
    """Bob receives, and what he offered to send is not connected yet."""
    bob, _ = join(directory, "bob")
    bob.offer(rtc.SessionDescription(type="offer", sdp="v=0"))
    activate(directory, bob)
    return bob


class TestBeginning:
    @pytest.fixture
    def published(self, directory: Directory) -> str:
        ann, _ = join(directory, "ann")
        return publish(directory, ann)

    def test_who_offers_nothing_is_subscribed_at_once(
        self, world: World, directory: Directory, published: str
    ) -> None:
        bob, _ = join(directory, "bob")

        activate(directory, bob)

        assert [one.subscribe.track_sid for one in world.told("subscribe")] == [published]

    def test_who_can_send_already_is_subscribed_at_once(
        self, world: World, directory: Directory, published: str
    ) -> None:
        bob, _ = join(directory, "bob")
        bob.offer(rtc.SessionDescription(type="offer", sdp="v=0"))
        activate(directory, bob, sfu_pb2.TARGET_PUBLISHER)

        activate(directory, bob)

        assert [one.subscribe.track_sid for one in world.told("subscribe")] == [published]

    def test_who_is_about_to_send_is_subscribed_then(
        self, world: World, directory: Directory, published: str
    ) -> None:
        bob = about_to_send(directory)
        assert not world.told("subscribe")

        activate(directory, bob, sfu_pb2.TARGET_PUBLISHER)
        world.elapse(1)

        assert [one.subscribe.track_sid for one in world.told("subscribe")] == [published]

    def test_nobody_waits_long_for_a_connection_that_does_not_come(
        self, world: World, directory: Directory, published: str
    ) -> None:
        about_to_send(directory)

        world.elapse(0.05)

        assert [one.subscribe.track_sid for one in world.told("subscribe")] == [published]

    def test_who_leaves_meanwhile_is_not_subscribed(
        self, world: World, directory: Directory, published: str
    ) -> None:
        bob = about_to_send(directory)
        bob.leave()

        world.elapse(1)

        assert published
        assert not world.told("subscribe")
