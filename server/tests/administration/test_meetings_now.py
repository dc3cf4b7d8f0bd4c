"""Administrators see the rooms in use, and end one."""

import asyncio
from typing import Any

import pytest
from factories import Server
from livekit.protocol import room as room_messages
from people import SignedIn, assert_problem
from people import work_of as work
from rooms.meetings import Meeting, People, Screen, admitted, gather_people
from sqlalchemy import select

from jumpa.domains.audit.models import AuditEntry
from jumpa.domains.rooms.service.roles import Role
from jumpa.kit.actor import SERVER
from jumpa.media.embedded import sfu_pb2
from jumpa.media.embedded.participants import JoinOptions
from jumpa.media.errors import MediaUnavailableError

PATH = "/administration/meetings"


@pytest.fixture
async def people(server: Server) -> People:
    return await gather_people(server)


@pytest.fixture
async def meeting(people: People) -> Meeting:
    """Somebody with an account and a guest are inside."""
    held = await people.meet(title="Tea")
    await held.arrive(held.people[Role.HOST])
    await held.arrive(held.people[Role.GUEST])
    return held


async def now(person: SignedIn, **query: object) -> dict[str, Any]:
    answer = await person.get(PATH, params=query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def codes(person: SignedIn, **query: object) -> list[str]:
    return [item["code"] for item in (await now(person, **query))["items"]]


async def deeds(server: Server) -> list[AuditEntry]:
    async with work(server).read(SERVER) as ctx:
        found = select(AuditEntry).where(AuditEntry.action == "room.ended")
        return list(await ctx.session.scalars(found))


class TestList:
    async def test_shows_who_is_in_since_when_and_how_well_they_are_heard(
        self, server: Server, administrator: SignedIn, meeting: Meeting
    ) -> None:
        identity = meeting.identity(Role.GUEST)
        guest = (await meeting.server.engine.get_participant(meeting.code, identity)).sid
        way = sfu_pb2.Direction(packets=100, lost=20)
        measured = sfu_pb2.PathMeasured(participant_sid=guest, up=way, down=way)
        server.engine.event(sfu_pb2.Event(path_measured=measured))

        found = await now(administrator)

        assert (found["rooms"], found["people"], found["others"]) == (1, 2, 0)
        (item,) = found["items"]
        assert (item["code"], item["title"], item["participant_count"]) == (meeting.code, "Tea", 2)
        assert item["started_at"] == "2026-11-21T09:00:00Z"
        inside = {one["identity"]: one for one in item["participants"]}
        host = inside[meeting.identity(Role.HOST)]
        assert (host["role"], host["is_guest"], host["quality"]) == ("host", False, None)
        gita = inside[meeting.identity(Role.GUEST)]
        assert (gita["name"], gita["role"], gita["is_guest"]) == ("Gita", "guest", True)
        assert (gita["quality"], gita["has_microphone"]) == ("poor", False)

    async def test_leaves_out_rooms_in_which_nobody_is(
        self, server: Server, administrator: SignedIn
    ) -> None:
        room = await server.create_room()
        await server.open_live_room(room["code"])

        assert await now(administrator) == {"items": [], "rooms": 0, "people": 0, "others": 0}

    async def test_shows_the_fullest_first_and_no_more_than_asked_for(
        self, administrator: SignedIn, people: People, meeting: Meeting
    ) -> None:
        small = await people.meet(title="Milk")
        await small.arrive(small.people[Role.GUEST])

        assert await codes(administrator) == [meeting.code, small.code]
        assert await codes(administrator, limit=1) == [meeting.code]
        assert (await now(administrator, limit=1))["people"] == 3

    async def test_counts_a_second_connection_of_somebody_once(
        self, server: Server, administrator: SignedIn, meeting: Meeting
    ) -> None:
        room = server.engine._directory.get_room(meeting.code)
        sid = next(iter(room.participants))
        first = room.participants[sid]
        first.claims = first.claims.model_copy(update={"identity": f"{first.identity}#page"})
        others = room.participants.values()
        second = next(one for one in others if one is not first)
        second.claims = second.claims.model_copy(
            update={"identity": first.identity.partition("#")[0]}
        )

        (item,) = (await now(administrator))["items"]

        assert [one["identity"] for one in item["participants"]] == [second.identity]

    async def test_only_counts_what_belongs_to_others(
        self, server: Server, administrator: SignedIn, elsewhere: SignedIn, meeting: Meeting
    ) -> None:
        found = await now(elsewhere)

        assert (found["items"], found["rooms"], found["people"]) == ([], 0, 0)
        assert found["others"] == 1
        assert await codes(administrator) == [meeting.code]
        assert server.engine is not None

    async def test_counts_no_connection_test(self, server: Server, administrator: SignedIn) -> None:
        token = (await server.client.post("/api/v1/connection-tests")).json()["token"]
        claims = await admitted(server, token)
        await server.engine.join(claims, JoinOptions(), Screen(), token)

        assert len(await server.live_rooms()) == 1
        assert (await now(administrator))["others"] == 0

    async def test_is_for_administrators(self, member: SignedIn) -> None:
        assert_problem(await member.get(PATH), 403, "administrator_needed")

    async def test_says_when_media_cannot_be_asked(
        self, server: Server, administrator: SignedIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def away(*_: object) -> list[room_messages.ListRoomsResponse]:
            raise MediaUnavailableError

        monkeypatch.setattr(server.engine, "list_rooms", away)

        assert_problem(await administrator.get(PATH), 503, "media_unavailable")
        # What is stored can be told all the same.
        assert (await administrator.get("/administration/usage")).status_code == 200


class TestEnd:
    async def test_sends_everybody_out_and_is_noted(
        self, server: Server, administrator: SignedIn, people: People
    ) -> None:
        meeting = await people.meet()
        screens: list[Screen] = [
            await meeting.arrive(meeting.people[role]) for role in (Role.HOST, Role.GUEST)
        ]

        answer = await administrator.post(f"{PATH}/{meeting.code}/end")

        assert answer.status_code == 204
        assert all(screen.is_closed for screen in screens)
        assert await codes(administrator) == []
        (deed,) = await deeds(server)
        assert deed.actor_id == administrator.user.id
        assert '"role": "administrator"' in deed.facts
        assert (await server.client.get(meeting.path)).json()["ended"]

    async def test_may_be_asked_for_twice_and_at_the_same_time(
        self, administrator: SignedIn, meeting: Meeting
    ) -> None:
        path = f"{PATH}/{meeting.code}/end"

        answers = await asyncio.gather(*(administrator.post(path) for _ in range(3)))

        assert [answer.status_code for answer in answers] == [204, 204, 204]
        assert (await administrator.post(path)).status_code == 204

    async def test_touches_no_room_of_another_organisation(
        self, server: Server, elsewhere: SignedIn, meeting: Meeting
    ) -> None:
        answer = await elsewhere.post(f"{PATH}/{meeting.code}/end")

        assert_problem(answer, 404, "room_not_found")
        assert await server.live_rooms() == [meeting.code]
        assert await deeds(server) == []

    @pytest.mark.parametrize("code", ["abc-defg-hjk", "nothing", "x" * 3000, "%00"])
    async def test_says_when_there_is_no_such_room(
        self, administrator: SignedIn, code: str
    ) -> None:
        answer = await administrator.post(f"{PATH}/{code}/end")

        assert_problem(answer, 404, "room_not_found")

    async def test_is_for_administrators_even_of_ones_own_room(
        self, server: Server, people: People, meeting: Meeting
    ) -> None:
        host = people.signed_in[Role.HOST]

        answer = await host.post(f"{PATH}/{meeting.code}/end")

        assert_problem(answer, 403, "administrator_needed")
        assert await server.live_rooms() == [meeting.code]
