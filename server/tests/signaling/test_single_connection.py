"""Version 1 of LiveKit's protocol: one request to join, one connection for both directions."""

import asyncio
import gzip
import zlib
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator

import httpx2
import pytest
import websockets
from google.protobuf import json_format
from livekit.protocol import models, rtc
from signaling.conftest import (
    Client,
    Served,
    camera,
    serving,
    state_of,
    token,
    tracks_of,
    with_timings,
)

from jumpa.media.embedded import sfu_pb2

PATIENT = with_timings(resume_timeout_s=600)
ACTIVE = models.ParticipantInfo.State.ACTIVE
OFFER = rtc.SessionDescription(type="offer", sdp="v=0 three and three", id=1)
GZIP = rtc.WrappedJoinRequest.Compression.GZIP
FOLLOWED = rtc.ConnectionSettings(auto_subscribe=True)
BOMB = gzip.compress(bytes(4 * 1024 * 1024))


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    async with serving(PATIENT) as running:
        yield running


def wrapped(contents: bytes, compression: int = 0) -> str:
    request = rtc.WrappedJoinRequest(join_request=contents, compression=compression)  # type: ignore[arg-type]  # any number may arrive
    return urlsafe_b64encode(request.SerializeToString()).decode()


def packed(request: rtc.JoinRequest) -> str:
    return wrapped(gzip.compress(request.SerializeToString()), GZIP)


def asking(**wishes: object) -> rtc.JoinRequest:
    wishes = {"connection_settings": FOLLOWED, **wishes}
    return rtc.JoinRequest(**wishes)  # type: ignore[arg-type]  # fields of the message


async def join(served: Served, identity: str = "ann", **wishes: object) -> Client:
    wishes = {"publisher_offer": OFFER, **wishes}
    query = f"&join_request={packed(asking(**wishes))}"
    return await served.join(token(identity), query, "/rtc/v1")


async def come_back(
    served: Served, sid: str, state: rtc.SyncState, identity: str = "ann"
) -> Client:
    wishes = asking(reconnect=True, participant_sid=sid, sync_state=state)
    return await served.join(token(identity), f"&join_request={packed(wishes)}", "/rtc/v1")


async def connected(served: Served, client: Client) -> str:
    """Let the media connection come up; the participant's sid."""
    sid = (await client.until("join")).join.participant.sid
    up = sfu_pb2.Connected(participant_sid=sid, target=sfu_pb2.TARGET_PUBLISHER)
    await client.until("answer")
    served.sfu.say(sfu_pb2.Event(connected=up))
    await client.until("update", lambda u: state_of(u, sid) == ACTIVE)
    return sid


async def refusal(served: Served, parameter: str, path: str = "/rtc/v1") -> tuple[int, str]:
    """Return how the upgrade is refused, after validate has said the same."""
    query = f"access_token={token()}&join_request={parameter}"
    async with httpx2.AsyncClient(base_url=served.url) as http:
        answer = await http.get(f"{path}/validate?{query}")
    with pytest.raises(websockets.InvalidStatus) as refused:
        await served.join(token(), f"&join_request={parameter}", path)
    response = refused.value.response
    assert (response.status_code, response.body.decode()) == (answer.status_code, answer.text)
    return answer.status_code, answer.text


class TestJoin:
    async def test_says_join_then_a_fresh_token_then_the_answer(self, served: Served) -> None:
        ann = await join(served)

        kinds = [(await ann.next()).WhichOneof("message") for _ in range(2)]
        answer = (await ann.until("answer")).answer

        assert kinds == ["join", "refresh_token"]
        assert (answer.id, answer.sdp) == (1, "v=0 answer")
        assert served.sfu.told("add_participant")[0].add_participant.single_connection

    async def test_names_no_subscriber_connection(self, served: Served) -> None:
        ann = await join(served)

        assert not (await ann.until("join")).join.subscriber_primary
        assert "offer" not in await ann.so_far()

    async def test_becomes_active_with_the_one_connection(self, served: Served) -> None:
        ann = await join(served)

        assert await connected(served, ann)

    async def test_may_offer_later(self, served: Served) -> None:
        query = f"&join_request={packed(asking())}"
        ann = await served.join(token(), query, "/rtc/v1")
        await ann.until("join")

        await ann.send(rtc.SignalRequest(offer=OFFER))

        assert (await ann.until("answer")).answer.id == 1

    async def test_is_known_by_its_parameter_on_the_older_path_too(self, served: Served) -> None:
        query = f"&join_request={packed(asking(publisher_offer=OFFER))}"
        ann = await served.join(token(), query)

        assert (await ann.until("answer")).answer.id == 1
        assert served.sfu.told("add_participant")[0].add_participant.single_connection

    async def test_needs_no_compression_and_no_padding(self, served: Served) -> None:
        plain = wrapped(asking(publisher_offer=OFFER).SerializeToString()).rstrip("=")
        ann = await served.join(token(), f"&join_request={plain}", "/rtc/v1")

        assert (await ann.until("answer")).answer.id == 1

    async def test_announces_the_tracks_of_the_request(self, served: Served) -> None:
        ann = await join(served, add_track_requests=[camera()])

        assert (await ann.until("track_published")).track_published.cid == "camera-cid"

    async def test_takes_attributes_and_metadata_with_the_grant(self, served: Served) -> None:
        wishes = asking(metadata="m", participant_attributes={"a": "b", "empty": ""})
        may = token(grants={"canUpdateOwnMetadata": True})
        ann = await served.join(may, f"&join_request={packed(wishes)}", "/rtc/v1")

        me = (await ann.until("join")).join.participant

        assert (me.metadata, dict(me.attributes)) == ("m", {"a": "b"})

    @pytest.mark.parametrize(
        "wishes",
        [asking(metadata="m"), asking(participant_attributes={"a": "b"})],
        ids=["metadata", "attributes"],
    )
    async def test_takes_neither_without(self, served: Served, wishes: rtc.JoinRequest) -> None:
        status, text = await refusal(served, packed(wishes))

        assert status == 401
        assert "does not allow" in text

    async def test_validate_says_success(self, served: Served) -> None:
        path = f"/rtc/v1/validate?access_token={token()}&join_request={packed(asking())}"
        async with httpx2.AsyncClient(base_url=served.url) as http:
            answer = await http.get(path)

        assert (answer.status_code, answer.text) == (200, "success")
        assert answer.headers["access-control-allow-origin"] == "*"
        assert not served.events


class TestTracks:
    async def test_are_wanted_before_the_first_offer_is_answered(self, served: Served) -> None:
        ann = await join(served)
        await connected(served, ann)
        camera_sid = await ann.publish(camera())
        bob = await join(served, "bob")
        sid = (await bob.until("join")).join.participant.sid
        await bob.until("answer")

        kinds = [c.WhichOneof("command") for c in served.sfu.commands if sid in str(c)]
        wanted = served.sfu.told("subscribe")[0].subscribe

        assert (wanted.participant_sid, wanted.track_sid) == (sid, camera_sid)
        assert kinds.index("subscribe") < kinds.index("publisher_offer")

    async def test_are_not_wanted_without_auto_subscribe(self, served: Served) -> None:
        ann = await join(served)
        await connected(served, ann)
        await ann.publish(camera())
        bob = await join(served, "bob", connection_settings=rtc.ConnectionSettings())
        await connected(served, bob)

        await bob.so_far()

        assert not served.sfu.told("subscribe")

    async def test_that_the_answer_brings_are_named_by_their_sections(self, served: Served) -> None:
        ann = await join(served)
        sid = (await ann.until("join")).join.participant.sid
        await ann.until("answer")
        answer = sfu_pb2.PublisherAnswer(
            participant_sid=sid, id=2, sdp="v=0", mid_to_track_sid={"0": "TR_x"}
        )

        served.sfu.say(sfu_pb2.Event(publisher_answer=answer))

        assert dict((await ann.until("answer")).answer.mid_to_track_id) == {"0": "TR_x"}

    async def test_are_known_before_a_section_is_asked_for_them(self, served: Served) -> None:
        ann, bob = await join(served), await join(served, "bob")
        await connected(served, ann)
        sid = await connected(served, bob)
        track = await ann.publish(camera())
        required = sfu_pb2.MediaSectionsRequired(participant_sid=sid, audios=1, videos=2)

        served.sfu.say(sfu_pb2.Event(media_sections_required=required))

        asked = (await bob.until("media_sections_requirement")).media_sections_requirement
        assert (asked.num_audios, asked.num_videos) == (1, 2)
        assert any(track in tracks_of(message) for message in bob.kept)


class TestResume:
    async def test_goes_on_under_the_same_sid(self, served: Served) -> None:
        ann = await join(served)
        sid = await connected(served, ann)
        ann.connection.transport.abort()
        await ann.connection.wait_closed()

        query = f"&join_request={packed(asking(reconnect=True, participant_sid=sid))}"
        back = await served.join(token(), query, "/rtc/v1")

        assert (await back.next()).WhichOneof("message") == "reconnect"
        await back.send(rtc.SignalRequest(offer=OFFER))
        assert (await back.until("answer")).answer.id == 1
        assert len(served.sfu.told("add_participant")) == 1

    async def test_follows_the_state_that_the_request_brings(self, served: Served) -> None:
        ann, bob = await join(served), await join(served, "bob")
        sid, bob_sid = await connected(served, ann), await connected(served, bob)
        track = await ann.publish(camera())
        await served.sfu.until_told("subscribe")

        unwanted = rtc.UpdateSubscription(track_sids=[track], subscribe=False)
        await come_back(served, bob_sid, rtc.SyncState(subscription=unwanted), "bob")
        ghost = rtc.TrackPublishedResponse(cid="c", track=models.TrackInfo(sid="TR_ghost"))
        back = await come_back(served, sid, rtc.SyncState(publish_tracks=[ghost]))

        gone = (await served.sfu.until_told("unsubscribe")).unsubscribe
        assert (gone.participant_sid, gone.track_sid) == (bob_sid, track)
        assert (await back.until("leave")).leave.action == rtc.LeaveRequest.Action.RECONNECT

    @pytest.mark.parametrize("sid", ["PA_forged", "", "theirs", "older"])
    async def test_of_what_is_not_ones_own_has_to_join_anew(self, served: Served, sid: str) -> None:
        bob = await join(served, "bob")
        older = await served.join(token("ann"))
        known = {"theirs": bob, "older": older}
        if sid in known:
            sid = (await known[sid].until("join")).join.participant.sid
        query = f"&join_request={packed(asking(reconnect=True, participant_sid=sid))}"

        back = await served.join(token(), query, "/rtc/v1")

        leave = (await back.next()).leave
        assert leave.action == rtc.LeaveRequest.Action.RECONNECT
        assert leave.reason == models.DisconnectReason.STATE_MISMATCH


class TestRefused:
    @pytest.mark.parametrize(
        ("parameter", "reason"),
        [
            ("", "missing"),
            ("!", "base64url"),
            ("AAAA", "base64url"),
            (wrapped(b"\xff\xff"), "base64url"),
            (wrapped(b"", 7), "compressed in a way"),
            (wrapped(b"no gzip", GZIP), "no gzip"),
            (wrapped(b"", GZIP), "cut off"),
            (wrapped(gzip.compress(b"x" * 1000)[:20], GZIP), "cut off"),
            (wrapped(zlib.compress(b""), GZIP), "no gzip"),
        ],
        ids=range(9),
    )
    async def test_a_request_that_cannot_be_read(
        self, served: Served, parameter: str, reason: str
    ) -> None:
        status, text = await refusal(served, parameter)

        assert status == 400
        assert reason in text
        assert not served.events

    async def test_a_bomb_is_not_unpacked(self, served: Served) -> None:
        bomb = wrapped(BOMB, GZIP)

        status, text = await refusal(served, bomb)

        assert status == 400
        assert "at most" in text

    async def test_a_token_without_the_grant(self, served: Served) -> None:
        poor = token(grants={"roomJoin": False})
        with pytest.raises(websockets.InvalidStatus) as refused:
            await served.join(poor, f"&join_request={packed(asking())}", "/rtc/v1")

        assert refused.value.response.status_code == 401

    @pytest.mark.parametrize("sdp", ["", "nonsense", "v=0" + "x" * 1_100_000])
    async def test_an_offer_that_is_none_sends_its_sender_away(
        self, served: Served, sdp: str
    ) -> None:
        eve = await join(served, "eve", publisher_offer=rtc.SessionDescription(sdp=sdp, id=1))

        leave = (await eve.until("leave")).leave

        assert leave.reason == models.DisconnectReason.STATE_MISMATCH
        assert await eve.until_closed() == 1000

    async def test_many_offers_at_once_are_all_answered(self, served: Served) -> None:
        ann = await join(served)
        await asyncio.gather(*(ann.send(rtc.SignalRequest(offer=OFFER)) for _ in range(50)))

        for _ in range(51):
            await ann.until("answer")


async def pong(client: Client) -> str | bytes:
    """Return the next pong as it came; other messages may be on their way before it."""
    while True:
        frame = await client.connection.recv()
        if isinstance(frame, str):
            response = json_format.Parse(frame, rtc.SignalResponse())
        else:
            response = rtc.SignalResponse.FromString(frame)
        if response.WhichOneof("message") == "pong":
            return frame


class TestText:
    @pytest.mark.parametrize("path", ["/rtc", "/rtc/v1"])
    async def test_is_answered_in_text(self, served: Served, path: str) -> None:
        query = f"&join_request={packed(asking())}" if path.endswith("v1") else ""
        ann = await served.join(token(), query, path)
        await ann.until("join")

        await ann.connection.send('{"ping": "7", "newer": {}}')
        in_text = await pong(ann)
        await ann.send(rtc.SignalRequest(ping=8))
        in_bytes = await pong(ann)

        assert (type(in_text), type(in_bytes)) == (str, bytes)
