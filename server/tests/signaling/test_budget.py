"""What one client may say in a time."""

from livekit.protocol import rtc

from jumpa.signaling.livekit.budget import Budget

PING = rtc.SignalRequest(ping=1)
OFFER = rtc.SignalRequest(offer=rtc.SessionDescription(sdp="v=0"))


class TestBudget:
    def test_a_burst_is_allowed_and_then_no_more(self) -> None:
        budget = Budget(burst_bytes=10 * 1024, bytes_per_s=1024, now_s=0)

        allowed = [budget.spend(PING, 0, now_s=0) for _ in range(12)]

        assert allowed == [True] * 10 + [False] * 2

    def test_time_refills_it_up_to_the_burst(self) -> None:
        budget = Budget(burst_bytes=2 * 1024, bytes_per_s=1024, now_s=0)
        budget.spend(PING, 1024, now_s=0)

        assert budget.spend(PING, 0, now_s=1)
        assert [budget.spend(PING, 0, now_s=1000) for _ in range(3)] == [True, True, False]

    def test_negotiation_costs_more(self) -> None:
        budget = Budget(burst_bytes=20 * 1024, bytes_per_s=0, now_s=0)

        assert budget.spend(OFFER, 0, now_s=0)
        assert not budget.spend(OFFER, 0, now_s=0)
