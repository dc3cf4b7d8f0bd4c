"""People in a room, seen by LiveKit's own JavaScript client and back-end library."""

from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from livekit import api
from livekit.api.room_service import RoomService
from playwright.async_api import Browser, Page

from harness import barepage, tokens
from harness.barepage import says, until
from harness.servers import KEY, SECRET, Server

Joiner = Callable[..., Awaitable[Page]]


@pytest.fixture
async def room() -> str:
    return f"room-{uuid4().hex[:6]}"


@pytest.fixture
async def join(server: Server, sharp_people: list[Browser]) -> Joiner:
    """Bring the n-th browser into a room."""

    async def bring(number: int, where: str, identity: str | None = None, **options: Any) -> Page:  # noqa: ANN401  # LiveKit's own options
        page = await barepage.open_page(sharp_people[number], server.http)
        token = tokens.mint(where, identity or f"person-{number}")
        # Who speaks has two peer connections, who listens one; test_bare_call has all of a kind.
        path = {"singlePeerConnection": number % 2 == 1}
        options["room"] = {**path, **options.get("room", {})}
        await barepage.join(page, server.websocket, token, **options)
        return page

    return bring


@pytest.fixture
async def service(server: Server) -> AsyncIterator[RoomService]:
    async with api.LiveKitAPI(server.http, KEY, SECRET) as client:
        yield client.room


async def eventually(page: Page, expression: str) -> None:
    await until(partial(says, page, expression), expression)


def has_event(name: str) -> str:
    return f"events.some((event) => event.name === '{name}')"


REASONS = "events.filter(({ name }) => name === 'disconnected').flatMap(({ what }) => what)"
SIZES = "see().map(({ width }) => width)"


both_paths = pytest.mark.parametrize(
    "is_single", [True, False], ids=["one connection", "two connections"]
)


class TestPublications:
    async def test_a_mute_is_seen_and_undone(self, join: Joiner, room: str) -> None:
        speaker, listener = await join(0, room), await join(1, room, publish=False)
        muted = "[...room.remoteParticipants.values()].some((p) => p.isMicrophoneEnabled === {})"
        await eventually(listener, muted.replace("{}", "true"))

        await speaker.evaluate("room.localParticipant.setMicrophoneEnabled(false)")
        await eventually(listener, muted.replace("{}", "false"))

        await speaker.evaluate("room.localParticipant.setMicrophoneEnabled(true)")
        await eventually(listener, muted.replace("{}", "true"))
        await eventually(listener, "hear().some(({ hz }) => hz > 0)")

    async def test_a_shared_screen_arrives_and_goes(self, join: Joiner, room: str) -> None:
        speaker, listener = await join(0, room), await join(1, room, publish=False)

        await speaker.evaluate("room.localParticipant.setScreenShareEnabled(true)")
        await eventually(
            listener, "!!document.querySelector('[data-source=screen_share]')?.videoWidth"
        )

        await speaker.evaluate("room.localParticipant.setScreenShareEnabled(false)")
        await eventually(listener, "!document.querySelector('[data-source=screen_share]')")

    @both_paths
    async def test_a_screen_shared_again_takes_its_old_place(
        self, join: Joiner, room: str, is_single: bool
    ) -> None:
        speaker = await join(0, room)
        listener = await join(1, room, publish=False, room={"singlePeerConnection": is_single})
        share = "(on) => room.localParticipant.setScreenShareEnabled(on)"
        shown = "document.querySelector('[data-source=screen_share]')"
        sections = """(room.engine.pcManager.subscriber ?? room.engine.pcManager.publisher)
            ._pc.remoteDescription.sdp
            .split('\\r\\n').filter((line) => line.startsWith('m=')).length"""
        counts = set()
        for _ in range(3):
            await speaker.evaluate(share, arg=True)
            await eventually(listener, f"!!{shown}?.videoWidth")
            counts.add(await listener.evaluate(sections))
            await speaker.evaluate(share, arg=False)
            await eventually(listener, f"!{shown}")

        assert len(counts) == 1

    @both_paths
    async def test_an_unsubscribed_track_stops_and_comes_back(
        self, join: Joiner, room: str, is_single: bool
    ) -> None:
        await join(0, room)
        listener = await join(1, room, publish=False, room={"singlePeerConnection": is_single})
        await eventually(listener, "see().length === 1")
        choose = """(wanted) => { for (const p of room.remoteParticipants.values())
            for (const t of p.videoTrackPublications.values()) t.setSubscribed(wanted); }"""

        await listener.evaluate(choose, arg=False)
        await eventually(listener, "document.querySelectorAll('video').length === 0")
        await eventually(listener, "hear().some(({ hz }) => hz > 0)")

        await listener.evaluate(choose, arg=True)
        await eventually(listener, "see().length === 1")

    @both_paths
    async def test_a_smaller_element_receives_a_smaller_layer(
        self, join: Joiner, room: str, is_single: bool
    ) -> None:
        await join(0, room)
        options = {"singlePeerConnection": is_single, "adaptiveStream": {"pixelDensity": 1}}
        listener = await join(1, room, publish=False, room=options)
        resize = """([width, height]) => { const video = document.querySelector('video');
            video.style.width = `${width}px`; video.style.height = `${height}px`; }"""
        await eventually(listener, "!!document.querySelector('video')")

        widths = []
        for size in ([1280, 720], [160, 90], [640, 360], [1280, 720]):
            await listener.evaluate(resize, size)
            expected = {1280: 1280, 160: 320, 640: 640}[size[0]]
            await eventually(listener, f"see().some(({{ width }}) => width === {expected})")
            widths.append((await listener.evaluate(SIZES))[0])

        assert widths == [1280, 320, 640, 1280]


class TestPresence:
    async def test_leaving_and_rejoining_is_seen(self, join: Joiner, room: str) -> None:
        stays, goes = await join(0, room), await join(1, room)
        await eventually(stays, "see().length === 1")

        await goes.evaluate("room.disconnect()")
        await eventually(stays, has_event("participantDisconnected"))
        await eventually(stays, "room.remoteParticipants.size === 0")

        await join(1, room)
        await eventually(stays, "see().length === 1 && hear().some(({ hz }) => hz > 0)")

    async def test_the_same_identity_again_replaces_the_first(
        self, join: Joiner, room: str
    ) -> None:
        watches = await join(0, room)
        first = await join(1, room, identity="twin")

        second = await join(2, room, identity="twin")

        await eventually(first, "room.state === 'disconnected'")
        assert await first.evaluate(REASONS) == ["2"]  # livekit.DisconnectReason.DUPLICATE_IDENTITY
        assert await second.evaluate("room.state") == "connected"
        await eventually(watches, "room.remoteParticipants.size === 1 && see().length === 1")


class TestRoomService:
    async def test_lists_who_is_there(self, join: Joiner, room: str, service: RoomService) -> None:
        await join(0, room)

        async def counted() -> bool:
            rooms = await service.list_rooms(api.ListRoomsRequest(names=[room]))
            return [(r.name, r.num_participants) for r in rooms.rooms] == [(room, 1)]

        await until(counted, "the room is listed with one participant")
        listed = await service.list_participants(api.ListParticipantsRequest(room=room))
        one = await service.get_participant(
            api.RoomParticipantIdentity(room=room, identity="person-0")
        )

        assert [p.identity for p in listed.participants] == ["person-0"]
        assert {track.source for track in one.tracks} == {1, 2}

    async def test_removes_a_participant(
        self, join: Joiner, room: str, service: RoomService
    ) -> None:
        stays, goes = await join(0, room), await join(1, room)

        await service.remove_participant(
            api.RoomParticipantIdentity(room=room, identity="person-1")
        )

        await eventually(goes, has_event("disconnected"))
        assert await goes.evaluate(REASONS) == ["4"]  # livekit.DisconnectReason.PARTICIPANT_REMOVED
        await eventually(stays, "room.remoteParticipants.size === 0")

    async def test_ends_a_room_for_everyone(
        self, join: Joiner, room: str, service: RoomService
    ) -> None:
        pages = [await join(0, room), await join(1, room)]

        await service.delete_room(api.DeleteRoomRequest(room=room))

        for page in pages:
            await eventually(page, has_event("disconnected"))
            assert await page.evaluate(REASONS) == ["5"]  # livekit.DisconnectReason.ROOM_DELETED

    async def test_mutes_a_track(self, join: Joiner, room: str, service: RoomService) -> None:
        speaker, listener = await join(0, room), await join(1, room, publish=False)
        await eventually(listener, "hear().some(({ hz }) => hz > 0)")
        sid = await speaker.evaluate(
            "[...room.localParticipant.audioTrackPublications.values()][0].trackSid"
        )

        await service.mute_published_track(
            api.MuteRoomTrackRequest(room=room, identity="person-0", track_sid=sid, muted=True)
        )

        await eventually(speaker, "!room.localParticipant.isMicrophoneEnabled")
        await eventually(listener, has_event("trackMuted"))

    async def test_sends_data_to_the_named_only(
        self, join: Joiner, room: str, service: RoomService
    ) -> None:
        named, other = await join(0, room, publish=False), await join(1, room, publish=False)
        for page in (named, other):
            await page.evaluate("noteData()")

        for text, identities in (("for one", ["person-0"]), ("for all", [])):
            await service.send_data(
                api.SendDataRequest(
                    room=room,
                    data=text.encode(),
                    kind=api.DataPacket.Kind.RELIABLE,
                    destination_identities=identities,
                )
            )

        await eventually(other, "got.length === 1")
        await eventually(named, "got.length === 2")
        assert [text for text, _ in await other.evaluate("got")] == ["for all"]
        assert [text for text, _ in await named.evaluate("got")] == ["for one", "for all"]
