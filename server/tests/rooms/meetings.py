"""A meeting with somebody of every role, for tests that act in their names."""

from dataclasses import dataclass, field

import httpx2
import pytest
from factories import Server
from people import SignedIn, make_organisation, sign_in

from jumpa.domains.rooms.service.roles import Role
from jumpa.media.access import Claims
from jumpa.media.embedded.participants import JoinOptions

ROOMS = "/api/v1/rooms"
# For tests that ask the API alone; the others play people at the built-in engine.
on_both_engines = pytest.mark.parametrize("engine_kind", ["embedded", "livekit"], indirect=True)
WITH_ACCOUNT = (Role.HOST, Role.MODERATOR, Role.PARTICIPANT, Role.OBSERVER)


class Screen:
    """A client's end of the signalling."""

    def __init__(self) -> None:
        self.is_closed = False

    def send(self, message: bytes) -> None:
        pass

    def close(self) -> None:
        self.is_closed = True


@dataclass
class Place:
    """Somebody's place in a room, and what they show to act."""

    identity: str
    headers: dict[str, str]
    seat: str = ""
    token: str = ""


@dataclass
class Meeting:
    """A room and its people."""

    server: Server
    code: str
    people: dict[Role, Place] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return f"{ROOMS}/{self.code}"

    def identity(self, role: Role) -> str:
        return self.people[role].identity

    async def ask(
        self, role: Role | Place, method: str, path: str = "", **more: object
    ) -> httpx2.Response:
        place = role if isinstance(role, Place) else self.people[role]
        headers = {**place.headers, **more.pop("headers", {})}  # type: ignore[dict-item]  # a mapping
        url = f"{self.path}{path}"
        return await self.server.client.request(method, url, headers=headers, **more)  # type: ignore[arg-type]  # passed on

    async def settle(self, **settings: object) -> None:
        answer = await self.ask(Role.HOST, "PUT", "/settings", json=settings)
        assert answer.status_code == 200, answer.text

    async def knock(self, **body: object) -> httpx2.Response:
        """Ask to come in without an account."""
        asked = {"name": "Gita", **body}
        return await self.server.client.post(f"{self.path}/join", json=asked)

    async def guest(self, **body: object) -> Place:
        """Come in without an account, or wait."""
        answer = await self.knock(**body)
        assert answer.status_code in {200, 202}, answer.text
        return place_of(answer, {"Authorization": f"Bearer {answer.json()['seat']}"})

    async def enter(self, place: Place) -> Screen:
        """Be inside for real."""
        return await self._join(place, await admitted(self.server, place.token))

    async def arrive(self, place: Place) -> Screen:
        """Be inside with media, and known to be so."""
        return await self.arrive_with(place, await admitted(self.server, place.token))

    async def arrive_with(self, place: Place, claims: Claims) -> Screen:
        """Do the same by claims that were admitted a moment ago."""
        screen = await self._join(place, claims)
        await self.server.sfu.until_told("add_participant")
        room, participant = self.server.engine._directory.get_participant(self.code, place.identity)
        room.activate(participant)
        await self.server.app.watch.settled()
        return screen

    async def _join(self, place: Place, claims: Claims) -> Screen:
        screen = Screen()
        await self.server.engine.join(claims, JoinOptions(), screen, place.token)
        return screen


async def admitted(server: Server, token: str) -> Claims:
    """Return the claims that hold when somebody connects with a token."""
    return await server.app.admission.admit(server.verifier.verify(token))


def place_of(answer: httpx2.Response, headers: dict[str, str]) -> Place:
    body = answer.json()
    return Place(body["identity"], headers, body["seat"], body.get("token", ""))


@dataclass
class People:
    """Accounts that meet again and again."""

    server: Server
    signed_in: dict[Role, SignedIn]

    async def meet(self, **room: object) -> Meeting:
        """Make a room with somebody of every role in it; the stranger stays outside."""
        host = self.signed_in[Role.HOST]
        made = await host.post("/rooms", json=room)
        assert made.status_code == 201, made.text
        meeting = Meeting(self.server, made.json()["code"])
        for role in WITH_ACCOUNT:
            meeting.people[role] = await self.come(meeting, self.signed_in[role])
        for role in (Role.MODERATOR, Role.OBSERVER):
            path = f"/participants/{meeting.identity(role)}"
            changed = await meeting.ask(Role.HOST, "PATCH", path, json={"role": role})
            assert changed.status_code == 204, changed.text
        meeting.people[Role.GUEST] = await meeting.guest()
        meeting.people[Role.STRANGER] = Place("nobody", self.signed_in[Role.STRANGER].headers)
        return meeting

    async def come(self, meeting: Meeting, person: SignedIn, **body: object) -> Place:
        asked = {"name": person.user.first_name, **body}
        answer = await person.post(f"/rooms/{meeting.code}/join", json=asked)
        assert answer.status_code in {200, 202}, answer.text
        return place_of(answer, person.headers)


async def gather_people(server: Server) -> People:
    signed_in = {role: await sign_in(server, f"{role}@example.com") for role in WITH_ACCOUNT}
    elsewhere = await make_organisation(server)
    signed_in[Role.STRANGER] = await sign_in(
        server, "stranger@example.net", organisation_id=elsewhere
    )
    return People(server, signed_in)
