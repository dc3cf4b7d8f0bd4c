"""Firefox in the same call as Chromium, by the buttons of the web app."""

import socket
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from harness import firefox, servers
from harness.app import Arrive, meet
from harness.barepage import until
from harness.firefox import Fox
from harness.media import LOOKS
from harness.senses import Senses
from harness.servers import Server


def own_address() -> str:
    """An address of this machine that is not the loopback one, to which Firefox sends no media."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        # Nothing is sent: the documentation's address (RFC 5737) only chooses a way out.
        try:
            probe.connect(("198.51.100.1", 9))
        except OSError:
            pytest.skip(
                "this machine has the loopback address only, and Firefox pairs none with it"
            )
        return str(probe.getsockname()[0])


@pytest.fixture(scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    """A server that Firefox reaches."""
    data = tmp_path_factory.mktemp("firefox") / "data"
    running = await servers.start(data, media=own_address())
    yield running
    assert await running.stop() == 0


@pytest.fixture
async def guest(tmp_path: Path) -> AsyncIterator[Fox]:
    """Somebody who uses Firefox."""
    async with firefox.launch(tmp_path) as fox:
        yield fox


# Five browsers start for it, one of them cold.
@pytest.mark.timeout(400)
class TestThreePeople:
    async def test_see_and_hear_each_other_whoever_came_first(
        self, server: Server, arrive: Arrive, guest: Fox
    ) -> None:
        link, [host] = await meet(server, arrive, 1)
        await guest.open(link)
        await guest.write("Your name", "Rubah")
        await guest.press("Join")
        await until(partial(knows_itself, guest), "Firefox is inside")
        late = await arrive(1)
        await late.enter(link, "Budi")
        tones: list[tuple[Senses, int]] = [
            (host, LOOKS[0].tone_hz),
            (late, LOOKS[1].tone_hz),
            (guest, firefox.TONE_HZ),
        ]
        for person, own in tones:
            others = {hz for _, hz in tones if hz != own}
            await until(partial(person.hears, others), f"{own} hears {others}")
            await until(partial(person.sees_moving, 2), f"{own} sees both")
        assert guest.complaints == []


OWN = "document.querySelector('[data-participant][aria-label^=You]')?.dataset.participant"


async def knows_itself(guest: Fox) -> bool:
    """Whether the own tile is there, which tells the own identity."""
    guest.identity = await guest.evaluate(OWN) or ""
    return guest.identity != ""
