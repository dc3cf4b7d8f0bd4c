"""Participants are told together, in messages that stay small."""

import pytest
from livekit.protocol import models

from jumpa.media.embedded.batching import updates

KIB = 1024


def people(*kibibytes: int) -> list[models.ParticipantInfo]:
    return [
        models.ParticipantInfo(sid=f"PA_{number}", metadata="x" * size * KIB)
        for number, size in enumerate(kibibytes)
    ]


class TestUpdates:
    @pytest.mark.parametrize(
        ("sizes", "told"),
        [
            ([], []),
            ([1, 1, 1], [[0, 1, 2]]),
            ([60, 60, 60], [[0, 1], [2]]),
            ([1, 500, 1, 1], [[0], [1], [2, 3]]),
            ([500, 500], [[0], [1]]),
        ],
    )
    def test_tell_everybody_once_and_in_order(
        self, sizes: list[int], told: list[list[int]]
    ) -> None:
        messages = [message.update.participants for message in updates(people(*sizes))]

        sids = [[participant.sid for participant in message] for message in messages]
        assert sids == [[f"PA_{number}" for number in numbers] for numbers in told]

    def test_of_a_large_room_are_few_and_none_is_large(self) -> None:
        messages = list(updates(people(*[1] * 1000)))

        assert len(messages) == 8
        assert max(message.ByteSize() for message in messages) < 130 * KIB
