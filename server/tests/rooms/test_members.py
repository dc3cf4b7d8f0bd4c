"""Whom a room knows, and what those see of it who have a place there."""

from factories import Server
from people import API, assert_problem, make_organisation, sign_in
from rooms.meetings import ROOMS, Meeting, People, on_both_engines

from jumpa.domains.rooms.service.roles import Role


async def members(meeting: Meeting) -> dict[str, tuple[str, bool]]:
    answer = await meeting.ask(Role.PARTICIPANT, "GET", "/members")
    assert answer.status_code == 200, answer.text
    return {one["user_id"]: (one["role"], one["is_inside"]) for one in answer.json()}


class TestListMembers:
    @on_both_engines
    async def test_names_people_with_an_account_by_role(self, people: People) -> None:
        meeting = await people.meet()

        listed = (await meeting.ask(Role.HOST, "GET", "/members")).json()

        assert [one["role"] for one in listed] == ["host", "moderator", "participant", "observer"]

    async def test_says_who_is_inside(self, people: People) -> None:
        meeting = await people.meet()
        host = str(people.signed_in[Role.HOST].user.id)
        before = (await members(meeting))[host]

        await meeting.enter(meeting.people[Role.HOST])

        assert (before, (await members(meeting))[host]) == (("host", False), ("host", True))

    @on_both_engines
    async def test_has_the_host_who_never_came(self, server: Server) -> None:
        ayu = await sign_in(server)
        code = (await ayu.post("/rooms", json={})).json()["code"]

        listed = (await ayu.get(f"/rooms/{code}/members")).json()

        assert [(one["user_id"], one["role"]) for one in listed] == [(str(ayu.user.id), "host")]

    @on_both_engines
    async def test_leaves_out_who_was_banned(self, people: People) -> None:
        meeting = await people.meet()
        path = f"/bans/{meeting.identity(Role.OBSERVER)}"
        await meeting.ask(Role.HOST, "PUT", path)

        assert str(people.signed_in[Role.OBSERVER].user.id) not in await members(meeting)

    @on_both_engines
    async def test_tells_nobody_of_another_organisation(self, server: Server) -> None:
        ayu = await sign_in(server)
        code = (await ayu.post("/rooms", json={})).json()["code"]
        other = await make_organisation(server)
        eve = await sign_in(server, "eve@example.net", organisation_id=other)

        answer = await eve.get(f"/rooms/{code}/members")

        assert_problem(answer, 403, "role_too_low")


@on_both_engines
class TestGetRoomDetails:
    async def test_shows_what_can_be_changed_with_its_version(self, people: People) -> None:
        meeting = await people.meet(title="Tea", description="Weekly")

        read = await meeting.ask(Role.PARTICIPANT, "GET", "/details")
        tag = {"If-Match": read.headers["etag"]}
        changed = await meeting.ask(Role.HOST, "PATCH", json={"title": "Chai"}, headers=tag)
        again = await meeting.ask(Role.HOST, "PATCH", json={"title": "Teh"}, headers=tag)

        assert (read.json()["description"], read.json()["is_host"]) == ("Weekly", False)
        assert changed.json()["is_host"] is True
        assert_problem(again, 412, "changed_meanwhile")

    async def test_needs_a_place(self, server: Server, people: People) -> None:
        meeting = await people.meet()

        answer = await server.client.get(f"{ROOMS}/{meeting.code}/details")

        assert_problem(answer, 401, "host_secret_missing")
        assert (await server.client.get(f"{API}/rooms/no-such-room/details")).status_code == 404
