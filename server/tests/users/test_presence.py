"""Who is here, away or in a meeting, for contacts of each other alone (S1-046, S1-153)."""

from uuid import uuid4

import pytest
from factories import Server
from people import SignedIn, assert_problem, make_organisation, make_user, sign_in
from people import work_of as work
from rooms.meetings import Meeting, place_of
from sqlalchemy import select

from jumpa.domains.auth.models import UserSession
from jumpa.domains.rooms.models import MeetingHistory
from jumpa.domains.users.models import UserContact
from jumpa.kit.actor import SERVER


async def note(person: SignedIn, other: SignedIn) -> None:
    answer = await person.post("/users/contacts", json={"user_id": str(other.user.id)})
    assert answer.status_code == 201, answer.text


async def states(person: SignedIn, **query: object) -> dict[str, str]:
    answer = await person.get("/users/presence", params=query)
    assert answer.status_code == 200, answer.text
    return {item["user_id"]: item["state"] for item in answer.json()["items"]}


async def pair(server: Server) -> tuple[SignedIn, SignedIn]:
    """Sign in two who are contacts of each other."""
    ayu, budi = await sign_in(server), await sign_in(server, "budi@example.com")
    await note(ayu, budi)
    await note(budi, ayu)
    return ayu, budi


async def meet(server: Server, host: SignedIn) -> Meeting:
    """Let somebody be inside a room of their own."""
    made = await host.post("/rooms", json={})
    meeting = Meeting(server, made.json()["code"])
    joined = await host.post(f"/rooms/{meeting.code}/join", json={"name": "Budi"})
    await meeting.arrive(place_of(joined, host.headers))
    return meeting


class TestState:
    async def test_is_online_for_some_minutes_after_the_last_request(self, server: Server) -> None:
        ayu, budi = await pair(server)
        name = str(budi.user.id)

        assert await states(ayu) == {name: "online"}
        server.clock.move(minutes=3)
        assert await states(ayu) == {name: "offline"}
        await budi.get("/users/profile")
        assert await states(ayu) == {name: "online"}

    async def test_is_offline_without_a_session(self, server: Server) -> None:
        ayu, budi = await pair(server)

        token = budi.tokens["refresh_token"]
        await server.client.post("/api/v1/auth/logout", json={"refresh_token": token})

        assert await states(ayu) == {str(budi.user.id): "offline"}

    async def test_is_in_meeting_while_inside_one(self, server: Server) -> None:
        ayu, budi = await pair(server)
        name = str(budi.user.id)

        meeting = await meet(server, budi)

        assert await states(ayu) == {name: "in_meeting"}
        await server.parts.engine.delete_room(meeting.code)
        await server.app.watch.settled()
        assert await states(ayu) == {name: "online"}

    async def test_tells_not_which_meeting(self, server: Server) -> None:
        ayu, budi = await pair(server)
        meeting = await meet(server, budi)

        answer = await ayu.get("/users/presence")

        assert meeting.code not in answer.text
        assert set(answer.json()["items"][0]) == {"user_id", "state"}

    async def test_is_not_in_a_meeting_that_a_killed_server_left_open(self, server: Server) -> None:
        ayu, budi = await pair(server)
        await meet(server, budi)
        async with work(server).write(SERVER) as ctx:
            stay = (await ctx.session.scalars(select(MeetingHistory))).one()
            stay.participant_sid = "PA_of_another_life"

        assert await states(ayu) == {str(budi.user.id): "online"}


class TestSight:
    async def test_needs_both_to_be_contacts(self, server: Server) -> None:
        ayu, budi = await sign_in(server), await sign_in(server, "budi@example.com")
        await note(ayu, budi)

        assert await states(ayu) == {}
        assert await states(budi, ids=[str(ayu.user.id)]) == {}
        await note(budi, ayu)
        assert await states(ayu) == {str(budi.user.id): "online"}

    async def test_ends_with_the_contact(self, server: Server) -> None:
        ayu, budi = await pair(server)

        await budi.delete(f"/users/contacts/{ayu.user.id}")

        assert await states(ayu) == {}

    async def test_can_be_switched_off(self, server: Server) -> None:
        ayu, budi = await pair(server)

        await budi.put("/users/settings", json={"show_presence": False})
        assert await states(ayu) == {}
        assert await states(budi) == {str(ayu.user.id): "online"}
        await budi.put("/users/settings", json={"show_presence": True})
        assert await states(ayu) == {str(budi.user.id): "online"}

    async def test_is_asked_of_some(self, server: Server) -> None:
        ayu, budi = await pair(server)
        dewi = await sign_in(server, "dewi@example.com")
        await note(ayu, dewi)
        await note(dewi, ayu)

        assert set(await states(ayu)) == {str(budi.user.id), str(dewi.user.id)}
        assert set(await states(ayu, ids=[str(dewi.user.id)])) == {str(dewi.user.id)}

    async def test_tells_strangers_nobodys_and_others_alike(self, server: Server) -> None:
        ayu, _ = await pair(server)
        stranger = await make_user(server, "dewi@example.com")
        other = await make_user(
            server, "eka@example.net", organisation_id=await make_organisation(server)
        )

        ids = [str(stranger.id), str(other.id), str(ayu.user.id), str(uuid4())]

        assert await states(ayu, ids=ids) == {}

    async def test_ends_at_the_organisation(self, server: Server) -> None:
        ayu = await sign_in(server)
        elsewhere = await make_organisation(server)
        eka = await sign_in(server, "eka@example.net", organisation_id=elsewhere)
        # No door makes such contacts; the rows are scoped all the same.
        async with work(server).write(SERVER) as ctx:
            for one, two in ((ayu, eka), (eka, ayu)):
                row = UserContact(
                    user_id=one.user.id,
                    contact_id=two.user.id,
                    organisation_id=one.user.organisation_id,
                    created_at=server.clock(),
                )
                ctx.session.add(row)

        assert await states(ayu) == {}
        assert await states(eka) == {}

    async def test_leaves_closed_accounts_out(self, server: Server) -> None:
        ayu, budi = await pair(server)
        async with work(server).write(SERVER) as ctx:
            row = await ctx.session.merge(budi.user)
            row.status = "banned"

        assert await states(ayu) == {}

    @pytest.mark.parametrize("ids", [["x"], [""], [str(uuid4())] * 201])
    async def test_refuses_what_are_no_ids_or_too_many(
        self, server: Server, ids: list[str]
    ) -> None:
        ayu = await sign_in(server)

        answer = await ayu.get("/users/presence", params={"ids": ids})

        assert_problem(answer, 422, "request_malformed")


class TestUse:
    async def test_of_a_session_is_noted_once_a_minute(self, server: Server) -> None:
        ayu = await sign_in(server)
        noted = []

        for _ in range(4):
            await ayu.get("/users/profile")
            async with work(server).read(SERVER) as ctx:
                noted.append((await ctx.session.scalars(select(UserSession))).one().last_used_at)
            server.clock.move(seconds=40)

        assert noted[0] == noted[1]
        assert noted[1] < noted[2] == noted[3]
