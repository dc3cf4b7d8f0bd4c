"""One Chromium for each person: fake devices belong to a whole browser."""

import os
import shutil
from pathlib import Path

from playwright.async_api import Browser, Playwright

from harness.media import SMALL, Look, write_picture, write_tone

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--auto-select-desktop-capture-source=Entire screen",
    "--auto-accept-this-tab-capture",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-features=WebRtcHideLocalIpsWithMdns,Translate,LocalNetworkAccessChecks",
    "--force-color-profile=srgb",
)


def find(browser: str, names: tuple[str, ...]) -> str:
    """Path of a browser: the one that its variable of the environment names, else the system's."""
    named = os.environ.get(browser.upper(), "")
    found = next((path for name in (named, *names) if (path := shutil.which(name))), None)
    if found is None:
        raise RuntimeError(f"No {browser.title()} found: run tools/install-browser {browser}")
    return found


def executable() -> str:
    """Path of Chromium."""
    return find("chromium", NAMES)


async def launch(
    playwright: Playwright,
    folder: Path,
    look: Look,
    *extra: str,
    shape: tuple[int, int, int] = SMALL,
) -> Browser:
    """Start a Chromium whose camera and microphone are this look."""
    tone = write_tone(folder / f"tone-{look.tone_hz}.wav", look.tone_hz)
    picture = write_picture(folder / f"picture-{look.tone_hz}.y4m", look, shape)
    return await playwright.chromium.launch(
        executable_path=executable(),
        headless=True,
        args=[
            *FLAGS,
            f"--use-file-for-fake-audio-capture={tone}",
            f"--use-file-for-fake-video-capture={picture}",
            *extra,
        ],
    )
