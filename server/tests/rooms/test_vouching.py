"""People whom another back end vouches for, with a LiveKit token for a room."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from factories import FOREIGN_KEY, FOREIGN_SECRET, NOW, Server, foreign_token
from people import assert_problem
from rooms.meetings import Meeting

from jumpa.domains.rooms.service.roles import Role
from jumpa.media.access import Claims, VideoGrants, mint

JOINING = VideoGrants(room_join=True)


def token(
    room: str,
    identity: str = "pupil-7",
    secret: str = FOREIGN_SECRET,
    grants: VideoGrants = JOINING,
) -> str:
    claims = Claims(identity=identity, video=grants.model_copy(update={"room": room}))
    return mint(api_key=FOREIGN_KEY, secret=secret, claims=claims, clock=lambda: NOW)


def expired(room: str) -> str:
    claims = Claims(identity="pupil-7", video=VideoGrants(room=room, room_join=True))
    past = timedelta(minutes=-5)
    return mint(
        api_key=FOREIGN_KEY,
        secret=FOREIGN_SECRET,
        claims=claims,
        clock=lambda: NOW,
        lifetime=past,
    )


WRONG: dict[str, Callable[[str], str]] = {
    "another room's": lambda _: token("abc-defg-hij"),
    "one that joins nothing": lambda code: token(code, grants=VideoGrants()),
    "of another secret": lambda code: token(code, secret="x" * 32),
    "too old": expired,
    "nobody's": lambda code: token(code, identity=""),
    "of a long name": lambda code: token(code, identity="x" * 65),
    "of a second connection": lambda code: token(code, identity="pupil-7#page"),
    "no token": lambda _: "é.é.é",
}


class TestJoin:
    async def test_comes_in_as_who_the_token_names(self, meeting: Meeting) -> None:
        answer = await meeting.knock(access_token=token(meeting.code))

        assert answer.status_code == 200
        assert (answer.json()["identity"], answer.json()["role"]) == ("pupil-7", "guest")

    @pytest.mark.parametrize(
        ("grants", "role"),
        [
            (VideoGrants(room_join=True, room_admin=True), "moderator"),
            (VideoGrants(room_join=True, can_publish=False), "observer"),
            (VideoGrants(room_join=True, can_publish=True), "guest"),
        ],
    )
    async def test_gets_the_role_of_the_grants(
        self, meeting: Meeting, grants: VideoGrants, role: str
    ) -> None:
        answer = await meeting.knock(access_token=token(meeting.code, grants=grants))

        assert answer.json()["role"] == role

    async def test_keeps_the_place_when_coming_twice(self, meeting: Meeting) -> None:
        first, second = [
            (await meeting.knock(access_token=token(meeting.code))).json() for _ in range(2)
        ]

        assert first["identity"] == second["identity"]
        assert first["seat"] == second["seat"]

    async def test_needs_neither_password_nor_patience(self, meeting: Meeting) -> None:
        await meeting.ask(Role.HOST, "PATCH", "", json={"password": "di tepi sawah"})
        await meeting.settle(waiting_room=True)

        answer = await meeting.knock(access_token=foreign_token(meeting.code, "pupil-7"))

        assert answer.status_code == 200

    async def test_stays_out_of_a_locked_room(self, meeting: Meeting) -> None:
        await meeting.settle(locked=True)

        answer = await meeting.knock(access_token=token(meeting.code))

        assert_problem(answer, 403, "room_locked")

    async def test_stays_out_once_banned(self, meeting: Meeting) -> None:
        await meeting.knock(access_token=token(meeting.code))
        await meeting.ask(Role.HOST, "PUT", "/bans/pupil-7")

        answer = await meeting.knock(access_token=token(meeting.code))

        assert_problem(answer, 403, "banned")

    @pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
    async def test_refuses_a_token_that_opens_nothing_here(
        self, meeting: Meeting, wrong: Callable[[str], str]
    ) -> None:
        answer = await meeting.knock(access_token=wrong(meeting.code))

        assert_problem(answer, 403, "voucher_invalid")

    async def test_refuses_the_servers_own_token(self, meeting: Meeting) -> None:
        own = meeting.people[Role.GUEST].token

        answer = await meeting.knock(access_token=own)

        assert_problem(answer, 403, "voucher_invalid")

    async def test_does_not_take_the_place_of_an_account(self, meeting: Meeting) -> None:
        host = meeting.identity(Role.HOST)

        answer = await meeting.knock(access_token=token(meeting.code, identity=host))

        assert_problem(answer, 403, "voucher_invalid")

    async def test_says_nothing_of_whether_a_room_exists(self, server: Server) -> None:
        answer = await server.client.post(
            "/api/v1/rooms/abc-defg-hij/join",
            json={"name": "Gita", "access_token": token("abc-defg-hij")},
        )

        assert_problem(answer, 404, "room_not_found")
