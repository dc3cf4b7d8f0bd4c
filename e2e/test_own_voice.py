"""The own voice: a hint for who is muted, a key to talk by, a filter for noise."""

import math
import random
import struct
import wave
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.async_api import Browser, Playwright, expect

from harness import app, browsers
from harness.app import Arrive, Person, meet
from harness.barepage import until
from harness.media import LOOKS
from harness.screens import BRIEF, LAPTOP, look
from harness.servers import Server

# Keeps what the browser gave, so that it can be taken away as a pulled plug does.
KEEP_MICROPHONES = """
window.microphones = [];
const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wanted) => {
  const stream = await ask(wanted);
  window.microphones.push(...stream.getAudioTracks());
  return stream;
};
"""
UNPLUG = """() => {
  const track = microphones.findLast(({ readyState }) => readyState === 'live');
  track.stop();
  track.dispatchEvent(new Event('ended'));
}"""
RATE_HZ = 48_000
VOICE_HZ = 300
SYLLABLE = RATE_HZ // 4


def speech() -> Iterator[int]:
    """Two seconds in which a tone swells and falls like syllables."""
    for n in range(RATE_HZ * 2):
        yield int(14_000 * math.sin(2 * math.pi * VOICE_HZ * n / RATE_HZ) * (n // SYLLABLE % 2))


def rain() -> Iterator[int]:
    """Ten seconds of white noise, of which no two are alike."""
    drops = random.Random(7)
    for _ in range(RATE_HZ * 10):
        yield int(drops.gauss(0, 3000))


def write_sound(path: Path, samples: Iterable[int]) -> Path:
    """One channel at the usual rate."""
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE_HZ)
        sound.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return path


@asynccontextmanager
async def browser_that_hears(
    playwright: Playwright, folder: Path, samples: Iterable[int]
) -> AsyncIterator[Browser]:
    """Start a browser with a sound of its own at its microphone."""
    sound = write_sound(folder / "sound.wav", samples)
    flag = f"--use-file-for-fake-audio-capture={sound}"
    started = await browsers.launch(playwright, folder, LOOKS[0], flag)
    yield started
    await started.close()


@pytest.fixture(scope="module")
async def talker(
    playwright: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Browser]:
    """A browser into whose microphone somebody talks."""
    folder = tmp_path_factory.mktemp("talker")
    async with browser_that_hears(playwright, folder, speech()) as started:
        yield started


@pytest.fixture
async def in_the_rain(playwright: Playwright, tmp_path: Path) -> AsyncIterator[Person]:
    """Somebody at an open window."""
    async with browser_that_hears(playwright, tmp_path, rain()) as started:
        yield await app.open_app(started)


class Words(NamedTuple):
    """What stands on the screen."""

    language: str
    start: str
    name: str
    join: str
    turn_off: str
    turn_on: str
    hint: str


ENGLISH = Words(
    "en-GB",
    "Start a meeting",
    "Your name",
    "Join",
    "Turn off microphone",
    "Turn on",
    "You are talking, microphone is off",
)
INDONESIAN = Words(
    "id-ID",
    "Mulai rapat",
    "Nama Anda",
    "Gabung",
    "Matikan mikrofon",
    "Nyalakan",
    "Anda bicara, mikrofon mati",
)


class TestTalkingWhileMuted:
    @pytest.mark.parametrize("words", [ENGLISH, INDONESIAN], ids=["en", "id"])
    async def test_is_told_and_turned_on(
        self, talker: Browser, server: Server, words: Words
    ) -> None:
        person = await app.open_app(talker, language=words.language)
        await person.page.goto(server.http)
        await person.press(words.start)
        await person.page.get_by_label(words.name).fill("Sari")
        await person.press(words.join)
        await person.press(words.turn_off)
        await expect(person.page.get_by_text(words.hint)).to_be_visible()
        await look(person, f"talking-muted-{words.language[:2]}", BRIEF)
        await person.press(words.turn_on)
        muted = person.page.get_by_role("button", name=words.turn_off, exact=True)
        await expect(muted).to_be_visible()
        await person.leave()


class TestHoldToTalk:
    async def test_is_heard_while_held(self, server: Server, arrive: Arrive) -> None:
        _, [adi, budi] = await meet(server, arrive, 2)
        await adi.press("Turn off microphone")
        await until(partial(budi.hears, set()), "nobody is heard")
        await adi.page.evaluate("document.activeElement.blur()")
        await adi.page.keyboard.down("Space")
        await until(partial(budi.hears, {LOOKS[0].tone_hz}), "who holds the key is heard")
        await adi.page.keyboard.up("Space")
        await until(partial(budi.hears, set()), "who let go is not")

    async def test_a_focused_button_keeps_its_key(self, server: Server, arrive: Arrive) -> None:
        _, [adi] = await meet(server, arrive, 1)
        await adi.press("Turn off microphone")
        await adi.page.get_by_role("button", name="More").focus()
        await adi.page.keyboard.press("Space")
        await expect(adi.page.get_by_role("menu", name="More")).to_be_visible()
        await expect(adi.page.get_by_role("button", name="Turn on microphone")).to_be_visible()


class TestUnplugged:
    async def test_another_device_takes_its_place_and_is_named(
        self, server: Server, arrive: Arrive
    ) -> None:
        link, [adi] = await meet(server, arrive, 1)
        budi = await arrive(1)
        await budi.page.add_init_script(KEEP_MICROPHONES)
        await budi.enter(link, "Budi")
        await until(partial(adi.hears, {LOOKS[1].tone_hz}), "the microphone is heard")
        await budi.page.evaluate(UNPLUG)
        await expect(budi.page.get_by_text("Switched to Fake")).to_be_visible(timeout=30_000)
        await until(partial(adi.hears, {LOOKS[1].tone_hz}), "the other one is heard")


class TestSoundMenu:
    async def test_noise_is_taken_away_and_comes_back(
        self, server: Server, arrive: Arrive, in_the_rain: Person
    ) -> None:
        link, [budi] = await meet(server, arrive, 1)
        await in_the_rain.enter(link, "Tirta")
        await until(lambda: is_loud(budi), "the rain is heard")
        await in_the_rain.press("Sound devices")
        menu = in_the_rain.page.get_by_role("menu", name="Sound devices")
        switch = menu.get_by_role("menuitemcheckbox", name="Reduce noise")
        await switch.click()
        await expect(switch).to_have_attribute("aria-checked", "true")
        await until(lambda: stays_quiet(budi), "the rain is gone", seconds=60)
        await switch.click()
        await until(lambda: is_loud(budi), "the rain is back")
        assert in_the_rain.complaints == []

    async def test_devices_are_listed_and_the_chosen_one_is_kept(
        self, server: Server, arrive: Arrive
    ) -> None:
        _, [adi] = await meet(server, arrive, 1)
        await adi.press("Sound devices")
        await look(adi, "menu-sound-all", LAPTOP)
        menu = adi.page.get_by_role("menu", name="Sound devices")
        await menu.get_by_role("menuitemradio").nth(1).click()
        kept = "JSON.parse(localStorage['jumpa.devices'])"
        await until(partial(has_device, adi, kept), "the chosen device is kept")
        assert adi.complaints == []


async def is_loud(person: Person) -> bool:
    """Whether something is heard."""
    return bool(await person.page.evaluate("loudest() > -62 && loudest() < 0"))


async def stays_quiet(person: Person) -> bool:
    """Whether nearly nothing is heard for so long that it is no gap while a filter is put in."""
    for _ in range(25):
        if not await person.page.evaluate("loudest() < -70"):
            return False
        await person.page.wait_for_timeout(200)
    return True


async def has_device(person: Person, kept: str) -> bool:
    return bool(await person.page.evaluate(f"{kept}.microphoneId !== undefined"))
