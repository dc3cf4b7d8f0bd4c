"""What an engine that was out of reach tells again, and what becomes of everybody else."""

from factories import Server

from jumpa.media.engine import ParticipantJoined, RoomsCompared


def came(code: str, identity: str) -> ParticipantJoined:
    return ParticipantJoined(code, "RM_1", identity, f"PA_{identity}", identity.title())


async def history(server: Server, room: dict[str, str]) -> dict[str, object]:
    """Return who was in, with the moment of leaving; raises for whom there are two stays."""
    headers = {"Authorization": f"Bearer {room['host_secret']}"}
    url = f"/api/v1/rooms/{room['code']}/history"
    stays = (await server.client.get(url, headers=headers)).json()["items"]
    left = {stay["name"]: stay["left_at"] for stay in stays}
    assert len(left) == len(stays)
    return left


class TestRoomsCompared:
    async def test_ends_the_stays_of_who_is_gone_and_no_others(self, server: Server) -> None:
        room = await server.create_room("Tea")
        watch = server.app.watch
        for identity in ("ann", "bob"):
            watch.hear(came(room["code"], identity))
        await watch.settled()
        server.clock.move(minutes=5)

        watch.hear(RoomsCompared(frozenset({"PA_ann"})))
        await watch.settled()

        left = await history(server, room)
        assert left["Ann"] is None
        assert left["Bob"] == "2026-11-21T09:05:00Z"

    async def test_who_is_told_of_again_has_one_stay(self, server: Server) -> None:
        room = await server.create_room("Tea")
        watch = server.app.watch

        for _ in range(2):
            watch.hear(came(room["code"], "ann"))
        await watch.settled()

        assert await history(server, room) == {"Ann": None}
