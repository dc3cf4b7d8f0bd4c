"""One person before everybody's eyes: who may choose, who sees it, and how long it lasts."""

import asyncio

import pytest
from livekit.protocol import models
from people import assert_problem
from rooms.meetings import Meeting, People, Place, admitted

from jumpa.domains.rooms.service.roles import Role


def path_of(meeting: Meeting, role: Role) -> str:
    return f"/participants/{meeting.identity(role)}/pin"


async def pin(meeting: Meeting, role: Role) -> None:
    answer = await meeting.ask(Role.MODERATOR, "PUT", path_of(meeting, role))
    assert answer.status_code == 204, answer.text


async def live(meeting: Meeting, role: Role) -> models.ParticipantInfo:
    engine = meeting.server.engine
    return await engine.get_participant(meeting.code, meeting.identity(role))


async def depart(meeting: Meeting, role: Role) -> None:
    """Lose the connection; the place stays."""
    await meeting.server.engine.remove_participant(meeting.code, meeting.identity(role))
    await meeting.server.app.watch.settled()


async def pinned(meeting: Meeting) -> list[str]:
    listed = (await meeting.ask(Role.HOST, "GET", "/participants")).json()
    return [somebody["identity"] for somebody in listed if somebody["pinned_at"]]


class TestPin:
    async def test_is_read_by_every_client(self, meeting: Meeting) -> None:
        await meeting.enter(meeting.people[Role.GUEST])

        await pin(meeting, Role.GUEST)

        assert (await live(meeting, Role.GUEST)).attributes["pinned"] == "2026-11-21T09:00:00Z"

    async def test_keeps_its_moment_when_asked_twice(self, meeting: Meeting) -> None:
        await meeting.enter(meeting.people[Role.GUEST])
        await pin(meeting, Role.GUEST)
        meeting.server.clock.move(seconds=5)

        await pin(meeting, Role.GUEST)

        assert (await live(meeting, Role.GUEST)).attributes["pinned"] == "2026-11-21T09:00:00Z"

    async def test_takes_the_place_of_the_one_before(self, meeting: Meeting) -> None:
        for role in (Role.GUEST, Role.HOST):
            await meeting.enter(meeting.people[role])
            await pin(meeting, role)

        assert await pinned(meeting) == [meeting.identity(Role.HOST)]
        assert "pinned" not in (await live(meeting, Role.GUEST)).attributes

    async def test_leaves_the_role_and_the_hand_alone(self, meeting: Meeting) -> None:
        await meeting.enter(meeting.people[Role.PARTICIPANT])
        hand = f"/participants/{meeting.identity(Role.PARTICIPANT)}/hand"
        await meeting.ask(Role.PARTICIPANT, "PUT", hand)

        await pin(meeting, Role.PARTICIPANT)

        shown = (await live(meeting, Role.PARTICIPANT)).attributes
        assert (shown["role"], "hand" in shown) == ("participant", True)

    async def test_needs_somebody_who_is_there(self, people: People, meeting: Meeting) -> None:
        other = await people.meet()
        away = meeting.people[Role.GUEST]
        await meeting.ask(away, "POST", "/leave")

        for identity in ("nobody", away.identity, other.identity(Role.GUEST)):
            answer = await meeting.ask(Role.HOST, "PUT", f"/participants/{identity}/pin")
            assert_problem(answer, 404, "place_not_found")

    async def test_of_two_at_once_leaves_somebody_pinned(self, meeting: Meeting) -> None:
        roles = (Role.GUEST, Role.PARTICIPANT)
        for role in roles:
            await meeting.enter(meeting.people[role])

        answers = await asyncio.gather(
            *(meeting.ask(Role.HOST, "PUT", path_of(meeting, role)) for role in roles)
        )

        assert {answer.status_code for answer in answers} == {204}
        assert await pinned(meeting)
        await pin(meeting, Role.GUEST)
        assert await pinned(meeting) == [meeting.identity(Role.GUEST)]


class TestUnpin:
    async def test_lets_go(self, meeting: Meeting) -> None:
        await meeting.enter(meeting.people[Role.GUEST])
        await pin(meeting, Role.GUEST)

        for _ in range(2):
            answer = await meeting.ask(Role.HOST, "DELETE", path_of(meeting, Role.GUEST))
            assert answer.status_code == 204

        assert "pinned" not in (await live(meeting, Role.GUEST)).attributes

    async def test_needs_a_place(self, meeting: Meeting) -> None:
        answer = await meeting.ask(Role.HOST, "DELETE", "/participants/nobody/pin")

        assert_problem(answer, 404, "place_not_found")


class TestLasting:
    async def test_is_there_again_after_a_lost_connection(self, meeting: Meeting) -> None:
        for role in (Role.HOST, Role.GUEST):
            await meeting.enter(meeting.people[role])
        await pin(meeting, Role.GUEST)
        await depart(meeting, Role.GUEST)

        claims = await admitted(meeting.server, meeting.people[Role.GUEST].token)

        assert claims.attributes["pinned"] == "2026-11-21T09:00:00Z"

    async def test_ends_with_the_meeting(self, meeting: Meeting) -> None:
        inside = (Role.HOST, Role.MODERATOR, Role.PARTICIPANT, Role.OBSERVER, Role.GUEST)
        for role in inside:
            await meeting.enter(meeting.people[role])
        await pin(meeting, Role.GUEST)
        for role in inside:
            await depart(meeting, role)

        claims = await admitted(meeting.server, meeting.people[Role.GUEST].token)

        assert "pinned" not in claims.attributes

    @pytest.mark.parametrize(
        ("method", "path"), [("DELETE", "/participants/{}"), ("PUT", "/bans/{}")]
    )
    async def test_is_gone_with_who_is_sent_away(
        self, meeting: Meeting, method: str, path: str
    ) -> None:
        guest: Place = meeting.people[Role.GUEST]
        await meeting.enter(guest)
        await pin(meeting, Role.GUEST)
        await meeting.ask(Role.HOST, method, path.format(guest.identity))
        await meeting.ask(Role.HOST, "DELETE", f"/bans/{guest.identity}")

        again = await meeting.guest(seat=guest.seat)

        claims = await admitted(meeting.server, again.token)
        assert (again.identity, "pinned" in claims.attributes) == (guest.identity, False)
