"""Reactions that float by: who may, who is shown as their sender, and who is refused."""

import asyncio
import json

import pytest
from factories import Server
from livekit.protocol import models
from people import assert_problem
from rooms.meetings import Meeting, People

from jumpa.config import RoomSettings, Settings
from jumpa.domains.rooms.service.roles import Role

PATH = "/reactions"
LOVE = {"reaction": "love"}


async def told(meeting: Meeting, times: int = 1) -> models.UserPacket:
    command = await meeting.server.sfu.until_told("send_data", times)
    return models.DataPacket.FromString(command.send_data.packet).user


async def restricted(meeting: Meeting, role: Role) -> str:
    found = await meeting.server.engine.get_participant(meeting.code, meeting.identity(role))
    return found.attributes.get("restricted", "")


class TestReact:
    async def test_is_told_to_everybody_in_the_name_of_who_reacts(self, meeting: Meeting) -> None:
        await meeting.enter(meeting.people[Role.GUEST])

        answer = await meeting.ask(Role.GUEST, "POST", PATH, json=LOVE)

        assert answer.status_code == 204
        packet = await told(meeting)
        assert packet.topic == "jumpa.reaction"
        assert json.loads(packet.payload) == {
            "identity": meeting.identity(Role.GUEST),
            "reaction": "love",
        }
        [command] = meeting.server.sfu.told("send_data")
        assert list(command.send_data.destination_sids) == []

    async def test_does_not_need_the_chat(self, meeting: Meeting) -> None:
        await meeting.enter(meeting.people[Role.GUEST])
        await meeting.settle(who_may_chat="moderators")

        assert (await meeting.ask(Role.GUEST, "POST", PATH, json=LOVE)).status_code == 204

    async def test_is_for_moderators_alone_when_the_room_says_so(self, meeting: Meeting) -> None:
        for role in (Role.MODERATOR, Role.GUEST):
            await meeting.enter(meeting.people[role])
        await meeting.settle(who_may_react="moderators")

        refused = await meeting.ask(Role.GUEST, "POST", PATH, json=LOVE)
        taken = await meeting.ask(Role.MODERATOR, "POST", PATH, json=LOVE)

        assert_problem(refused, 403, "role_too_low")
        assert taken.status_code == 204
        assert json.loads((await told(meeting)).payload)["identity"] == meeting.identity(
            Role.MODERATOR
        )
        assert await restricted(meeting, Role.GUEST) == "react"
        assert await restricted(meeting, Role.MODERATOR) == ""

    async def test_is_given_back_at_once(self, meeting: Meeting) -> None:
        await meeting.settle(who_may_react="moderators")
        await meeting.enter(meeting.people[Role.GUEST])
        assert await restricted(meeting, Role.GUEST) == "react"

        await meeting.settle()

        assert await restricted(meeting, Role.GUEST) == ""

    async def test_of_many_at_once_arrives_from_each(self, meeting: Meeting) -> None:
        roles = (Role.HOST, Role.PARTICIPANT, Role.GUEST)
        for role in roles:
            await meeting.enter(meeting.people[role])

        await asyncio.gather(*(meeting.ask(role, "POST", PATH, json=LOVE) for role in roles))

        packets = [await told(meeting, times) for times in (1, 2, 3)]
        assert {json.loads(packet.payload)["identity"] for packet in packets} == {
            meeting.identity(role) for role in roles
        }

    @pytest.mark.parametrize(
        "body", [{}, {"reaction": ""}, {"reaction": "x" * 5000}, {"reaction": ["love"]}, [], None]
    )
    async def test_refuses_what_is_no_reaction(self, meeting: Meeting, body: object) -> None:
        answer = await meeting.ask(Role.HOST, "POST", PATH, json=body)

        assert_problem(answer, 422, "request_malformed")

    async def test_does_not_reach_into_another_room(self, people: People, meeting: Meeting) -> None:
        other = await people.meet()
        seat = other.people[Role.GUEST]

        answer = await meeting.ask(seat, "POST", PATH, json=LOVE)

        assert_problem(answer, 403, "host_secret_wrong")

    async def test_needs_somebody_who_is_inside(self, meeting: Meeting) -> None:
        await meeting.ask(Role.GUEST, "POST", "/leave")

        answer = await meeting.ask(Role.GUEST, "POST", PATH, json=LOVE)

        assert_problem(answer, 404, "place_not_found")

    async def test_needs_more_than_the_host_secret(self, server: Server) -> None:
        room = await server.create_room()
        secret = {"Authorization": f"Bearer {room['host_secret']}"}

        answer = await server.client.post(
            f"/api/v1/rooms/{room['code']}{PATH}", json=LOVE, headers=secret
        )

        assert_problem(answer, 404, "place_not_found")


class TestFlood:
    @pytest.fixture
    def settings(self) -> Settings:
        return Settings(rooms=RoomSettings(reactions_per_minute=2))

    async def test_of_one_is_stopped_and_the_others_go_on(self, meeting: Meeting) -> None:
        for _ in range(2):
            assert (await meeting.ask(Role.GUEST, "POST", PATH, json=LOVE)).status_code == 204

        stopped = await meeting.ask(Role.GUEST, "POST", PATH, json=LOVE)

        assert_problem(stopped, 429, "too_many_requests")
        assert (await meeting.ask(Role.HOST, "POST", PATH, json=LOVE)).status_code == 204
        meeting.server.now.seconds += 30
        assert (await meeting.ask(Role.GUEST, "POST", PATH, json=LOVE)).status_code == 204
