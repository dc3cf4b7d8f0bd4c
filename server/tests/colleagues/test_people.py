"""Administrators find people, change what they may do, and end what they have."""

import asyncio
from uuid import UUID, uuid4

import httpx2
import pytest
from factories import Server
from meetings.planned import Planner
from people import (
    PASSWORD,
    SignedIn,
    assert_problem,
    log_in,
    make_user,
    read_user,
    sign_in,
    sign_in_again,
    work_of,
)
from rooms.meetings import People, admitted, gather_people
from sqlalchemy import select, text

from jumpa.domains.audit.models import AuditEntry
from jumpa.domains.audit.service import AuditLog, Deed
from jumpa.domains.colleagues.service import inviting
from jumpa.domains.meetings.models import Meeting
from jumpa.domains.rooms.errors import PlaceClosedError
from jumpa.domains.rooms.models import Room
from jumpa.domains.rooms.service import rooms
from jumpa.domains.rooms.service.roles import Role
from jumpa.domains.users.models import User
from jumpa.kit.actor import SERVER
from jumpa.kit.context import Context

PEOPLE = "/organisation/people"


def emails(answer: httpx2.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [person["email"] for person in answer.json()["items"]]


async def deeds(server: Server, subject: User) -> list[str]:
    async with work_of(server).read(SERVER) as ctx:
        found = select(AuditEntry.action).where(AuditEntry.subject_id == subject.id)
        return list(await ctx.session.scalars(found.order_by(AuditEntry.number)))


async def change_role(who: SignedIn, whom: User, role: str, **more: object) -> httpx2.Response:
    return await who.put(f"{PEOPLE}/{whom.id}/role", json={"role": role}, **more)


async def somebody_waits(ctx: Context) -> None:
    """Return once a transaction waits for this one; SQLite's wait for their turn."""
    connection = await ctx.session.connection()
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    if connection.dialect.name == "postgresql":
        while not await connection.scalar(waiting):  # noqa: ASYNC110  # locks tell nobody
            await asyncio.sleep(0.01)


@pytest.fixture
async def other(server: Server) -> SignedIn:
    """A second administrator."""
    return await sign_in(server, "citra@example.com", role="administrator")


class TestListColleagues:
    async def test_shows_everybody_by_name_in_pages(
        self, server: Server, administrator: SignedIn
    ) -> None:
        for name in ("budi", "ayu", "citra"):
            await make_user(server, f"{name}@example.com")

        first = await administrator.get(PEOPLE, params={"limit": 3})
        more = {"limit": 3, "cursor": first.json()["next_cursor"]}
        second = await administrator.get(PEOPLE, params=more)

        found = [f"{name}@example.com" for name in ("ayu", "budi", "citra", "dewi")]
        assert emails(first) + emails(second) == found
        assert second.json()["next_cursor"] is None

    @pytest.mark.parametrize("name", ["A\u200dyu", "\U0001f375" * 100])
    async def test_goes_on_behind_every_name_that_there_can_be(
        self, server: Server, administrator: SignedIn, name: str
    ) -> None:
        await make_user(server, "ayu@example.com", first_name=name, last_name=name)
        cup = "\U0001f375"
        last = {"first_name": cup * 100, "last_name": cup * 99 + "\U0001f376"}
        await make_user(server, "budi@example.com", **last)
        query: dict[str, object] = {"limit": 1}

        found = []
        for _ in range(3):
            answer = await administrator.get(PEOPLE, params=query)
            found += emails(answer)
            query["cursor"] = answer.json()["next_cursor"]

        assert sorted(found) == ["ayu@example.com", "budi@example.com", "dewi@example.com"]

    @pytest.mark.parametrize("text", ["AYU", "lest", "ayu@ex", " ayu  lestari "])
    async def test_finds_by_the_beginning_of_a_name_or_address(
        self, server: Server, administrator: SignedIn, text: str
    ) -> None:
        await make_user(server, "ayu@example.com")
        await make_user(server, "budi@example.com", last_name="Hartono")
        await make_user(server, "eko@example.com", last_name="Lima")

        found = emails(await administrator.get(PEOPLE, params={"q": text}))

        assert "ayu@example.com" in found
        assert "budi@example.com" not in found

    @pytest.mark.parametrize("text", ["%", "_yu", "\\", "'; --", "x" * 200])
    async def test_takes_signs_of_patterns_for_themselves(
        self, server: Server, administrator: SignedIn, text: str
    ) -> None:
        await make_user(server, "ayu@example.com")

        assert emails(await administrator.get(PEOPLE, params={"q": text})) == []

    async def test_shows_those_of_a_role_or_with_a_closed_account(
        self, administrator: SignedIn, member: SignedIn
    ) -> None:
        await administrator.post(f"{PEOPLE}/{member.user.id}/close")

        for query, found in (
            ({"role": "administrator"}, ["dewi@example.com"]),
            ({"role": "member"}, ["ayu@example.com"]),
            ({"is_closed": "true"}, ["ayu@example.com"]),
            ({"is_closed": "false"}, ["dewi@example.com"]),
        ):
            assert emails(await administrator.get(PEOPLE, params=query)) == found

    async def test_shows_nobody_of_other_organisations(
        self, administrator: SignedIn, elsewhere: SignedIn
    ) -> None:
        assert emails(await administrator.get(PEOPLE)) == ["dewi@example.com"]
        assert emails(await elsewhere.get(PEOPLE)) == ["rahayu@example.net"]

    @pytest.mark.parametrize(
        "query", [{"role": "king"}, {"limit": "0"}, {"limit": "101"}, {"q": "x" * 201}]
    )
    async def test_refuses_what_it_cannot_read(
        self, administrator: SignedIn, query: dict[str, str]
    ) -> None:
        answer = await administrator.get(PEOPLE, params=query)

        assert_problem(answer, 422, "request_malformed")


DOORS = [
    ("GET", "", None),
    ("GET", "/{}", None),
    ("PUT", "/{}/role", {"role": "administrator"}),
    ("POST", "/{}/close", None),
    ("POST", "/{}/reopen", None),
    ("DELETE", "/{}/sessions", None),
    ("DELETE", "/{}", None),
]


class TestDoors:
    @pytest.mark.parametrize(("method", "path", "body"), DOORS)
    async def test_are_for_administrators(
        self, administrator: SignedIn, member: SignedIn, method: str, path: str, body: object
    ) -> None:
        more = {"json": body} if body else {}

        answer = await member.call(method, f"{PEOPLE}{path.format(administrator.user.id)}", **more)

        assert_problem(answer, 403, "administrator_needed")

    @pytest.mark.parametrize(("method", "path", "body"), DOORS[1:])
    async def test_lead_to_nobody_elsewhere(
        self,
        server: Server,
        elsewhere: SignedIn,
        member: SignedIn,
        method: str,
        path: str,
        body: object,
    ) -> None:
        more = {"json": body} if body else {}
        for somebody in (member.user.id, uuid4()):
            answer = await elsewhere.call(method, f"{PEOPLE}{path.format(somebody)}", **more)
            assert_problem(answer, 404, "user_not_found")

        kept = await read_user(server, member.user.id)
        assert (kept.role, kept.status) == ("member", "active")
        assert (await member.get("/users/profile")).status_code == 200


class TestUpdateColleagueRole:
    async def test_counts_from_the_next_request_on(
        self, server: Server, administrator: SignedIn, member: SignedIn
    ) -> None:
        answer = await change_role(administrator, member.user, "administrator")

        assert (answer.status_code, answer.json()["role"]) == (200, "administrator")
        assert (await member.get(PEOPLE)).status_code == 200
        await change_role(administrator, member.user, "member")
        assert_problem(await member.get(PEOPLE), 403, "administrator_needed")
        assert (await deeds(server, member.user)).count("user.role_changed") == 2

    async def test_changes_nothing_twice(
        self, server: Server, administrator: SignedIn, member: SignedIn
    ) -> None:
        for _ in range(2):
            assert (await change_role(administrator, member.user, "member")).status_code == 200

        assert "user.role_changed" not in await deeds(server, member.user)

    async def test_leaves_one_administrator(self, administrator: SignedIn, other: SignedIn) -> None:
        assert (await change_role(administrator, administrator.user, "member")).status_code == 200

        answer = await change_role(other, other.user, "member")

        assert_problem(answer, 409, "last_administrator")

    async def test_counts_only_administrators_who_can_sign_in(
        self, administrator: SignedIn, other: SignedIn
    ) -> None:
        await administrator.post(f"{PEOPLE}/{other.user.id}/close")

        answer = await change_role(administrator, administrator.user, "member")

        assert_problem(answer, 409, "last_administrator")

    async def test_leaves_one_when_all_step_down_at_once(
        self, server: Server, administrator: SignedIn, other: SignedIn
    ) -> None:
        answers = await asyncio.gather(
            change_role(administrator, administrator.user, "member"),
            change_role(other, other.user, "member"),
        )

        assert sorted(answer.status_code for answer in answers) == [200, 409]
        async with work_of(server).read(SERVER) as ctx:
            left = await ctx.session.scalars(select(User).where(User.role == "administrator"))
            assert len(left.all()) == 1

    async def test_does_not_overwrite_what_somebody_else_changed(
        self, administrator: SignedIn, member: SignedIn
    ) -> None:
        seen = await administrator.get(f"{PEOPLE}/{member.user.id}")
        headers = {"If-Match": seen.headers["etag"]}
        await change_role(administrator, member.user, "administrator", headers=headers)

        answer = await change_role(administrator, member.user, "member", headers=headers)

        assert_problem(answer, 412, "changed_meanwhile")


class TestCloseColleague:
    async def test_ends_every_session_at_once(
        self, server: Server, administrator: SignedIn, member: SignedIn
    ) -> None:
        phone = await sign_in_again(server, member.user)

        answer = await administrator.post(f"{PEOPLE}/{member.user.id}/close")

        assert answer.json()["is_closed"]
        for device in (member, phone):
            assert_problem(await device.get("/users/profile"), 401, "access_token_invalid")
            body = {"refresh_token": device.tokens["refresh_token"]}
            refreshed = await server.client.post("/api/v1/auth/refresh", json=body)
            assert refreshed.status_code == 401
        assert_problem(await log_in(server), 403, "account_closed")
        assert {"user.closed", "session.ended"} <= {*await deeds(server, member.user)}

    async def test_sends_out_of_rooms_and_keeps_older_tokens_out(self, server: Server) -> None:
        people: People = await gather_people(server)
        meeting = await people.meet()
        place = meeting.people[Role.MODERATOR]
        screen = await meeting.arrive(place)
        dewi = await sign_in(server, "dewi@example.com", role="administrator")
        whom = people.signed_in[Role.MODERATOR].user

        await dewi.post(f"{PEOPLE}/{whom.id}/close")

        assert screen.is_closed
        with pytest.raises(PlaceClosedError):
            await admitted(server, place.token)
        await dewi.post(f"{PEOPLE}/{whom.id}/reopen")
        again = await people.come(meeting, await sign_in_again(server, whom))
        claims = await admitted(server, again.token)
        assert claims.attributes is not None
        assert claims.attributes["role"] == "moderator"

    async def test_is_the_same_twice(
        self, server: Server, administrator: SignedIn, member: SignedIn
    ) -> None:
        for _ in range(2):
            answer = await administrator.post(f"{PEOPLE}/{member.user.id}/close")
            assert (answer.status_code, answer.json()["is_closed"]) == (200, True)

        assert (await deeds(server, member.user)).count("user.closed") == 1

    async def test_is_not_for_oneself(self, administrator: SignedIn) -> None:
        answer = await administrator.post(f"{PEOPLE}/{administrator.user.id}/close")

        assert_problem(answer, 409, "own_account")

    async def test_leaves_one_when_two_close_each_other(
        self, administrator: SignedIn, other: SignedIn
    ) -> None:
        answers = await asyncio.gather(
            administrator.post(f"{PEOPLE}/{other.user.id}/close"),
            other.post(f"{PEOPLE}/{administrator.user.id}/close"),
        )

        # Who comes second is refused: as the last one, or because their session has ended.
        assert sorted(answer.status_code for answer in answers) in ([200, 401], [200, 409])


class TestReopenColleague:
    async def test_lets_somebody_sign_in_again(
        self, server: Server, administrator: SignedIn, member: SignedIn
    ) -> None:
        await administrator.post(f"{PEOPLE}/{member.user.id}/close")

        answer = await administrator.post(f"{PEOPLE}/{member.user.id}/reopen")

        assert not answer.json()["is_closed"]
        assert (await log_in(server)).status_code == 200
        # What has ended stays so.
        assert_problem(await member.get("/users/profile"), 401, "access_token_invalid")


class TestEndColleagueSessions:
    async def test_signs_out_everywhere_and_closes_nothing(
        self, server: Server, administrator: SignedIn, member: SignedIn
    ) -> None:
        answer = await administrator.delete(f"{PEOPLE}/{member.user.id}/sessions")

        assert answer.status_code == 204
        assert_problem(await member.get("/users/profile"), 401, "access_token_invalid")
        assert (await log_in(server)).status_code == 200

    async def test_is_not_for_oneself(self, administrator: SignedIn) -> None:
        answer = await administrator.delete(f"{PEOPLE}/{administrator.user.id}/sessions")

        assert_problem(answer, 409, "own_account")


class TestRemoveColleague:
    async def test_forgets_the_account(
        self, server: Server, administrator: SignedIn, member: SignedIn
    ) -> None:
        answer = await administrator.delete(f"{PEOPLE}/{member.user.id}")

        assert answer.status_code == 204
        assert_problem(await member.get("/users/profile"), 401, "access_token_invalid")
        assert_problem(await log_in(server, password=PASSWORD), 401, "credentials_wrong")
        again = await administrator.delete(f"{PEOPLE}/{member.user.id}")
        assert_problem(again, 404, "user_not_found")
        assert (await deeds(server, member.user))[-1] == "user.removed"

    async def test_hands_rooms_and_planned_meetings_over(
        self, server: Server, administrator: SignedIn, member: SignedIn
    ) -> None:
        room = (await member.post("/rooms", json={"title": "Tea"})).json()["code"]
        planned = await Planner(server, member).plan("dewi@example.com", "guest@example.org")

        await administrator.delete(f"{PEOPLE}/{member.user.id}")

        async with work_of(server).read(SERVER) as ctx:
            hosts = await ctx.session.scalars(select(Room.host_id))
            assert {*hosts} == {administrator.user.id}
            organisers = await ctx.session.scalars(select(Meeting.organiser_id))
            assert [*organisers] == [administrator.user.id]
        details = await administrator.get(f"/rooms/{room}/details")
        assert details.json()["is_host"]
        seen = await administrator.get(f"/meetings/{planned['id']}/invitations")
        assert [one["email"] for one in seen.json()] == ["guest@example.org"]

    async def test_does_not_wait_for_a_moderator_who_waits_for_it(
        self, server: Server, administrator: SignedIn, member: SignedIn
    ) -> None:
        code = (await member.post("/rooms", json={"title": "Tea"})).json()["code"]

        async with work_of(server).write(SERVER) as ctx:
            room = await rooms.get_for_update(ctx, code)
            removing = asyncio.create_task(administrator.delete(f"{PEOPLE}/{member.user.id}"))
            await somebody_waits(ctx)
            deed = Deed("room.ended", room.organisation_id, room.id)
            await AuditLog(b"key").record(ctx, deed)

        assert (await removing).status_code == 204

    async def test_does_not_wait_for_who_accepts_an_invitation(
        self, server: Server, administrator: SignedIn, other: SignedIn
    ) -> None:
        sent = await other.post("/organisation/invitations", json={"email": "budi@example.com"})

        async with work_of(server).write(SERVER) as ctx:
            invitation = await inviting.get_for_update(ctx, UUID(sent.json()["id"]))
            removing = asyncio.create_task(administrator.delete(f"{PEOPLE}/{other.user.id}"))
            await somebody_waits(ctx)
            deed = Deed("user.joined", invitation.organisation_id, invitation.id)
            await AuditLog(b"key").record(ctx, deed)

        assert (await removing).status_code == 204

    async def test_keeps_older_tokens_out(self, server: Server) -> None:
        people: People = await gather_people(server)
        meeting = await people.meet()
        place = meeting.people[Role.MODERATOR]
        screen = await meeting.arrive(place)
        dewi = await sign_in(server, "dewi@example.com", role="administrator")

        await dewi.delete(f"{PEOPLE}/{people.signed_in[Role.MODERATOR].user.id}")

        assert screen.is_closed
        with pytest.raises(PlaceClosedError):
            await admitted(server, place.token)

    async def test_is_not_for_oneself(self, administrator: SignedIn) -> None:
        answer = await administrator.delete(f"{PEOPLE}/{administrator.user.id}")

        assert_problem(answer, 409, "own_account")
