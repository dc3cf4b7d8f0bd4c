"""More tracks than a client of one connection has prepared for, seen by LiveKit's own clients."""

from functools import partial
from uuid import uuid4

import pytest
from livekit import rtc
from playwright.async_api import Browser, Page

from harness import barepage, tokens
from harness.barepage import until
from harness.servers import Server

RATE_HZ = 48_000
SUBSCRIBED = """() => [...room.remoteParticipants.values()]
    .flatMap((p) => [...p.trackPublications.values()])
    .filter((t) => t.isSubscribed && t.track).length"""
SECTIONS = """() => {
  const { publisher, subscriber } = room.engine.pcManager;
  const lines = (subscriber ?? publisher)._pc.remoteDescription.sdp.split('\\r\\n');
  return lines.filter((line) => line.startsWith('m=audio')).length;
}"""


async def publish(room: rtc.Room, count: int) -> list[str]:
    """Publish so many silent tracks; their sids."""
    sids = []
    for number in range(count):
        source = rtc.AudioSource(RATE_HZ, 1)
        track = rtc.LocalAudioTrack.create_audio_track(f"track {number}", source)
        sids.append((await room.local_participant.publish_track(track)).sid)
    return sids


async def subscribes(page: Page, count: int) -> bool:
    return int(await page.evaluate(SUBSCRIBED)) == count


async def listens(room: rtc.Room, count: int) -> bool:
    people = room.remote_participants.values()
    tracks = [t for person in people for t in person.track_publications.values() if t.track]
    return len(tracks) == count


class TestTracks:
    @pytest.mark.parametrize(
        ("first", "is_single", "prepared"),
        [(2, True, 3), (8, True, 3), (8, False, 0)],
        ids=["as prepared for", "more", "more, over a connection of their own"],
    )
    async def test_come_over_one_connection_whose_sections_are_used_again(
        self, server: Server, people: list[Browser], first: int, prepared: int, *, is_single: bool
    ) -> None:
        name = f"many-{uuid4().hex[:6]}"
        page = await barepage.open_page(people[0], server.http)
        token, way = tokens.mint(name, "browser"), {"singlePeerConnection": is_single}
        await barepage.join(page, server.websocket, token, publish=False, room=way)
        robot, other = rtc.Room(), rtc.Room()
        await robot.connect(server.websocket, tokens.mint(name, "robot"))
        await other.connect(server.websocket, tokens.mint(name, "other"))
        sids = await publish(robot, first)
        await until(partial(subscribes, page, first), f"the browser has {first} tracks", 60)
        await until(partial(listens, other, first), f"the robot has {first} tracks", 60)
        sections = await page.evaluate(SECTIONS)
        assert sections == max(prepared, first)

        for sid in sids[: first // 2]:
            await robot.local_participant.unpublish_track(sid)
        left = first - first // 2
        await until(partial(subscribes, page, left), f"the browser has {left} tracks", 60)
        await publish(robot, first // 2)

        await until(partial(subscribes, page, first), f"the browser has {first} tracks again", 60)
        await until(partial(listens, other, first), f"the robot has {first} tracks again", 60)
        assert await page.evaluate(SECTIONS) == sections
        for room in (robot, other):
            await room.disconnect()
