"""What can be done with rooms, without a door."""

import asyncio
from collections.abc import Sequence

import pytest
from factories import ISSUER, NOW, make_room
from hypothesis import given
from hypothesis import strategies as st

from jumpa.domains.rooms.errors import (
    CodeTakenError,
    RoomEndedError,
    RoomNotFoundError,
)
from jumpa.domains.rooms.events import RoomEnded
from jumpa.domains.rooms.service import places, presence
from jumpa.domains.rooms.service import rooms as service
from jumpa.domains.rooms.service.rooms import RoomLimits, Wanted
from jumpa.kit.actor import SERVER
from jumpa.kit.context import UnitOfWork
from jumpa.media.access import Claims, VideoGrants


def always(*codes: str) -> service.Choose:
    """Return a chooser that spells these codes one after another."""
    letters = iter("".join(codes).replace("-", ""))
    return lambda _: next(letters)


class TestCreate:
    async def test_tries_another_code_when_one_is_taken(self, work: UnitOfWork) -> None:
        async with work.write(SERVER) as ctx:
            choose = always("aaa-aaaa-aaa")
            await service.create(ctx, Wanted(), RoomLimits(), choose=choose)

        async with work.write(SERVER) as ctx:
            choose = always("aaa-aaaa-aaa", "bbb-bbbb-bbb")
            room, _ = await service.create(ctx, Wanted("second"), RoomLimits(), choose=choose)

        assert room.code == "bbb-bbbb-bbb"
        async with work.read(SERVER) as ctx:
            assert (await service.get(ctx, "bbb-bbbb-bbb")).title == "second"

    async def test_gives_up_when_every_code_is_taken(self, work: UnitOfWork) -> None:
        def same(letters: Sequence[str]) -> str:
            return letters[0]

        async with work.write(SERVER) as ctx:
            await service.create(ctx, Wanted(), RoomLimits(), choose=same)

        with pytest.raises(CodeTakenError):
            async with work.write(SERVER) as ctx:
                await service.create(ctx, Wanted(), RoomLimits(), choose=same)

    async def test_does_not_store_the_host_secret(self, work: UnitOfWork) -> None:
        room, host_secret = await make_room(work)

        assert host_secret not in {str(value) for value in vars(room).values()}
        assert room.created_at == NOW


class TestEnd:
    async def test_tells_once_however_often_it_is_ended(
        self, work: UnitOfWork, published: list[object]
    ) -> None:
        room, _ = await make_room(work)

        async def end() -> None:
            async with work.write(SERVER) as ctx:
                await service.end(ctx, await service.get_for_update(ctx, room.code))

        await asyncio.gather(*(end() for _ in range(5)))

        assert published.count(RoomEnded(room.code)) == 1


async def end(work: UnitOfWork, code: str) -> None:
    async with work.write(SERVER) as ctx:
        await service.end(ctx, await service.get_for_update(ctx, code))


def claims(code: str) -> Claims:
    return Claims(identity="ann", video=VideoGrants(room_join=True, room=code))


class TestAdmit:
    async def test_refuses_our_own_token_for_a_room_that_we_never_had(
        self, work: UnitOfWork
    ) -> None:
        async with work.read(SERVER) as ctx:
            with pytest.raises(RoomNotFoundError):
                await presence.admit(ctx, claims("abc-defg-hjk"), is_own_token=True)

    async def test_lets_foreign_tokens_name_what_they_like(self, work: UnitOfWork) -> None:
        foreign = claims("x" * 5000)
        async with work.read(SERVER) as ctx:
            assert await presence.admit(ctx, foreign, is_own_token=False) == (foreign, None)

    @pytest.mark.parametrize("is_own", [True, False])
    async def test_refuses_a_room_that_ended(self, work: UnitOfWork, is_own: bool) -> None:
        room, _ = await make_room(work)
        await end(work, room.code)

        async with work.read(SERVER) as ctx:
            with pytest.raises(RoomEndedError):
                await presence.admit(ctx, claims(room.code), is_own_token=is_own)


class TestJoin:
    async def test_is_refused_also_to_the_host_once_the_room_ended(self, work: UnitOfWork) -> None:
        room, host_secret = await make_room(work)
        await end(work, room.code)

        coming = places.Coming("Ayu", places.Proofs(host_secret=host_secret))
        async with work.write(SERVER) as ctx:
            with pytest.raises(RoomEndedError):
                await places.join(ctx, room.code, coming, ISSUER)


class TestNormalise:
    @pytest.mark.parametrize(
        "typed", ["abc-defg-hij", "ABC-DEFG-HIJ", " abc defg hij ", "abcdefghij", "abc--defghij"]
    )
    def test_reads_codes_as_people_type_them(self, typed: str) -> None:
        assert service.normalise(typed) == "abc-defg-hij"

    @pytest.mark.parametrize(
        "typed", ["", "abc-defg-hi", "abc-defg-hijk", "abc-defg-hi1", "äbc-defg-hij", "../../etc"]
    )
    def test_refuses_what_is_no_code(self, typed: str) -> None:
        assert service.normalise(typed) is None

    @given(st.text())
    def test_gives_back_codes_only(self, typed: str) -> None:
        code = service.normalise(typed)

        assert code is None or service.normalise(code) == code


class TestNewCode:
    def test_avoids_letters_that_look_alike(self) -> None:
        codes = "".join(service.new_code() for _ in range(500))

        assert not set(codes) & set("ilo")
        assert len(set(codes)) == len(service.ALPHABET) + 1
