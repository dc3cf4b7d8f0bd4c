from collections.abc import Iterator

import pytest

from jumpa.kit import failpoints
from jumpa.kit.failpoints import FailPoint, FailPointReachedError, FailPointUnknownError


@pytest.fixture(autouse=True)
def disarmed() -> Iterator[None]:
    yield
    failpoints.arm("")


class TestArm:
    @pytest.mark.parametrize(
        "said",
        ["join", "join.received", "join.received:explode", "nothing:kill", "join.received@0:kill"],
    )
    def test_refuses_what_is_no_fail_point_and_names_them(self, said: str) -> None:
        with pytest.raises(FailPointUnknownError, match="refresh\\.committed"):
            failpoints.arm(said)


class TestReach:
    def test_does_nothing_unless_armed(self) -> None:
        for point in FailPoint:
            failpoints.reach(point)

    def test_breaks_only_the_place_that_was_named(self) -> None:
        failpoints.arm("join.received:error")

        failpoints.reach(FailPoint.JOIN_WRITTEN)
        with pytest.raises(FailPointReachedError, match="join"):
            failpoints.reach(FailPoint.JOIN_RECEIVED)

    def test_waits_for_its_turn_and_strikes_once(self) -> None:
        failpoints.arm("migrate.step@2:error")

        failpoints.reach(FailPoint.MIGRATE_STEP)
        with pytest.raises(FailPointReachedError):
            failpoints.reach(FailPoint.MIGRATE_STEP)
        failpoints.reach(FailPoint.MIGRATE_STEP)

    def test_goes_on_after_a_pause(self) -> None:
        failpoints.arm("join.received:sleep:1")

        failpoints.reach(FailPoint.JOIN_RECEIVED)
