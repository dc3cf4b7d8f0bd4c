"""A process that stood still with the whole machine does not blame others for their silence."""

from jumpa.media.embedded.silence import Silence

TURN_S = 0.5


class TestSilence:
    def test_lasts_for_as_long_as_one_has_listened(self) -> None:
        silence = Silence(100, 2 * TURN_S)

        lasted = [silence.look(100 + turn * TURN_S) for turn in range(1, 11)]

        assert lasted[-1] == 10 * TURN_S
        assert lasted == sorted(lasted)

    def test_of_a_machine_that_stood_still_is_one_turn(self) -> None:
        silence = Silence(100, 2 * TURN_S)
        silence.look(100.5)

        assert silence.look(400) == 3 * TURN_S

    def test_is_known_between_two_looks(self) -> None:
        silence = Silence(100, TURN_S)
        silence.look(100.25)

        assert silence.so_far(100.5) == TURN_S
        assert silence.so_far(400) == 0.25 + TURN_S

    def test_ends_with_an_answer(self) -> None:
        silence = Silence(100, 2 * TURN_S)
        silence.look(101)

        silence.end()

        assert silence.look(101.5) == TURN_S
