"""Messages are kept as long as the room says."""

import pytest
from chat.talking import Talker, host, seat
from factories import Server
from people import assert_problem
from sqlalchemy import func, select

from jumpa.domains.chat.models import RoomMessage
from jumpa.domains.chat.repository import RETENTION
from jumpa.domains.chat.service import retention
from jumpa.domains.rooms.models import RoomSetting
from jumpa.kit.actor import SERVER


@pytest.fixture
async def chair(server: Server) -> Talker:
    return await host(server, await server.create_room())


async def stored(server: Server) -> int:
    async with server.app.work.read(SERVER) as ctx:
        return await ctx.session.scalar(select(func.count()).select_from(RoomMessage)) or 0


async def keep(talker: Talker, days: object) -> int:
    return (await talker.call("PUT", "/retention", {"days": days})).status_code


class TestRetention:
    async def test_is_for_ever_until_somebody_chooses(self, chair: Talker) -> None:
        assert (await chair.call("GET", "/retention")).json() == {"days": None}

    async def test_deletes_what_is_older_when_it_is_chosen(
        self, server: Server, chair: Talker
    ) -> None:
        await chair.wrote("Old")
        server.clock.move(days=2)
        await chair.wrote("New")

        assert await keep(chair, 1) == 200

        assert await chair.read() == ["New"]
        assert await stored(server) == 1

    async def test_hides_what_grows_old_at_once_and_deletes_it_at_the_sweep(
        self, server: Server, chair: Talker
    ) -> None:
        await keep(chair, 1)
        old = await chair.wrote("Old")
        server.clock.move(days=1, seconds=1)

        assert await chair.read() == await chair.read(q="Old") == []
        assert_problem(await chair.edit(old, "Young"), 404, "message_not_found")

        await server.clean_up()
        assert await stored(server) == 0

    async def test_leaves_other_rooms_alone(self, server: Server, chair: Talker) -> None:
        other = await seat(server, await server.create_room())
        await other.wrote()
        await keep(chair, 1)
        server.clock.move(days=3)

        await server.clean_up()

        assert await other.read() == ["Tea?"]

    async def test_keeps_what_it_did_when_it_is_cut_short(
        self, server: Server, chair: Talker, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(retention, "_ROOMS", 1)
        others = [await host(server, await server.create_room()) for _ in range(2)]
        for talker in (chair, *others):
            await keep(talker, 1)
            await talker.wrote()
        server.clock.move(days=2)
        async with server.app.work.write(SERVER) as ctx:
            last = select(RoomSetting).where(RoomSetting.setting_key == RETENTION)
            found = (await ctx.session.scalars(last.order_by(RoomSetting.id.desc()))).first()
            assert found is not None
            found.setting_value = "cut short"

        with pytest.raises(ValueError, match="Expecting value"):
            await retention.sweep(server.app.work)

        assert await stored(server) == 1

    async def test_can_be_taken_back(self, server: Server, chair: Talker) -> None:
        await keep(chair, 1)
        await keep(chair, None)
        await chair.wrote()
        server.clock.move(days=400)

        assert await chair.read() == ["Tea?"]

    @pytest.mark.parametrize("days", [0, -1, 36_501, "many", 1.5])
    async def test_refuses_odd_numbers(self, chair: Talker, days: object) -> None:
        assert await keep(chair, days) == 422

    async def test_is_chosen_by_who_moderates(self, server: Server, chair: Talker) -> None:
        guest = await seat(server, {"code": chair.code})

        assert_problem(await guest.call("PUT", "/retention", {"days": 1}), 403, "role_too_low")
