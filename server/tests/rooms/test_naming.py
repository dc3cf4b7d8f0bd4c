"""People change what they are called in a meeting: who may, who sees it, and how long it lasts."""

import asyncio

import pytest
from livekit.protocol.room import UpdateParticipantRequest
from people import assert_problem
from rooms.meetings import Meeting, People, Place, admitted

from jumpa.domains.rooms.service.roles import Role


async def rename(meeting: Meeting, who: Role | Place, name: object) -> int:
    place = who if isinstance(who, Place) else meeting.people[who]
    path = f"/participants/{place.identity}/name"
    return (await meeting.ask(place, "PUT", path, json={"name": name})).status_code


async def live_name(meeting: Meeting, role: Role) -> str:
    engine = meeting.server.engine
    return (await engine.get_participant(meeting.code, meeting.identity(role))).name


class TestRename:
    async def test_is_seen_by_everybody_at_once(self, meeting: Meeting) -> None:
        await meeting.enter(meeting.people[Role.GUEST])

        assert await rename(meeting, Role.GUEST, "  Gita   Savitri ") == 204

        assert await live_name(meeting, Role.GUEST) == "Gita Savitri"
        listed = (await meeting.ask(Role.HOST, "GET", "/participants")).json()
        assert [somebody["name"] for somebody in listed] == ["Gita Savitri"]

    async def test_leaves_role_hand_and_rights_alone(self, meeting: Meeting) -> None:
        await meeting.enter(meeting.people[Role.MODERATOR])
        hand = f"/participants/{meeting.identity(Role.MODERATOR)}/hand"
        await meeting.ask(Role.MODERATOR, "PUT", hand)
        engine = meeting.server.engine
        before = await engine.get_participant(meeting.code, meeting.identity(Role.MODERATOR))

        await rename(meeting, Role.MODERATOR, "Made")

        after = await engine.get_participant(meeting.code, meeting.identity(Role.MODERATOR))
        assert dict(after.attributes) == dict(before.attributes)
        assert after.permission == before.permission

    async def test_changes_nothing_when_it_is_the_same(self, meeting: Meeting) -> None:
        await meeting.enter(meeting.people[Role.GUEST])
        await rename(meeting, Role.GUEST, "Gita S")
        engine = meeting.server.engine
        first = await engine.get_participant(meeting.code, meeting.identity(Role.GUEST))

        assert await rename(meeting, Role.GUEST, "Gita S") == 204

        second = await engine.get_participant(meeting.code, meeting.identity(Role.GUEST))
        assert second.version == first.version

    async def test_leaves_the_name_of_the_account(self, people: People, meeting: Meeting) -> None:
        account = people.signed_in[Role.PARTICIPANT]
        before = (await account.get("/users/profile")).json()

        await rename(meeting, Role.PARTICIPANT, "Somebody Else")

        after = (await account.get("/users/profile")).json()
        assert (after["first_name"], after["last_name"]) == (
            before["first_name"],
            before["last_name"],
        )

    async def test_of_the_same_person_twice_at_once_leaves_one_of_both(
        self, meeting: Meeting
    ) -> None:
        await meeting.enter(meeting.people[Role.GUEST])

        answers = await asyncio.gather(
            *(rename(meeting, Role.GUEST, name) for name in ("Gita One", "Gita Two"))
        )

        assert set(answers) == {204}
        listed = (await meeting.ask(Role.HOST, "GET", "/participants")).json()
        assert [one["name"] for one in listed] == [await live_name(meeting, Role.GUEST)]

    async def test_by_a_back_end_is_not_undone_by_a_raised_hand(self, meeting: Meeting) -> None:
        identity = meeting.identity(Role.GUEST)
        await meeting.enter(meeting.people[Role.GUEST])
        named = UpdateParticipantRequest(room=meeting.code, identity=identity, name="Seat 4")
        await meeting.server.engine.update_participant(named)

        await meeting.ask(Role.GUEST, "PUT", f"/participants/{identity}/hand")

        assert await live_name(meeting, Role.GUEST) == "Seat 4"


class TestRefusal:
    @pytest.mark.parametrize(
        "name", ["", "   ", "x" * 101, "a\x00b", "a\u202eb", "\u200b", None, 7, ["Gita"]]
    )
    async def test_of_what_is_no_name(self, meeting: Meeting, name: object) -> None:
        await meeting.enter(meeting.people[Role.GUEST])

        assert await rename(meeting, Role.GUEST, name) == 422

        assert await live_name(meeting, Role.GUEST) == "Gita"

    async def test_of_the_names_of_others(self, meeting: Meeting) -> None:
        path = f"/participants/{meeting.identity(Role.GUEST)}/name"

        for role in (Role.HOST, Role.MODERATOR, Role.PARTICIPANT):
            answer = await meeting.ask(role, "PUT", path, json={"name": "Nobody"})
            assert_problem(answer, 403, "role_too_low")

    async def test_of_who_is_in_another_room(self, people: People, meeting: Meeting) -> None:
        seat = (await people.meet()).people[Role.GUEST]
        path = f"/participants/{seat.identity}/name"

        answer = await meeting.ask(seat, "PUT", path, json={"name": "Nobody"})

        assert_problem(answer, 403, "host_secret_wrong")

    async def test_of_who_has_left(self, meeting: Meeting) -> None:
        await meeting.ask(Role.GUEST, "POST", "/leave")

        assert await rename(meeting, Role.GUEST, "Ghost") == 404

    async def test_where_the_room_leaves_it_to_moderators(self, meeting: Meeting) -> None:
        for role in (Role.MODERATOR, Role.GUEST, Role.PARTICIPANT):
            await meeting.enter(meeting.people[role])
        await meeting.settle(who_may_rename="moderators", who_may_react="moderators")

        answers = {
            role: await rename(meeting, role, "Another")
            for role in (Role.MODERATOR, Role.GUEST, Role.PARTICIPANT)
        }

        assert answers == {Role.MODERATOR: 204, Role.GUEST: 403, Role.PARTICIPANT: 403}
        assert await live_name(meeting, Role.GUEST) == "Gita"
        guest = await meeting.server.engine.get_participant(
            meeting.code, meeting.identity(Role.GUEST)
        )
        assert guest.attributes["restricted"] == "react rename"


class TestLasting:
    async def test_is_there_again_after_a_lost_connection(self, meeting: Meeting) -> None:
        await meeting.enter(meeting.people[Role.GUEST])
        await rename(meeting, Role.GUEST, "Gita S")

        claims = await admitted(meeting.server, meeting.people[Role.GUEST].token)

        assert claims.name == "Gita S"

    async def test_reaches_who_was_on_the_way_in(self, meeting: Meeting) -> None:
        guest = meeting.people[Role.GUEST]
        claims = await admitted(meeting.server, guest.token)
        await rename(meeting, Role.GUEST, "Gita S")

        await meeting.arrive_with(guest, claims)

        assert await live_name(meeting, Role.GUEST) == "Gita S"

    async def test_stands_beside_what_is_written_afterwards(self, meeting: Meeting) -> None:
        await meeting.enter(meeting.people[Role.GUEST])
        await rename(meeting, Role.GUEST, "Gita S")

        written = await meeting.ask(Role.GUEST, "POST", "/messages", json={"message": "Hello"})

        assert written.json()["name"] == "Gita S"
