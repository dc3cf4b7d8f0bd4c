from random import Random

import pytest
from bench.api import world
from bench.api.load import Answer
from bench.api.report import ALL, delays, percentile, table
from bench.api.requests import MIX, WRITE
from bench.api.world import World

from jumpa.domains.rooms.service.rooms import normalise


class TestPercentile:
    @pytest.mark.parametrize(
        ("share", "expected"), [(0.5, 50), (0.95, 95), (0.99, 99), (1, 100), (0.001, 1)]
    )
    def test_is_a_value_that_was_measured(self, share: float, expected: int) -> None:
        assert percentile(range(1, 101), share) == expected

    def test_of_one_value_is_that_value(self) -> None:
        assert percentile([7], 0.99) == 7


class TestDelays:
    def test_are_told_of_all_and_of_each_kind(self) -> None:
        answers = [Answer("join", 200, 0.010), Answer("join", 429, 0.030), Answer("list", 200, 0.5)]

        found = {one.kind: one for one in delays(answers)}

        assert list(found) == [ALL, "join", "list"]
        assert (found["join"].count, found["join"].failed, found["join"].longest) == (2, 1, 30)
        assert found[ALL].longest == 500
        assert "| join    | 2     | 1      |" in table(list(found.values()))


class TestMix:
    def test_is_a_hundred_parts_with_messages_written(self) -> None:
        assert sum(share for share, _ in MIX.values()) == 100
        assert WRITE in MIX


class TestWorld:
    def test_puts_everybody_into_a_room_once(self) -> None:
        whole = World()

        for room in (0, 1, whole.rooms - 1):
            members = {whole.member(room, place) for place in range(whole.members)}
            assert len(members) == whole.members

    def test_names_rooms_as_the_product_does(self) -> None:
        codes = {world.code(number) for number in range(World().rooms)}

        assert len(codes) == World().rooms
        assert all(normalise(code) == code for code in codes)

    def test_orders_messages_by_time(self) -> None:
        assert world.message_id(1).version == 7
        assert world.message_id(1) < world.message_id(2) < world.message_id(999_999)

    def test_speaks_the_same_words_at_each_run(self) -> None:
        words = [world.word(number) for number in range(50)]

        assert len(set(words)) == 50
        said = [world.text(Random(1), words, list(range(1, 51))) for _ in range(2)]
        assert said[0] == said[1]
