"""Quiet hours end when the person's clock says so, over midnight and over changes of the clock."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jumpa.domains.notifications.schemas import QuietHours
from jumpa.domains.notifications.service.quiet import end_of_quiet, next_at

ZONES = ["Asia/Jakarta", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"]
minutes = st.builds(time, st.integers(0, 23), st.integers(0, 59))
moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # strategies take bounds without a zone
NIGHT = QuietHours(start="22:00", end="07:00")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


class TestEndOfQuiet:
    @pytest.mark.parametrize(
        ("now", "end"),
        [
            ("2026-11-21T21:59+07:00", "2026-11-21T21:59+07:00"),
            ("2026-11-21T22:00+07:00", "2026-11-22T07:00+07:00"),
            ("2026-11-22T00:30+07:00", "2026-11-22T07:00+07:00"),
            ("2026-11-22T06:59+07:00", "2026-11-22T07:00+07:00"),
            ("2026-11-22T07:00+07:00", "2026-11-22T07:00+07:00"),
        ],
    )
    def test_goes_over_midnight(self, now: str, end: str) -> None:
        assert end_of_quiet(at(now), NIGHT, "Asia/Jakarta") == at(end)

    def test_is_at_once_without_quiet_hours(self) -> None:
        assert end_of_quiet(at("2026-11-21T23:00Z"), None, "Asia/Jakarta") == at(
            "2026-11-21T23:00Z"
        )

    def test_never_comes_when_both_ends_are_the_same(self) -> None:
        none = QuietHours(start="08:00", end="08:00")

        assert end_of_quiet(at("2026-11-21T08:00Z"), none, "UTC") == at("2026-11-21T08:00Z")

    @pytest.mark.parametrize(
        ("now", "end"),
        [
            # Clocks go from 02:00 to 03:00: the end is skipped, and comes as long after midnight.
            ("2026-03-29T01:00+01:00", "2026-03-29T03:30+02:00"),
            # Clocks go from 03:00 back to 02:00: the end comes twice.
            ("2026-10-25T01:00+02:00", "2026-10-25T02:30+02:00"),
            ("2026-10-25T02:15+01:00", "2026-10-25T02:30+01:00"),
        ],
    )
    def test_comes_when_clocks_change(self, now: str, end: str) -> None:
        quiet = QuietHours(start="22:00", end="02:30")

        assert end_of_quiet(at(now), quiet, "Europe/Berlin") == at(end)

    @given(moments, minutes, minutes, st.sampled_from(ZONES))
    def test_is_never_before_now_and_never_over_a_day_away(
        self, now: datetime, start: time, end: time, zone: str
    ) -> None:
        found = end_of_quiet(now, QuietHours(start=f"{start:%H:%M}", end=f"{end:%H:%M}"), zone)

        assert timedelta(0) <= found - now <= timedelta(hours=25)


class TestNextAt:
    @given(moments, minutes, st.sampled_from(ZONES))
    def test_is_always_ahead(self, now: datetime, clock: time, zone: str) -> None:
        assert timedelta(0) < next_at(now, clock, zone) - now <= timedelta(hours=25)
