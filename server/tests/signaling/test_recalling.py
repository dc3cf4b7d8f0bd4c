"""A client whose media has fallen silent is asked to come back by a new way, and not for ever."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from livekit.protocol import rtc
from signaling.conftest import NOW, Client, Served, serving, token, with_timings

from jumpa.media.embedded import sfu_pb2
from jumpa.media.embedded.patience import Patience

Action = rtc.LeaveRequest.Action
LATEST = "&protocol=16"


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    async with serving(with_timings(resume_timeout_s=600)) as running:
        yield running


def fall_silent(served: Served, sid: str) -> None:
    way = sfu_pb2.Direction()
    path = sfu_pb2.PathMeasured(participant_sid=sid, up=way, down=way, is_silent=True)
    served.sfu.say(sfu_pb2.Event(path_measured=path))


async def joined(served: Served, query: str = LATEST) -> tuple[Client, str]:
    client = await served.join(token("ann"), query)
    return client, await client.become_active()


class TestSilence:
    async def test_is_answered_by_asking_for_a_resume(self, served: Served) -> None:
        ann, sid = await joined(served)

        fall_silent(served, sid)

        leave = (await ann.until("leave")).leave
        assert leave.action == Action.RESUME
        back = await served.join(token("ann"), f"&reconnect=1&sid={sid}")
        assert (await back.next()).WhichOneof("message") == "reconnect"
        assert (await served.sfu.until_told("restart_ice")).restart_ice.participant_sid == sid

    async def test_that_goes_on_is_not_answered_again(self, served: Served) -> None:
        ann, sid = await joined(served)

        for _ in range(5):
            fall_silent(served, sid)

        await ann.until("leave")
        assert "leave" not in await ann.so_far()

    async def test_of_an_old_client_is_left_to_the_client(self, served: Served) -> None:
        for query in ("", "&protocol=12", "&protocol=nonsense"):
            ann, sid = await joined(served, query)
            fall_silent(served, sid)
            assert "leave" not in await ann.so_far()


class TestPatience:
    def asked(self, seconds: range) -> list[int]:
        patience = Patience()
        return [s for s in seconds if patience.is_due(NOW + timedelta(seconds=s))]

    def test_grows_while_silence_comes_back(self) -> None:
        assert self.asked(range(400)) == [0, 5, 15, 35, 75, 155, 235, 315, 395]

    def test_is_short_again_after_a_quiet_time(self) -> None:
        patience = Patience()
        for s in (0, 5, 15):
            assert patience.is_due(NOW + timedelta(seconds=s))
        assert patience.is_due(NOW + timedelta(seconds=1000))
        assert patience.is_due(NOW + timedelta(seconds=1005))
