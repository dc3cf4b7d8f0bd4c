"""What hosts and moderators do, and what it changes in the live room at once."""

import asyncio

import pytest
from factories import Server
from livekit.protocol import models, rtc
from people import assert_problem
from rooms.meetings import Meeting, People, Screen, on_both_engines

from jumpa.app.rooms import RoomWatch
from jumpa.domains.rooms.service.roles import Role
from jumpa.media.access import Claims, VideoGrants
from jumpa.media.embedded import publishing
from jumpa.media.embedded.participants import JoinOptions
from jumpa.media.errors import NotPermittedError


async def live(meeting: Meeting, role: Role) -> models.ParticipantInfo:
    engine = meeting.server.engine
    return await engine.get_participant(meeting.code, meeting.identity(role))


def watch_of(meeting: Meeting) -> RoomWatch:
    return meeting.server.app.watch


class TestRemove:
    async def test_closes_the_connection_and_the_place(self, meeting: Meeting) -> None:
        screen = await meeting.enter(meeting.people[Role.GUEST])

        answer = await meeting.ask(
            Role.MODERATOR, "DELETE", f"/participants/{meeting.identity(Role.GUEST)}"
        )

        assert answer.status_code == 204
        assert screen.is_closed
        assert_problem(await meeting.ask(Role.GUEST, "GET", "/hands"), 403, "role_too_low")

    @on_both_engines
    async def test_lets_somebody_ask_again_and_wait(self, meeting: Meeting) -> None:
        guest = meeting.people[Role.GUEST]
        await meeting.settle(waiting_room=True)
        await meeting.ask(Role.HOST, "DELETE", f"/participants/{guest.identity}")

        assert (await meeting.guest(seat=guest.seat)).token == ""

    @on_both_engines
    async def test_takes_the_role_away(self, meeting: Meeting) -> None:
        moderator = meeting.identity(Role.MODERATOR)
        await meeting.ask(Role.HOST, "DELETE", f"/participants/{moderator}")

        again = await meeting.ask(Role.MODERATOR, "POST", "/join", json={"name": "Back"})

        assert again.json()["role"] == "participant"

    @on_both_engines
    @pytest.mark.parametrize("target", [Role.HOST, Role.MODERATOR])
    async def test_does_not_reach_upward(self, meeting: Meeting, target: Role) -> None:
        path = f"/participants/{meeting.identity(target)}"

        assert_problem(await meeting.ask(Role.MODERATOR, "DELETE", path), 403, "rank_too_low")

    @on_both_engines
    async def test_does_not_reach_into_another_room(self, people: People, meeting: Meeting) -> None:
        other = await people.meet()
        path = f"/participants/{other.identity(Role.GUEST)}"

        answer = await meeting.ask(Role.HOST, "DELETE", path)

        assert_problem(answer, 404, "participant_not_found")
        assert (await other.ask(Role.GUEST, "GET", "/hands")).status_code == 200


class TestBan:
    async def test_keeps_somebody_out_until_it_is_taken_back(self, meeting: Meeting) -> None:
        guest = meeting.people[Role.GUEST]
        screen = await meeting.enter(guest)
        await meeting.ask(Role.MODERATOR, "PUT", f"/bans/{guest.identity}")
        assert screen.is_closed
        assert_problem(await meeting.knock(seat=guest.seat), 403, "banned")
        listed = (await meeting.ask(Role.HOST, "GET", "/bans")).json()

        await meeting.ask(Role.HOST, "DELETE", f"/bans/{guest.identity}")

        assert [somebody["identity"] for somebody in listed] == [guest.identity]
        assert (await meeting.guest(seat=guest.seat)).identity == guest.identity

    @on_both_engines
    async def test_holds_for_a_person_on_every_device(self, meeting: Meeting) -> None:
        await meeting.ask(Role.HOST, "PUT", f"/bans/{meeting.identity(Role.PARTICIPANT)}")

        answer = await meeting.ask(Role.PARTICIPANT, "POST", "/join", json={"name": "Other"})

        assert_problem(answer, 403, "banned")

    @on_both_engines
    async def test_says_that_nobody_is_banned(self, meeting: Meeting) -> None:
        path = f"/bans/{meeting.identity(Role.GUEST)}"

        assert_problem(await meeting.ask(Role.HOST, "DELETE", path), 404, "place_not_found")
        assert_problem(await meeting.ask(Role.HOST, "PUT", "/bans/no"), 404, "place_not_found")


class TestChangeParticipant:
    async def test_changes_rights_in_the_live_room(self, meeting: Meeting) -> None:
        await meeting.enter(meeting.people[Role.GUEST])
        body = {"may_share": False, "may_chat": False}

        await meeting.ask(
            Role.MODERATOR, "PATCH", f"/participants/{meeting.identity(Role.GUEST)}", json=body
        )

        allowed = (await live(meeting, Role.GUEST)).permission
        assert list(allowed.can_publish_sources) == [
            models.TrackSource.CAMERA,
            models.TrackSource.MICROPHONE,
        ]
        assert not allowed.can_publish_data
        told = await meeting.server.sfu.until_told("set_permission")
        assert told.set_permission.permission.can_publish
        assert not told.set_permission.permission.can_publish_data

    async def test_makes_an_observer_silent_and_a_moderator_free(self, meeting: Meeting) -> None:
        await meeting.enter(meeting.people[Role.PARTICIPANT])
        await meeting.settle(who_may_share="moderators")
        path = f"/participants/{meeting.identity(Role.PARTICIPANT)}"

        await meeting.ask(Role.HOST, "PATCH", path, json={"role": "observer"})
        observer = await live(meeting, Role.PARTICIPANT)
        await meeting.ask(Role.HOST, "PATCH", path, json={"role": "moderator"})
        moderator = await live(meeting, Role.PARTICIPANT)

        assert (observer.attributes["role"], observer.permission.can_publish) == ("observer", False)
        assert moderator.attributes["role"] == "moderator"
        assert list(moderator.permission.can_publish_sources) == []
        assert moderator.permission.can_publish

    async def test_lets_only_the_host_change_roles(self, meeting: Meeting) -> None:
        path = f"/participants/{meeting.identity(Role.GUEST)}"

        answer = await meeting.ask(Role.MODERATOR, "PATCH", path, json={"role": "moderator"})

        assert_problem(answer, 403, "role_too_low")

    @pytest.mark.parametrize(
        "body",
        [
            {"role": "host"},
            {"role": "god"},
            {"may_share": "x"},
            {"may_share": 0},
            {"state": "banned"},
            [],
            {"role": None},
        ],
    )
    async def test_refuses_what_is_no_change(self, meeting: Meeting, body: object) -> None:
        path = f"/participants/{meeting.identity(Role.GUEST)}"

        answer = await meeting.ask(Role.HOST, "PATCH", path, json=body)

        assert_problem(answer, 422, "request_malformed")


class TestSettings:
    async def test_hold_at_once_for_everybody_but_moderators(self, meeting: Meeting) -> None:
        for role in (Role.MODERATOR, Role.PARTICIPANT, Role.GUEST):
            await meeting.enter(meeting.people[role])

        await meeting.settle(who_may_chat="moderators")

        chatting = {
            role: (await live(meeting, role)).permission.can_publish_data
            for role in (Role.MODERATOR, Role.PARTICIPANT, Role.GUEST)
        }
        assert chatting == {Role.MODERATOR: True, Role.PARTICIPANT: False, Role.GUEST: False}

    async def test_hold_back_cameras_also_of_who_comes_later(self, meeting: Meeting) -> None:
        for role in (Role.MODERATOR, Role.GUEST):
            await meeting.enter(meeting.people[role])

        await meeting.settle(who_may_use_camera="moderators")
        await meeting.enter(meeting.people[Role.PARTICIPANT])

        camera = models.TrackSource.CAMERA
        for role in (Role.GUEST, Role.PARTICIPANT):
            sources = (await live(meeting, role)).permission.can_publish_sources
            assert camera not in sources
            assert models.TrackSource.MICROPHONE in sources
        assert list((await live(meeting, Role.MODERATOR)).permission.can_publish_sources) == []

    async def test_end_the_cameras_that_are_on(self, meeting: Meeting) -> None:
        await meeting.enter(meeting.people[Role.GUEST])
        identity = meeting.identity(Role.GUEST)
        room, guest = meeting.server.engine._directory.get_participant(meeting.code, identity)
        for source, kind in (("MICROPHONE", "AUDIO"), ("CAMERA", "VIDEO")):
            request = rtc.AddTrackRequest(cid=source, source=source, type=kind)
            info = publishing.add_track(room, guest, request)
            publishing.negotiated(room, guest.tracks[info.sid], "1", "video/vp8")

        await meeting.settle(who_may_use_camera="moderators")

        sent = (await live(meeting, Role.GUEST)).tracks
        assert [track.source for track in sent] == [models.TrackSource.MICROPHONE]
        with pytest.raises(NotPermittedError):
            publishing.add_track(
                room, guest, rtc.AddTrackRequest(cid="x", source="CAMERA", type="VIDEO")
            )

    async def test_yield_to_what_was_said_of_one_person(self, meeting: Meeting) -> None:
        await meeting.settle(who_may_chat="moderators")
        path = f"/participants/{meeting.identity(Role.GUEST)}"

        await meeting.ask(Role.HOST, "PATCH", path, json={"may_chat": True})
        await meeting.enter(meeting.people[Role.GUEST])

        assert (await live(meeting, Role.GUEST)).permission.can_publish_data

    async def test_are_not_overwritten_by_who_read_older_ones(self, meeting: Meeting) -> None:
        read = (await meeting.ask(Role.HOST, "GET", "/settings")).headers["etag"]

        first, second = [
            await meeting.ask(
                role, "PUT", "/settings", json={"locked": True}, headers={"If-Match": read}
            )
            for role in (Role.HOST, Role.MODERATOR)
        ]

        assert first.status_code == 200
        assert_problem(second, 412, "changed_meanwhile")

    @pytest.mark.parametrize("value", [0, 1, "yes", None])
    async def test_take_nothing_for_yes_or_no_that_is_neither(
        self, meeting: Meeting, value: object
    ) -> None:
        answer = await meeting.ask(Role.HOST, "PUT", "/settings", json={"locked": value})

        assert_problem(answer, 422, "request_malformed")

    async def test_are_replaced_whole(self, meeting: Meeting) -> None:
        await meeting.settle(locked=True, who_may_share="moderators")
        await meeting.settle()

        settings = (await meeting.ask(Role.GUEST, "GET", "/settings")).json()

        assert settings == {
            "locked": False,
            "waiting_room": False,
            "who_may_unmute": "everybody",
            "who_may_use_camera": "everybody",
            "who_may_share": "everybody",
            "who_may_chat": "everybody",
            "who_may_send_files": "everybody",
            "who_may_react": "everybody",
            "who_may_rename": "everybody",
        }


@on_both_engines
class TestHandOver:
    async def test_makes_another_the_host(self, people: People, meeting: Meeting) -> None:
        heir = meeting.identity(Role.PARTICIPANT)

        answer = await meeting.ask(Role.HOST, "PUT", "/host", json={"identity": heir})

        assert answer.status_code == 204
        assert (await meeting.ask(Role.PARTICIPANT, "POST", "/end")).status_code == 204
        assert_problem(await meeting.ask(Role.HOST, "POST", "/end"), 403, "role_too_low")
        assert (await meeting.ask(Role.HOST, "GET", "/lobby")).status_code == 200
        listed = (await people.signed_in[Role.PARTICIPANT].get("/rooms")).json()["items"]
        assert [room["is_host"] for room in listed] == [True]

    async def test_kills_the_host_secret_of_a_guests_room(self, server: Server) -> None:
        room = await server.create_room()
        meeting = Meeting(server, room["code"])
        secret = {"Authorization": f"Bearer {room['host_secret']}"}
        heir = await meeting.guest()

        answer = await server.client.put(
            f"{meeting.path}/host", json={"identity": heir.identity}, headers=secret
        )

        assert answer.status_code == 204
        refused = await server.client.post(f"{meeting.path}/end", headers=secret)
        assert_problem(refused, 403, "host_secret_wrong")
        assert (await meeting.ask(heir, "POST", "/end")).status_code == 204

    async def test_needs_somebody_who_is_there(self, meeting: Meeting) -> None:
        answer = await meeting.ask(Role.HOST, "PUT", "/host", json={"identity": "nobody"})

        assert_problem(answer, 404, "place_not_found")

    async def test_leaves_one_host_when_two_inherit_at_once(self, meeting: Meeting) -> None:
        heirs = [meeting.identity(Role.PARTICIPANT), meeting.identity(Role.MODERATOR)]

        answers = await asyncio.gather(
            *(meeting.ask(Role.HOST, "PUT", "/host", json={"identity": heir}) for heir in heirs)
        )

        assert sorted(answer.status_code for answer in answers) == [204, 403]


class TestHands:
    async def test_are_listed_in_the_order_of_raising(self, meeting: Meeting) -> None:
        for role in (Role.GUEST, Role.PARTICIPANT, Role.MODERATOR):
            await meeting.enter(meeting.people[role])
            path = f"/participants/{meeting.identity(role)}/hand"
            await meeting.ask(role, "PUT", path)
            meeting.server.clock.move(seconds=1)
        again = f"/participants/{meeting.identity(Role.GUEST)}/hand"
        await meeting.ask(Role.GUEST, "PUT", again)

        hands = (await meeting.ask(Role.OBSERVER, "GET", "/hands")).json()

        assert [hand["identity"] for hand in hands] == [
            meeting.identity(role) for role in (Role.GUEST, Role.PARTICIPANT, Role.MODERATOR)
        ]
        assert (await live(meeting, Role.GUEST)).attributes["hand"] == "2026-11-21T09:00:00Z"

    async def test_are_lowered_by_moderators(self, meeting: Meeting) -> None:
        await meeting.enter(meeting.people[Role.GUEST])
        path = f"/participants/{meeting.identity(Role.GUEST)}/hand"
        await meeting.ask(Role.GUEST, "PUT", path)

        assert (await meeting.ask(Role.MODERATOR, "DELETE", path)).status_code == 204

        assert "hand" not in (await live(meeting, Role.GUEST)).attributes
        assert (await meeting.ask(Role.HOST, "GET", "/hands")).json() == []

    async def test_of_others_stay_as_they_are(self, meeting: Meeting) -> None:
        path = f"/participants/{meeting.identity(Role.MODERATOR)}/hand"
        await meeting.ask(Role.MODERATOR, "PUT", path)

        for method in ("PUT", "DELETE"):
            answer = await meeting.ask(Role.PARTICIPANT, method, path)
            assert_problem(answer, 403, "role_too_low")
        raised = await meeting.ask(Role.HOST, "PUT", path)
        assert_problem(raised, 403, "role_too_low")


class TestListParticipants:
    async def test_tells_roles_and_rights_of_all_who_are_inside(self, meeting: Meeting) -> None:
        engine = meeting.server.engine
        for role in (Role.MODERATOR, Role.OBSERVER, Role.GUEST):
            await meeting.enter(meeting.people[role])
        foreign = Claims(identity="bot", video=VideoGrants(room_join=True, room=meeting.code))
        await engine.join(foreign, JoinOptions(), Screen(), "")

        listed = (await meeting.ask(Role.GUEST, "GET", "/participants")).json()

        assert [(p["role"], p["may_chat"]) for p in listed] == [
            ("moderator", True),
            ("observer", False),
            ("guest", True),
            ("guest", True),
        ]

    async def test_can_be_removed_also_when_they_came_with_a_foreign_token(
        self, meeting: Meeting
    ) -> None:
        screen = Screen()
        foreign = Claims(identity="bot", video=VideoGrants(room_join=True, room=meeting.code))
        await meeting.server.engine.join(foreign, JoinOptions(), screen, "")

        answer = await meeting.ask(Role.HOST, "DELETE", "/participants/bot")

        assert answer.status_code == 204
        assert screen.is_closed


class TestHistory:
    async def test_tells_who_was_in_and_how_long(self, meeting: Meeting) -> None:
        await meeting.arrive(meeting.people[Role.PARTICIPANT])
        meeting.server.clock.move(minutes=5)

        await meeting.ask(Role.PARTICIPANT, "POST", "/leave")
        await watch_of(meeting).settled()

        history = (await meeting.ask(Role.HOST, "GET", "/history")).json()
        assert [stay["duration_s"] for stay in history["items"]] == [300]
        assert history["items"][0]["name"] == "Participant"
        assert history["next_cursor"] is None


class TestRooms:
    @on_both_engines
    async def test_are_listed_in_pages_newest_first(self, people: People) -> None:
        host = people.signed_in[Role.HOST]
        codes = []
        for _ in range(5):
            codes.append((await host.post("/rooms", json={})).json()["code"])
            people.server.clock.move(seconds=1)

        found: list[str] = []
        cursor = ""
        while True:
            page = (await host.get("/rooms", params={"limit": 2, **cursor_of(cursor)})).json()
            found += [room["code"] for room in page["items"]]
            if page["next_cursor"] is None:
                break
            cursor = page["next_cursor"]

        assert found == codes[::-1]

    @on_both_engines
    @pytest.mark.parametrize(
        "cursor",
        [
            "x",
            "WzEsMl0",
            "WyIyMDI2IiwgIjEiXQ",
            "W10",
            "WyIwMDAxLTAxLTAxVDAwOjAwOjAwKzIzOjAwIiwiMDAwMDAwMDAtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAxIl0",
        ],
    )
    async def test_refuse_a_forged_cursor(self, people: People, cursor: str) -> None:
        answer = await people.signed_in[Role.HOST].get("/rooms", params={"cursor": cursor})

        assert_problem(answer, 400, "cursor_malformed")

    @on_both_engines
    async def test_are_changed_by_name_or_replaced_whole(self, meeting: Meeting) -> None:
        await meeting.ask(Role.HOST, "PATCH", json={"description": "Weekly", "max_users": 5})
        patched = (await meeting.ask(Role.HOST, "PATCH", json={"title": "Coffee"})).json()
        replaced = (await meeting.ask(Role.HOST, "PUT", json={"title": "Milk"})).json()

        assert (patched["title"], patched["description"], patched["max_users"]) == (
            "Coffee",
            "Weekly",
            5,
        )
        assert (replaced["title"], replaced["description"], replaced["max_users"]) == (
            "Milk",
            None,
            200,
        )

    @on_both_engines
    async def test_are_not_overwritten_by_who_read_an_older_one(self, meeting: Meeting) -> None:
        read = (await meeting.ask(Role.HOST, "GET")).headers["etag"]
        headers = {"If-Match": read}

        answers = await asyncio.gather(
            *(
                meeting.ask(Role.HOST, "PATCH", json={"title": f"{n}"}, headers=headers)
                for n in range(4)
            )
        )

        assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]

    @on_both_engines
    @pytest.mark.parametrize(
        "body",
        [
            {"max_users": 0},
            {"max_users": -1},
            {"max_users": 10**30},
            {"scheduled_at": "2026-11-21T09:00:00"},
            {"scheduled_at": "0001-01-01T00:00:00+14:00"},
            {"password": ""},
            {"password": "x" * 257},
            {"host_id": "x"},
            {"description": "a\x00b"},
        ],
    )
    async def test_refuse_what_is_no_room(self, meeting: Meeting, body: object) -> None:
        answer = await meeting.ask(Role.HOST, "PATCH", json=body)

        assert_problem(answer, 422, "request_malformed")

    async def test_are_deleted_with_all_that_is_in_them(self, meeting: Meeting) -> None:
        screen = await meeting.enter(meeting.people[Role.GUEST])

        assert (await meeting.ask(Role.HOST, "DELETE")).status_code == 204

        assert screen.is_closed
        assert_problem(await meeting.ask(Role.HOST, "DELETE"), 404, "room_not_found")

    @on_both_engines
    async def test_are_made_once_for_one_key(self, people: People) -> None:
        host = people.signed_in[Role.HOST]
        headers = {"Idempotency-Key": "0123456789abcdef"}

        first, second = [
            await host.post("/rooms", json={"title": "Tea"}, headers=headers) for _ in range(2)
        ]
        third = await host.post("/rooms", json={"title": "Milk"}, headers=headers)

        assert first.json() == second.json()
        assert first.json()["host_secret"] == ""
        assert_problem(third, 409, "idempotency_key_reused")


def cursor_of(cursor: str) -> dict[str, str]:
    return {"cursor": cursor} if cursor else {}
