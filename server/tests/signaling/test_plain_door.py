"""Who may come in by the plain socket, and what all others are told."""

import asyncio
import contextlib
from uuid import UUID, uuid4

import websockets
from factories import FOREIGN_KEY, FOREIGN_SECRET, NOW, Server
from people import sign_in
from rooms.meetings import Meeting
from signaling.plain_clients import PlainServer, listening
from starlette.applications import Starlette

from jumpa.domains.rooms.service.roles import Role
from jumpa.media.access import Claims, mint
from jumpa.signaling.plain import Crowd
from jumpa.signaling.plain import routes as plain_routes
from jumpa.signaling.plain.ports import Asked, PlainParts


async def refused(plain: PlainServer, code: str, user: str, token: str) -> tuple[int, str]:
    """Knock; the close code and the code of the error that was told before."""
    client = await plain.connect(code, user, token)
    closed = await client.until_closed()
    [told] = client.kept
    assert told["type"] == "error"
    assert told["message"]
    return closed, str(told["code"])


def foreign_token(room: str, identity: str = "bob", secret: str = FOREIGN_SECRET) -> str:
    claims = Claims.model_validate(
        {"identity": identity, "video": {"roomJoin": True, "room": room}}
    )
    return mint(api_key=FOREIGN_KEY, secret=secret, claims=claims, clock=lambda: NOW)


class TestOpen:
    async def test_a_ticket_of_the_join_answer_opens(self, plain: PlainServer, code: str) -> None:
        seat = await plain.seat(code, name="Ann")

        client = await plain.connect(code, seat["identity"], seat["ticket"])
        joined = await client.join()

        assert joined["roomId"] == code
        assert joined["users"] == []
        user = joined["user"]
        assert isinstance(user, dict)
        assert (user["userId"], user["name"], user["role"]) == (seat["identity"], "Ann", "guest")

    async def test_a_room_token_opens_and_the_code_is_read_as_people_type_it(
        self, plain: PlainServer, code: str
    ) -> None:
        seat = await plain.seat(code)

        client = await plain.connect(code.upper().replace("-", ""), seat["identity"], seat["token"])

        assert (await client.join())["roomId"] == code

    async def test_an_account_opens_once_it_has_a_place(
        self, server: Server, plain: PlainServer, code: str
    ) -> None:
        person = await sign_in(server)
        user, token = str(person.user.id), person.tokens["access_token"]
        assert await refused(plain, code, user, token) == (4403, "place_closed")
        seat = (await person.post(f"/rooms/{code}/join", json={"name": "Ayu"})).json()

        joined = await (await plain.connect(code, user, token)).join()

        told = joined["user"]
        assert isinstance(told, dict)
        assert told["userId"] == seat["identity"]

    async def test_a_token_of_another_api_key_opens_a_room_that_is_only_live(
        self, plain: PlainServer
    ) -> None:
        client = await plain.connect("standup", "bob", foreign_token("standup"))

        assert (await client.join())["roomId"] == "standup"


class TestRefusal:
    async def test_of_whoever_shows_nothing_of_worth(self, plain: PlainServer, code: str) -> None:
        seat = await plain.seat(code)
        user, ticket = seat["identity"], seat["ticket"]
        head, _, rest = seat["token"].partition(".")
        forged = f"{head}.{rest.swapcase()}"
        invalid = (4401, "ticket_invalid")

        assert await refused(plain, code, user, "") == invalid
        assert await refused(plain, code, user, ticket[:-2]) == invalid
        assert await refused(plain, code, user, "x" * 4000) == invalid
        assert await refused(plain, code, user, seat["seat"]) == invalid
        assert await refused(plain, code, user, forged) == (4401, "access_denied")
        for token in ("a.b.c", "é.é.é", "..", "\x00.\x00.\x00", "eyJhbGciOiJub25lIn0.e30."):
            assert await refused(plain, code, user, token) == (4401, "access_denied")
        assert await refused(plain, code, user, "\x00é") == invalid
        assert await refused(plain, "\x00", user, ticket) == (4403, "token_of_somebody_else")
        strange = foreign_token(code, user, "another secret with enough bytes in it")
        assert await refused(plain, code, user, strange) == (4401, "access_denied")

    async def test_of_somebody_else_and_of_another_room(
        self, server: Server, plain: PlainServer, code: str
    ) -> None:
        other = (await server.create_room())["code"]
        ann, bob = await plain.seat(code), await plain.seat(code, name="Bob")
        elsewhere = (4403, "token_of_somebody_else")

        for proof in ("ticket", "token"):
            assert await refused(plain, code, bob["identity"], ann[proof]) == elsewhere
            assert await refused(plain, other, ann["identity"], ann[proof]) == elsewhere
            assert await refused(plain, code, "", ann[proof]) == elsewhere
            assert await refused(plain, "", ann["identity"], ann[proof]) == elsewhere
        person = await sign_in(server)
        token = person.tokens["access_token"]
        assert await refused(plain, code, str(uuid4()), token) == elsewhere

    async def test_of_a_ticket_that_is_used_or_too_old(
        self, server: Server, plain: PlainServer, code: str
    ) -> None:
        first, second = await plain.seat(code), await plain.seat(code, name="Bob")
        await (await plain.connect(code, first["identity"], first["ticket"])).join()

        used = await refused(plain, code, first["identity"], first["ticket"])
        server.clock.move(seconds=61)
        old = await refused(plain, code, second["identity"], second["ticket"])

        assert used == old == (4401, "ticket_invalid")

    async def test_of_all_but_one_who_show_a_ticket_at_the_same_time(
        self, plain: PlainServer, code: str
    ) -> None:
        seat = await plain.seat(code)
        clients = [await plain.connect(code, seat["identity"], seat["ticket"]) for _ in range(5)]

        for client in clients:
            with contextlib.suppress(websockets.ConnectionClosed):
                await client.say("join_room")
        told = await asyncio.gather(*(client.connection.recv() for client in clients))

        assert sum('"type": "join_room"' in str(message) for message in told) == 1

    async def test_of_a_token_that_has_expired(
        self, server: Server, plain: PlainServer, code: str
    ) -> None:
        seat = await plain.seat(code)
        server.clock.move(seconds=float(seat["expires_in_s"]) + 61)

        answer = await refused(plain, code, seat["identity"], seat["token"])

        assert answer == (4401, "access_denied")

    async def test_of_rooms_that_are_not_there_or_over(
        self, server: Server, plain: PlainServer
    ) -> None:
        room = await server.create_room()
        seat = await plain.seat(room["code"])
        headers = {"Authorization": f"Bearer {room['host_secret']}"}
        await server.client.post(f"/api/v1/rooms/{room['code']}/end", headers=headers)
        own = server.parts.own_key
        claims = Claims.model_validate(
            {"identity": "ann", "video": {"roomJoin": True, "room": "zzz-zzzz-zzz"}}
        )
        token = mint(api_key=own.name, secret=own.secret, claims=claims, clock=lambda: NOW)

        over = await refused(plain, room["code"], seat["identity"], seat["token"])

        assert over == (4410, "room_ended")
        assert await refused(plain, "zzz-zzzz-zzz", "ann", token) == (4404, "room_not_found")

    async def test_of_who_is_banned_or_was_sent_away(
        self, plain: PlainServer, meeting: Meeting
    ) -> None:
        banned, removed = await plain.seat(meeting.code), await plain.seat(meeting.code, name="B")
        await meeting.ask(Role.HOST, "PUT", f"/bans/{banned['identity']}")
        await meeting.ask(Role.HOST, "DELETE", f"/participants/{removed['identity']}")

        for proof in ("token", "ticket"):
            answer = await refused(plain, meeting.code, banned["identity"], banned[proof])
            assert answer == (4403, "banned")
            answer = await refused(plain, meeting.code, removed["identity"], removed[proof])
            assert answer == (4403, "place_closed")

    async def test_of_who_waits(self, plain: PlainServer, meeting: Meeting) -> None:
        person = meeting.people[Role.PARTICIPANT]
        await meeting.settle(waiting_room=True)
        await meeting.ask(Role.HOST, "DELETE", f"/participants/{person.identity}")
        waiting = await meeting.ask(Role.PARTICIPANT, "POST", "/join", json={"name": "Back"})
        assert waiting.status_code == 202

        answer = await refused(plain, meeting.code, person.identity, person.token)

        assert answer == (4403, "place_closed")
        assert "ticket" not in waiting.json()

    async def test_of_who_guesses_too_often(self, plain: PlainServer, code: str) -> None:
        seat = await plain.seat(code)
        limit = plain.server.parts.settings.rooms.refusals_per_minute

        answers = {
            await refused(plain, code, seat["identity"], "nothing") for _ in range(limit + 1)
        }

        assert answers == {(4401, "ticket_invalid"), (4429, "too_many_requests")}

    async def test_of_who_never_joins(self, plain: PlainServer, code: str) -> None:
        seat = await plain.seat(code)
        client = await plain.connect(code, seat["identity"], seat["ticket"])

        await client.say("chat", message="hello?")
        told = await client.until("error")

        assert (told["code"], told["about"]) == ("not_joined", "chat")
        assert await plain.server.parts.engine.list_participants(code) == []


class PatientEntry:
    """Lets everybody in, and stores nothing."""

    async def open(self, asked: Asked) -> Claims:
        return Claims.model_validate(
            {"identity": asked.user, "video": {"roomJoin": True, "room": asked.room}}
        )

    async def write(self, claims: Claims, message: str, reply_to: UUID | None) -> None:
        raise NotImplementedError


class TestSilence:
    async def test_ends_a_socket_on_which_nobody_joins(self, server: Server) -> None:
        parts = PlainParts(
            server.engine, PatientEntry(), Crowd("lk.chat"), server.clock, join_timeout_s=0
        )
        async with listening(Starlette(routes=plain_routes(parts))) as port:
            plain = PlainServer(server, port)
            async with plain.clients:
                answer = await refused(plain, "tea", "ann", "")

        assert answer == (4400, "join_too_late")
        assert await server.live_rooms() == []


class TestPage:
    async def test_shows_a_whole_client_in_sixty_lines(self, plain: PlainServer) -> None:
        lines = 0
        for name, kind in (("plain.html", "text/html"), ("plain.js", "text/javascript")):
            answer = await plain.server.client.get(f"/examples/{name}")
            assert answer.status_code == 200
            assert answer.headers["Content-Type"].startswith(kind)
            lines += len(answer.text.splitlines())

        assert lines <= 60
