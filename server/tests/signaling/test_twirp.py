"""RoomService over Twirp."""

import asyncio
import base64
from dataclasses import replace
from typing import Any

import httpx2
import pytest
from livekit.protocol import models, room, rtc
from signaling.conftest import CONFIG, Client, Served, camera, serving, token, with_limits

ADMIN = {"roomJoin": False, "roomAdmin": True, "roomCreate": True, "roomList": True}


async def call(
    served: Served,
    method: str,
    body: object,
    *,
    access_token: str | None = None,
) -> httpx2.Response:
    access_token = token("", "tea", grants=ADMIN) if access_token is None else access_token
    async with httpx2.AsyncClient(base_url=served.url) as client:
        return await client.post(
            f"/twirp/livekit.RoomService/{method}",
            json=body,
            headers={"Authorization": f"Bearer {access_token}"},
        )


async def joined(served: Served, identity: str = "ann") -> Client:
    client = await served.join(token(identity))
    await client.become_active()
    return client


class TestRooms:
    async def test_are_created_listed_and_deleted(self, served: Served) -> None:
        created = await call(
            served, "CreateRoom", {"name": "tea", "empty_timeout": 7, "maxParticipants": 3}
        )
        listed = await call(served, "ListRooms", {"names": ["tea", "other"]})
        deleted = await call(served, "DeleteRoom", {"room": "tea"})
        empty = await call(served, "ListRooms", {})

        assert created.status_code == 200
        assert created.json()["name"] == "tea"
        assert (created.json()["empty_timeout"], created.json()["max_participants"]) == (7, 3)
        assert created.json()["num_participants"] == 0
        assert isinstance(created.json()["creation_time"], str)
        assert [r["sid"] for r in listed.json()["rooms"]] == [created.json()["sid"]]
        assert deleted.json() == {}
        assert empty.json() == {"rooms": []}

    async def test_creating_twice_at_once_gives_one(self, served: Served) -> None:
        answers = await asyncio.gather(
            *(call(served, "CreateRoom", {"name": "tea"}) for _ in range(5))
        )

        assert len({answer.json()["sid"] for answer in answers}) == 1

    async def test_has_room_for_as_many_as_it_was_created_for(self, served: Served) -> None:
        await call(served, "CreateRoom", {"name": "tea", "max_participants": 1})
        await joined(served)

        validate = f"/rtc/validate?access_token={token('bob')}"
        async with httpx2.AsyncClient(base_url=served.url) as client:
            answer = await client.get(validate)

        assert answer.status_code == 503

    async def test_deleting_sends_everybody_away(self, served: Served) -> None:
        ann = await joined(served)

        await call(served, "DeleteRoom", {"room": "tea"})

        leave = (await ann.until("leave")).leave
        assert leave.reason == models.DisconnectReason.ROOM_DELETED
        assert leave.action == rtc.LeaveRequest.Action.DISCONNECT

    @pytest.mark.parametrize(
        "body", [{}, {"name": "x" * 257}, {"name": "tea", "metadata": "x" * 600_000}]
    )
    async def test_a_bad_request_is_named(self, served: Served, body: dict[str, str]) -> None:
        answer = await call(served, "CreateRoom", body)

        assert answer.status_code == 400
        assert answer.json()["code"] == "invalid_argument"
        assert answer.json()["msg"]

    async def test_no_more_than_fit(self) -> None:
        async with serving(with_limits(rooms=1)) as served:
            await call(served, "CreateRoom", {"name": "one"})
            answer = await call(served, "CreateRoom", {"name": "two"})

        assert (answer.status_code, answer.json()["code"]) == (429, "resource_exhausted")


class TestParticipants:
    async def test_are_listed_and_read(self, served: Served) -> None:
        await joined(served)

        listed = await call(served, "ListParticipants", {"room": "tea"})
        one = await call(served, "GetParticipant", {"room": "tea", "identity": "ann"})

        assert [p["identity"] for p in listed.json()["participants"]] == ["ann"]
        assert one.json()["state"] == "ACTIVE"
        assert one.json()["permission"]["can_publish"] is True
        assert isinstance(one.json()["joined_at"], str)

    async def test_of_an_unknown_room_are_none(self, served: Served) -> None:
        answer = await call(served, "ListParticipants", {"room": "tea"})

        assert (answer.status_code, answer.json()) == (200, {"participants": []})

    async def test_are_removed(self, served: Served) -> None:
        ann = await joined(served)

        answer = await call(served, "RemoveParticipant", {"room": "tea", "identity": "ann"})

        assert answer.json() == {}
        leave = (await ann.until("leave")).leave
        assert leave.reason == models.DisconnectReason.PARTICIPANT_REMOVED

    async def test_deleting_an_unknown_room_is_not_found(self, served: Served) -> None:
        answer = await call(served, "DeleteRoom", {"room": "nowhere"})

        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")

    @pytest.mark.parametrize("method", ["GetParticipant", "RemoveParticipant"])
    async def test_that_do_not_exist_are_not_found(self, served: Served, method: str) -> None:
        await joined(served)

        answer = await call(served, method, {"room": "tea", "identity": "nobody"})

        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


class TestUpdateParticipant:
    async def test_changes_profile_and_permission_at_once(self, served: Served) -> None:
        ann = await joined(served)
        track = await ann.publish(camera())
        body = {
            "room": "tea",
            "identity": "ann",
            "name": "Ann Lee",
            "metadata": "m",
            "attributes": {"hand": "up", "gone": ""},
            "permission": {"canSubscribe": False, "canPublish": True, "canPublishSources": [2]},
        }

        answer = await call(served, "UpdateParticipant", body)

        info = answer.json()
        assert (info["name"], info["metadata"], info["attributes"]) == (
            "Ann Lee",
            "m",
            {"hand": "up"},
        )
        assert info["tracks"] == []
        assert (await ann.until("track_unpublished")).track_unpublished.track_sid == track
        update = await ann.until("update", lambda r: bool(r.update.participants[0].attributes))
        allowed = update.update.participants[0].permission
        assert (allowed.can_subscribe, allowed.can_publish_data) == (False, False)
        told = (await served.sfu.until_told("set_permission")).set_permission.permission
        assert (told.can_publish, told.can_subscribe, told.can_publish_data) == (True, False, False)
        await ann.send(rtc.SignalRequest(add_track=camera("again")))
        refused = (await ann.until("request_response")).request_response
        assert refused.reason == rtc.RequestResponse.Reason.NOT_ALLOWED

    async def test_does_not_take_an_unknown_source_for_every_source(self, served: Served) -> None:
        await joined(served)
        permission = {"canPublish": True, "canPublishSources": [99]}
        body = {"room": "tea", "identity": "ann", "permission": permission}

        await call(served, "UpdateParticipant", body)

        _, ann = served.engine._directory.get_participant("tea", "ann")
        assert not ann.may_publish(models.TrackSource.CAMERA)

    async def test_gives_back_what_is_taken_away(self, served: Served) -> None:
        ann, bob = await joined(served), await joined(served, "bob")
        sid = await ann.publish(camera())
        await served.sfu.until_told("subscribe")
        body = {"room": "tea", "identity": "bob"}

        for may in (False, True):
            permission = {"canSubscribe": may, "canPublish": may}
            await call(served, "UpdateParticipant", {**body, "permission": permission})

        gone = (await served.sfu.until_told("unsubscribe")).unsubscribe
        back = (await served.sfu.until_told("subscribe", 2)).subscribe
        assert gone.track_sid == back.track_sid == sid
        assert gone.participant_sid == back.participant_sid
        assert await bob.publish(camera("bobs"))

    async def test_refuses_attributes_that_are_too_large(self) -> None:
        async with serving(with_limits(attributes_bytes=10)) as served:
            await joined(served)
            body = {"room": "tea", "identity": "ann", "attributes": {"x": "y" * 10}}

            answer = await call(served, "UpdateParticipant", body)

        assert (answer.status_code, answer.json()["code"]) == (400, "invalid_argument")

    async def test_says_that_nobody_is_there(self, served: Served) -> None:
        answer = await call(served, "UpdateParticipant", {"room": "tea", "identity": "bob"})

        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


class TestUpdateSubscriptions:
    async def test_subscribes_and_unsubscribes_somebody(self, served: Served) -> None:
        ann = await joined(served)
        await joined(served, "bob")
        bob_sid = (await served.engine.get_participant("tea", "bob")).sid
        sid = await ann.publish(camera())
        await served.sfu.until_told("subscribe")
        body = {"room": "tea", "identity": "bob", "trackSids": [sid]}

        gone = await call(served, "UpdateSubscriptions", {**body, "subscribe": False})
        back = await call(served, "UpdateSubscriptions", {**body, "subscribe": True})

        assert (gone.json(), back.json()) == ({}, {})
        told = (await served.sfu.until_told("unsubscribe")).unsubscribe
        assert (told.participant_sid, told.track_sid) == (bob_sid, sid)
        assert (await served.sfu.until_told("subscribe", 2)).subscribe.participant_sid == bob_sid

    async def test_says_that_nobody_is_there(self, served: Served) -> None:
        answer = await call(served, "UpdateSubscriptions", {"room": "tea", "identity": "bob"})

        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


class TestUpdateRoomMetadata:
    async def test_is_read_by_everybody(self, served: Served) -> None:
        ann = await joined(served)

        answer = await call(served, "UpdateRoomMetadata", {"room": "tea", "metadata": "on air"})

        assert answer.json()["metadata"] == "on air"
        update = await ann.until("room_update", lambda r: bool(r.room_update.room.metadata))
        assert update.room_update.room.metadata == "on air"
        bob = await served.join(token("bob"))
        assert (await bob.until("join")).join.room.metadata == "on air"

    async def test_says_that_there_is_no_room(self, served: Served) -> None:
        answer = await call(served, "UpdateRoomMetadata", {"room": "tea", "metadata": "x"})

        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")

    async def test_refuses_what_is_too_large(self, served: Served) -> None:
        await joined(served)
        body = {"room": "tea", "metadata": "x" * 600_000}

        answer = await call(served, "UpdateRoomMetadata", body)

        assert (answer.status_code, answer.json()["code"]) == (400, "invalid_argument")


class TestMutePublishedTrack:
    @pytest.mark.parametrize("name", ["track_sid", "trackSid"])
    async def test_takes_both_spellings(self, served: Served, name: str) -> None:
        ann = await joined(served)
        sid = await ann.publish(camera())

        body = {"room": "tea", "identity": "ann", name: sid, "muted": True}
        answer = await call(served, "MutePublishedTrack", body)

        assert answer.json()["track"]["muted"] is True
        assert (await ann.until("mute")).mute.sid == sid

    async def test_does_not_unmute(self, served: Served) -> None:
        ann = await joined(served)
        sid = await ann.publish(camera())

        body = {"room": "tea", "identity": "ann", "track_sid": sid, "muted": False}
        answer = await call(served, "MutePublishedTrack", body)

        assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")

    async def test_unmutes_where_the_settings_say_so(self) -> None:
        async with serving(replace(CONFIG, allow_remote_unmute=True)) as served:
            ann = await joined(served)
            sid = await ann.publish(camera())
            body = {"room": "tea", "identity": "ann", "track_sid": sid}
            await call(served, "MutePublishedTrack", {**body, "muted": True})
            await ann.until("mute")

            answer = await call(served, "MutePublishedTrack", {**body, "muted": False})

            assert answer.json()["track"]["muted"] is False
            mute = (await ann.until("mute")).mute
            assert (mute.sid, mute.muted) == (sid, False)
            told = await served.sfu.until_told("set_track_muted", 2)
            assert not told.set_track_muted.muted

    async def test_an_unknown_track_is_not_found(self, served: Served) -> None:
        await joined(served)

        body = {"room": "tea", "identity": "ann", "track_sid": "TR_none", "muted": True}
        answer = await call(served, "MutePublishedTrack", body)

        assert answer.status_code == 404


class TestSendData:
    async def test_reaches_those_named(self, served: Served) -> None:
        ann = await joined(served)
        await joined(served, "bob")
        ann_sid = (await served.engine.get_participant("tea", "ann")).sid

        body: dict[str, Any] = {
            "room": "tea",
            "data": base64.b64encode(b"hello").decode(),
            "kind": "LOSSY",
            "destination_identities": ["ann", "nobody"],
            "topic": "t",
        }
        answer = await call(served, "SendData", body)

        assert answer.json() == {}
        told = (await served.sfu.until_told("send_data")).send_data
        packet = models.DataPacket.FromString(told.packet)
        assert (list(told.destination_sids), told.lossy) == ([ann_sid], True)
        assert (packet.user.payload, packet.user.topic) == (b"hello", "t")
        assert "leave" not in await ann.so_far()

    async def test_to_nobody_present_goes_to_nobody(self, served: Served) -> None:
        ann = await joined(served)

        body = {"room": "tea", "data": "aGk=", "destination_identities": ["nobody"]}
        answer = await call(served, "SendData", body)
        await ann.so_far()

        assert answer.status_code == 200
        assert not served.sfu.told("send_data")

    async def test_too_much_is_refused(self, served: Served) -> None:
        await joined(served)

        data = base64.b64encode(b"x" * (64 * 1024 + 1)).decode()
        answer = await call(served, "SendData", {"room": "tea", "data": data})

        assert answer.json()["code"] == "invalid_argument"
        assert not served.sfu.told("send_data")


CALLS: list[tuple[str, dict[str, Any], str]] = [
    ("CreateRoom", {"name": "tea"}, "roomCreate"),
    ("ListRooms", {}, "roomList"),
    ("DeleteRoom", {"room": "tea"}, "roomCreate"),
    ("ListParticipants", {"room": "tea"}, "roomAdmin"),
    ("GetParticipant", {"room": "tea", "identity": "ann"}, "roomAdmin"),
    ("RemoveParticipant", {"room": "tea", "identity": "ann"}, "roomAdmin"),
    ("MutePublishedTrack", {"room": "tea", "identity": "ann", "track_sid": "x"}, "roomAdmin"),
    ("UpdateParticipant", {"room": "tea", "identity": "ann"}, "roomAdmin"),
    ("UpdateSubscriptions", {"room": "tea", "identity": "ann"}, "roomAdmin"),
    ("UpdateRoomMetadata", {"room": "tea", "metadata": "m"}, "roomAdmin"),
    ("SendData", {"room": "tea", "data": ""}, "roomAdmin"),
]


class TestGrants:
    @pytest.mark.parametrize(("method", "body", "grant"), CALLS)
    async def test_each_method_needs_its_own(
        self, served: Served, method: str, body: dict[str, Any], grant: str
    ) -> None:
        ann = await joined(served)
        others = {**ADMIN, grant: False}

        answer = await call(served, method, body, access_token=token("", "tea", grants=others))

        assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
        assert grant in answer.json()["msg"]
        assert "leave" not in await ann.so_far()

    @pytest.mark.parametrize(("method", "body", "grant"), [c for c in CALLS if c[2] == "roomAdmin"])
    async def test_an_admin_of_another_room_is_none(
        self, served: Served, method: str, body: dict[str, Any], grant: str
    ) -> None:
        await joined(served)

        answer = await call(served, method, body, access_token=token("", "coffee", grants=ADMIN))

        assert answer.status_code == 401
        assert grant in answer.json()["msg"]

    @pytest.mark.parametrize("access_token", ["garbage", token(secret="b" * 64, grants=ADMIN)])
    async def test_a_forged_token_opens_nothing(self, served: Served, access_token: str) -> None:
        answer = await call(served, "ListRooms", {}, access_token=access_token)

        assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")


class TestWire:
    async def post(
        self, served: Served, path: str, content: bytes, content_type: str
    ) -> httpx2.Response:
        headers = {
            "Authorization": f"Bearer {token('', 'tea', grants=ADMIN)}",
            "Content-Type": content_type,
        }
        async with httpx2.AsyncClient(base_url=served.url) as client:
            return await client.post(path, content=content, headers=headers)

    async def test_speaks_protobuf(self, served: Served) -> None:
        body = room.CreateRoomRequest(name="tea").SerializeToString()

        answer = await self.post(
            served, "/twirp/livekit.RoomService/CreateRoom", body, "application/protobuf"
        )

        assert answer.headers["content-type"] == "application/protobuf"
        assert models.Room.FromString(answer.content).name == "tea"

    @pytest.mark.parametrize(
        ("content", "content_type"),
        [
            (b"{", "application/json"),
            (b"\xff\xfe", "application/json"),
            (b'{"name": 7}', "application/json"),
            (b"[" * 50_000, "application/json"),
            (b'{"a":' * 50_000, "application/json"),
            (b"\xff\xff", "application/protobuf"),
            (b"x" * (10 * 1024 * 1024 + 1), "application/protobuf"),
        ],
        ids=range(7),
    )
    async def test_a_body_that_cannot_be_read_is_malformed(
        self, served: Served, content: bytes, content_type: str
    ) -> None:
        path = "/twirp/livekit.RoomService/CreateRoom"
        answer = await self.post(served, path, content, content_type)

        assert (answer.status_code, answer.json()["code"]) == (400, "malformed")
        assert not served.events

    @pytest.mark.parametrize(
        ("path", "content_type"),
        [
            ("/twirp/livekit.RoomService/Nothing", "application/json"),
            ("/twirp/livekit.Egress/ListRooms", "application/json"),
            ("/twirp/livekit.RoomService/ListRooms", "text/plain"),
        ],
    )
    async def test_what_it_does_not_know_is_a_bad_route(
        self, served: Served, path: str, content_type: str
    ) -> None:
        answer = await self.post(served, path, b"{}", content_type)

        assert (answer.status_code, answer.json()["code"]) == (404, "bad_route")

    @pytest.mark.parametrize(
        "method",
        [
            "RoomService/MoveParticipant",
            "RoomService/ForwardParticipant",
            "Egress/StartRoomCompositeEgress",
            "Egress/ListEgress",
            "Ingress/CreateIngress",
            "SIP/CreateSIPParticipant",
            "Connector/DialWhatsAppCall",
        ],
    )
    async def test_what_is_not_offered_says_so(self, served: Served, method: str) -> None:
        answer = await self.post(served, f"/twirp/livekit.{method}", b"{}", "application/json")
        async with httpx2.AsyncClient(base_url=served.url) as client:
            stranger = await client.post(f"/twirp/livekit.{method}", json={})

        assert (answer.status_code, answer.json()["code"]) == (501, "unimplemented")
        assert (stranger.status_code, stranger.json()["code"]) == (401, "unauthenticated")

    async def test_get_is_a_bad_route(self, served: Served) -> None:
        async with httpx2.AsyncClient(base_url=served.url) as client:
            answer = await client.get("/twirp/livekit.RoomService/ListRooms")

        assert (answer.status_code, answer.json()["code"]) == (404, "bad_route")
