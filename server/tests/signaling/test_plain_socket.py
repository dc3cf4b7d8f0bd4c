"""What plain clients say and hear once they are inside."""

import asyncio
import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from livekit.protocol import models
from rooms.meetings import Meeting
from signaling.plain_clients import OFFER, PlainClient, PlainServer

from jumpa.domains.chat.subscribers import CHAT_TOPIC
from jumpa.domains.rooms.service.roles import Role
from jumpa.media.embedded import sfu_pb2
from jumpa.media.engine import TextReceived
from jumpa.media.streams import Operation, TextStream
from jumpa.signaling.plain.errors import MessageMalformedError
from jumpa.signaling.plain.messages import read
from jumpa.signaling.plain.sections import SentTrack, sent_tracks

NOBODY = "00000000-0000-4000-8000-000000000000"
MICROPHONE, CAMERA, SCREEN = map(
    int,
    (
        models.TrackSource.MICROPHONE,
        models.TrackSource.CAMERA,
        models.TrackSource.SCREEN_SHARE,
    ),
)

TYPES = ["join_room", "leave_room", "chat", "offer", "ice-candidate", "mute", "video", "recording"]
leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
trees = st.recursive(
    leaves, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8
)
names = st.sampled_from(["message", "sdp", "id", "candidate", "muted", "enabled", "replyTo"])
json_values = trees | st.dictionaries(names, trees).flatmap(
    lambda body: st.sampled_from(TYPES).map(lambda type_: {**body, "type": type_})
)


async def sources(plain: PlainServer, code: str) -> dict[int, bool]:
    """Return what everybody publishes, and whether it is muted."""
    inside = await plain.server.parts.engine.list_participants(code)
    return {int(track.source): track.muted for p in inside for track in p.tracks}


async def come_as(plain: PlainServer, meeting: Meeting, role: Role) -> PlainClient:
    place = meeting.people[role]
    client = await plain.connect(meeting.code, place.identity, place.token)
    plain.bring_up(await client.join())
    return client


class TestPresence:
    async def test_is_told_as_people_come_and_go(self, plain: PlainServer, code: str) -> None:
        ann = await plain.come(code, "Ann")
        bob = await plain.come(code, "Bob")

        came = (await ann.until("user-joined"))["user"]
        await bob.say("leave_room")
        left = await ann.until("user-left")

        assert isinstance(came, dict)
        assert (came["name"], came["audio"], came["video"]) == ("Bob", False, False)
        assert left["userId"] == came["userId"]
        assert await bob.until_closed() == 1000

    async def test_ends_at_once_with_the_socket(self, plain: PlainServer, code: str) -> None:
        ann = await plain.come(code, "Ann")
        bob = await plain.come(code, "Bob")

        await bob.connection.close()

        assert (await ann.until("user-left"))["reason"] == "signal_close"

    async def test_of_the_same_user_twice_leaves_the_newer(
        self, plain: PlainServer, code: str
    ) -> None:
        seat = await plain.seat(code)
        older = await plain.connect(code, seat["identity"], seat["token"])
        await older.join()

        newer = await plain.connect(code, seat["identity"], seat["token"])
        await newer.join()

        assert await older.until_closed() == 4409
        assert older.kept[-1] == {"type": "leave_room", "reason": "duplicate_identity"}
        assert len(await plain.server.parts.engine.list_participants(code)) == 1

    async def test_tells_who_was_there_before(self, plain: PlainServer, code: str) -> None:
        ann = await plain.come(code, "Ann")
        await ann.publish()
        seat = await plain.seat(code, name="Bob")
        bob = await plain.connect(code, seat["identity"], seat["ticket"])

        users = (await bob.join())["users"]

        assert isinstance(users, list)
        assert [(u["name"], u["audio"], u["video"]) for u in users] == [("Ann", True, True)]


class TestMedia:
    async def test_tracks_of_an_offer_are_microphone_and_camera(
        self, plain: PlainServer, code: str
    ) -> None:
        ann, bob = await plain.come(code, "Ann"), await plain.come(code, "Bob")

        await ann.publish()

        assert (await bob.until("mute"))["muted"] is False
        assert (await bob.until("video"))["enabled"] is True
        assert await sources(plain, code) == {MICROPHONE: False, CAMERA: False}

    async def test_what_comes_after_screen_share_is_the_screen(
        self, plain: PlainServer, code: str
    ) -> None:
        ann, bob = await plain.come(code, "Ann"), await plain.come(code, "Bob")
        await ann.publish()
        await ann.say("screen_share", enabled=True)
        screen = "m=video 9 UDP\r\na=mid:2\r\na=sendonly\r\na=msid:s screen\r\n"
        await ann.say("offer", sdp=OFFER.format(voice="voice", picture="picture") + screen)

        assert (await bob.until("screen_share"))["enabled"] is True
        await ann.say("screen_share", enabled=False)

        assert (await bob.until("screen_share"))["enabled"] is False
        assert await sources(plain, code) == {MICROPHONE: False, CAMERA: False, SCREEN: True}

    async def test_the_same_offer_twice_is_one_pair_of_tracks(
        self, plain: PlainServer, code: str
    ) -> None:
        ann = await plain.come(code, "Ann")
        await ann.publish()

        await ann.publish()

        assert len(plain.server.sfu.told("add_track")) == 2

    async def test_mute_and_video_hold_before_and_after_the_offer(
        self, plain: PlainServer, code: str
    ) -> None:
        ann, bob = await plain.come(code, "Ann"), await plain.come(code, "Bob")
        await ann.say("mute", muted=True)
        await ann.publish()
        await bob.until("video")
        assert await sources(plain, code) == {MICROPHONE: True, CAMERA: False}

        await ann.say("mute", muted=False)
        await ann.say("video", enabled=False)

        assert (await bob.until("mute"))["muted"] is False
        assert (await bob.until("video"))["enabled"] is False
        assert await sources(plain, code) == {MICROPHONE: False, CAMERA: True}

    async def test_candidates_reach_the_one_connection(self, plain: PlainServer, code: str) -> None:
        ann = await plain.come(code, "Ann")
        candidate = {"candidate": "candidate:1 1 udp 1 192.0.2.1 5000 typ host", "sdpMid": "0"}

        await ann.say("ice-candidate", candidate=candidate)
        await ann.say("ice-candidate", candidate=None)

        first = (await plain.server.sfu.until_told("add_ice_candidate", 1)).add_ice_candidate
        last = (await plain.server.sfu.until_told("add_ice_candidate", 2)).add_ice_candidate
        assert (first.target, first.candidate) == (0, candidate["candidate"])
        assert (last.target, last.candidate) == (0, "")

    async def test_sections_are_asked_for_and_an_answer_says_whose_tracks_they_bring(
        self, plain: PlainServer, code: str
    ) -> None:
        ann, bob = await plain.come(code, "Ann"), await plain.come(code, "Bob")
        await ann.publish()
        await bob.until("video")
        [told, _] = plain.server.sfu.told("add_track")
        [sender, inside] = await plain.server.parts.engine.list_participants(code)
        required = sfu_pb2.MediaSectionsRequired(participant_sid=inside.sid, audios=1, videos=2)
        plain.server.sfu.say(sfu_pb2.Event(media_sections_required=required))

        asked = await bob.until("negotiate")
        answer = sfu_pb2.PublisherAnswer(
            participant_sid=inside.sid,
            id=3,
            sdp="v=0",
            mid_to_track_sid={"4": told.add_track.track_sid, "5": "TR_gone"},
        )
        plain.server.sfu.say(sfu_pb2.Event(publisher_answer=answer))

        assert (asked["audio"], asked["video"]) == (1, 2)
        brought = (await bob.until("answer"))["tracks"]
        assert brought == {
            "4": {
                "userId": sender.identity,
                "trackId": told.add_track.track_sid,
                "source": "microphone",
            }
        }

    async def test_recording_is_told_to_everybody(self, plain: PlainServer, code: str) -> None:
        ann, bob = await plain.come(code, "Ann"), await plain.come(code, "Bob")

        await ann.say("recording", enabled=True)
        assert (await bob.until("recording"))["enabled"] is True
        inside = await plain.server.parts.engine.list_participants(code)
        assert [p.attributes.get("recording") for p in inside if p.name == "Ann"] == ["on"]
        await ann.say("recording", enabled=False)

        assert (await bob.until("recording"))["enabled"] is False

    async def test_who_only_watches_publishes_nothing(
        self, plain: PlainServer, meeting: Meeting
    ) -> None:
        observer = await come_as(plain, meeting, Role.OBSERVER)

        await observer.publish()

        assert (await observer.until("error"))["code"] == "not_allowed"
        assert await sources(plain, meeting.code) == {}

    async def test_muting_by_a_moderator_is_heard_by_the_muted(
        self, plain: PlainServer, meeting: Meeting
    ) -> None:
        guest = await come_as(plain, meeting, Role.GUEST)
        await guest.publish()
        await guest.until("mute")

        await meeting.ask(Role.MODERATOR, "POST", "/mute", json={})

        told = await guest.until("mute")
        assert (told["userId"], told["muted"]) == (meeting.identity(Role.GUEST), True)


class TestChat:
    async def test_is_stored_then_told_to_everybody(self, plain: PlainServer, code: str) -> None:
        ann, bob = await plain.come(code, "Ann"), await plain.come(code, "Bob")

        await ann.say("chat", message="  Shall we? ")

        told = await bob.until("chat")
        assert told["message"] == "Shall we?"
        assert (await ann.until("chat"))["id"] == told["id"]
        seat = (await plain.seat(code, name="Eve"))["seat"]
        headers = {"Authorization": f"Bearer {seat}"}
        url = f"/api/v1/rooms/{code}/messages"
        listed = (await plain.server.client.get(url, headers=headers)).json()["items"]
        assert [(m["id"], m["message"]) for m in listed] == [(told["id"], "Shall we?")]
        assert plain.server.sfu.told("send_data")

    async def test_answers_another_message(self, plain: PlainServer, code: str) -> None:
        ann = await plain.come(code, "Ann")
        await ann.say("chat", message="Tea?")
        first = (await ann.until("chat"))["id"]

        await ann.say("chat", message="Or coffee?", replyTo=first)

        assert (await ann.until("chat"))["replyTo"] == first

    @pytest.mark.parametrize(
        ("said", "expected"),
        [
            ({"message": ""}, "request_invalid"),
            ({"message": "   "}, "request_invalid"),
            ({"message": "x" * 20_000}, "message_too_long"),
            ({"message": "Tea?", "replyTo": NOBODY}, "message_not_found"),
            ({"message": 7}, "message_malformed"),
            ({}, "message_malformed"),
        ],
    )
    async def test_refuses_what_is_no_message(
        self, plain: PlainServer, code: str, said: dict[str, object], expected: str
    ) -> None:
        ann = await plain.come(code, "Ann")

        await ann.say("chat", **said)

        assert (await ann.until("error"))["code"] == expected

    async def test_is_not_for_who_only_watches(self, plain: PlainServer, meeting: Meeting) -> None:
        observer = await come_as(plain, meeting, Role.OBSERVER)

        await observer.say("chat", message="Hello")

        assert (await observer.until("error"))["code"] == "chat_not_allowed"

    async def test_is_slowed_down(self, plain: PlainServer, code: str) -> None:
        ann = await plain.come(code, "Ann")
        most = plain.server.parts.settings.rates.messages_per_minute

        for number in range(most + 1):
            await ann.say("chat", message=f"{number}")

        assert (await ann.until("error"))["code"] == "too_many_requests"
        assert sum(told["type"] == "chat" for told in await ann.so_far()) == most

    async def test_of_livekit_clients_and_of_the_web_app_is_heard(
        self, plain: PlainServer, code: str
    ) -> None:
        ann = await plain.come(code, "Ann")
        now = plain.server.clock()
        stream = TextStream(code, CHAT_TOPIC, "st_1", "bob", "From an SDK", now)
        gone = TextStream(code, CHAT_TOPIC, "st_1", "bob", "", now, Operation.DELETE, 2)
        other = TextStream(code, "lk.other", "st_2", "bob", "Not for reading", now)

        for said in (stream, other, gone):
            plain.server.app.crowd.hear(TextReceived(said, "PA_bob"))

        assert (await ann.until("chat"))["message"] == "From an SDK"
        assert (await ann.until("chat"))["deleted"] is True
        assert [told for told in await ann.so_far() if told["type"] == "chat"] == []


class TestMistakes:
    @pytest.mark.parametrize(
        "frame",
        [
            "",
            "join",
            "null",
            "7",
            "[]",
            "{}",
            '{"type": 7}',
            '{"type": "dance"}',
            '{"type": "mute"}',
            '{"type": "mute", "muted": "yes"}',
            '{"type": "offer"}',
            '{"type": "answer", "sdp": "v=0"}',
            '{"type": "offer", "sdp": "v=0", "id": -1}',
            '{"type": "ice-candidate", "candidate": "text"}',
            "[" * 100_000,
            '{"type": "chat", "message": ' + '{"a":' * 50_000,
            '{"type": "offer", "sdp": "v=0", "id": 1' + "0" * 5_000 + "}",
            '{"type": "chat", "message": "' + "x" * 1_200_000 + '"}',
            b'{"type": "leave_room"}',
            '{"type": "chat", "message": "\\ud800"}',
            '{"type": "offer", "sdp": "v=0 \\uDFFF"}',
            '{"type": "ice-candidate", "candidate": {"candidate": "\\uD800"}}',
        ],
        ids=lambda frame: str(frame)[:40],
    )
    async def test_are_answered_and_the_client_goes_on(
        self, plain: PlainServer, code: str, frame: str | bytes
    ) -> None:
        ann = await plain.come(code, "Ann")

        await ann.connection.send(frame)

        assert (await ann.until("error"))["code"] == "message_malformed"
        await ann.say("chat", message="Still here")
        assert (await ann.until("chat"))["message"] == "Still here"

    async def test_in_descriptions_and_candidates_are_answered(
        self, plain: PlainServer, code: str
    ) -> None:
        ann = await plain.come(code, "Ann")

        await ann.say("offer", sdp="no description")
        first = await ann.until("error")
        await ann.say("ice-candidate", candidate={"candidate": "x" * 2000})
        second = await ann.until("error")

        assert (first["code"], first["about"]) == ("request_invalid", "offer")
        assert (second["code"], second["about"]) == ("request_invalid", "ice-candidate")

    async def test_in_great_number_end_the_connection(self, plain: PlainServer, code: str) -> None:
        ann, bob = await plain.come(code, "Ann"), await plain.come(code, "Bob")
        frame = json.dumps({"type": "offer", "sdp": "v=0" + "x" * 250_000})

        async def flood() -> None:
            for _ in range(100):
                await ann.connection.send(frame)

        flooding = asyncio.create_task(flood())
        assert await ann.until_closed() == 4429
        flooding.cancel()
        await asyncio.wait({flooding})

        assert ann.kept[-1]["code"] == "messages_too_fast"
        await bob.until("user-left")


class TestEnd:
    async def test_of_the_room_is_told(self, plain: PlainServer, meeting: Meeting) -> None:
        guest = await come_as(plain, meeting, Role.GUEST)

        await meeting.ask(Role.HOST, "POST", "/end")

        assert await guest.until_closed() == 4410
        assert guest.kept[-1]["type"] == "leave_room"

    async def test_of_a_place_is_told(self, plain: PlainServer, meeting: Meeting) -> None:
        guest = await come_as(plain, meeting, Role.GUEST)

        await meeting.ask(Role.HOST, "PUT", f"/bans/{meeting.identity(Role.GUEST)}")

        assert await guest.until_closed() == 4403
        assert guest.kept[-1] == {"type": "leave_room", "reason": "participant_removed"}

    async def test_of_the_media_process_asks_to_come_again(
        self, plain: PlainServer, code: str
    ) -> None:
        ann = await plain.come(code, "Ann")

        plain.server.sfu.kill()

        assert await ann.until_closed() == 1012
        await plain.server.sfu.until_started(2)
        again = await plain.come(code, "Ann")
        assert (await again.so_far()) is not None

    async def test_of_a_connection_that_failed_asks_to_come_again(
        self, plain: PlainServer, code: str
    ) -> None:
        ann = await plain.come(code, "Ann")
        [inside] = await plain.server.parts.engine.list_participants(code)
        failed = sfu_pb2.ParticipantFailed(
            participant_sid=inside.sid,
            reason=sfu_pb2.ParticipantFailed.REASON_CONNECTION_LOST,
            code="connection_lost",
        )

        plain.server.sfu.say(sfu_pb2.Event(participant_failed=failed))

        assert await ann.until_closed() == 1012

    async def test_of_the_server_asks_to_come_again(self, plain: PlainServer, code: str) -> None:
        ann = await plain.come(code, "Ann")

        await plain.server.parts.engine.stop()

        assert await ann.until_closed() == 1012


class TestSections:
    def test_name_every_track_that_is_sent_once(self) -> None:
        offer = OFFER.format(voice="voice", picture="picture")

        found = sent_tracks(offer + offer.partition("t=0 0\r\n")[2])

        assert found == [SentTrack("voice", "audio"), SentTrack("picture", "video")]

    @pytest.mark.parametrize(
        "section",
        [
            "m=video 9 x\na=msid:s t\na=recvonly",
            "m=video 9 x\na=msid:s t\na=inactive",
            "m=video 0 x\na=msid:s t",
            "m=video 9 x\na=msid:alone",
            "m=application 9 x\na=msid:s t",
            "m=",
            "a=msid:s t",
            "",
        ],
    )
    def test_that_send_nothing_name_none(self, section: str) -> None:
        assert sent_tracks(f"v=0\n{section}") == []


class TestRead:
    def test_leaves_out_what_it_does_not_know(self) -> None:
        said = read('{"type": "mute", "muted": true, "roomId": "x", "userId": "y"}')

        assert said.model_dump() == {"type": "mute", "muted": True}

    @settings(deadline=None)
    @given(st.text() | json_values.map(json.dumps))
    def test_says_of_anything_else_that_it_is_no_message(self, frame: str) -> None:
        with contextlib.suppress(MessageMalformedError):
            assert read(frame).type

    @settings(deadline=None)
    @given(st.text(alphabet="m=aud iov\r\n:0sidrecvonly"))
    def test_finds_tracks_in_anything_without_a_word(self, sdp: str) -> None:
        assert all(track.kind in {"audio", "video"} for track in sent_tracks(sdp))
