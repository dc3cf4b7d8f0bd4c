"""Writes one page with every screen: sizes, languages, light and dark, a drawing beside it.

`python gallery.py [FOLDER]`: the folder holds drawings of how screens are meant to look, by name.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path

from harness.screens import SCREENS
from harness.servers import OUT, ROOT

# Every file of tests that looks at a screen.
TESTS = sorted(
    path for path in ROOT.glob("e2e/test_*.py") if re.search(r"\blook\(", path.read_text())
)
PAGE = OUT / "gallery" / "index.html"
# The drawing of a screen, where it goes by another name.
DRAWN = {
    "meeting": "meeting-6",
    "crowd": "meeting-12",
    "menu-more": "meeting-menu-more",
    "menu-sound": "meeting-menu-mic",
    "menu-sound-all": "meeting-menu-mic",
    "people": "meeting-people",
    "people-dark": "meeting-people-dark",
    "reconnecting": "meeting-reconnecting",
    "share": "meeting-share",
    "share-own": "meeting-share-own",
    "meeting-pair": "phone-1on1",
    "chat": "phone-chat",
    "prejoin-denied": "prejoin-permission",
    "home": "dashboard",
    "home-empty": "dashboard-empty",
    "sign-in": "signin",
    "room-people": "meeting-people",
    "room-people-dark": "meeting-people-dark",
    "left": "after-left",
    "removed": "after-removed",
    "ended": "after-ended",
}
# The drawing of a screen on a phone, where a phone has one of its own.
PHONE = {
    "meeting": "phone-4",
    "meeting-pair": "phone-1on1",
    "menu-more": "phone-more",
    "room-chat": "phone-chat",
    "prejoin": "prejoin-en",
}
STYLE = """
body { margin: 24px; font-family: system-ui; background: #f4f6f5; }
section { margin-bottom: 40px; }
div { display: flex; flex-wrap: wrap; align-items: start; gap: 12px; margin-bottom: 12px; }
figure { margin: 0; }
figure.drawn { outline: 4px solid #17803d; }
img { display: block; height: 420px; border: 1px solid #ccc; }
figcaption { font-size: 13px; }
"""


def main() -> int:
    """Take the pictures and write the page; the status of the tests that took them."""
    environment = {**os.environ, "E2E_GALLERY": "1"}
    # Every screen is taken five times over.
    command = [sys.executable, "-m", "pytest", "-q", "-o", "timeout=900", *map(str, TESTS)]
    status = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    drawings = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    PAGE.write_text(page(sorted(SCREENS.glob("*.png")), drawings))
    sys.stdout.write(f"{PAGE}\n")
    return status


def page(pictures: list[Path], drawings: Path | None) -> str:
    """The whole page: a section a screen, a row a size."""
    sections = "".join(
        f"<section><h2>{escape(name)}</h2>{''.join(rows(name, list(taken), drawings))}</section>"
        for name, taken in groupby(pictures, key=screen_of)
    )
    head = f'<meta charset="utf-8"><title>Every screen</title><style>{STYLE}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{sections}</body></html>'


def rows(name: str, taken: list[Path], drawings: Path | None) -> Iterator[str]:
    """One row a size: the drawing first, then every picture of it."""
    for size, same in groupby(taken, key=size_of):
        figures = [figure(path, path.stem) for path in same]
        drawn = (PHONE if size == "390" else DRAWN).get(name, DRAWN.get(name, name))
        drawing = drawings and drawings / f"{drawn}-{size}.png"
        if drawing and drawing.exists():
            copy = PAGE.parent / drawing.name
            shutil.copyfile(drawing, copy)
            figures.insert(0, figure(copy, "as drawn", "drawn"))
        yield f"<div>{''.join(figures)}</div>"


def figure(path: Path, caption: str, kind: str = "taken") -> str:
    source = os.path.relpath(path, PAGE.parent)
    picture = f'<img loading="lazy" src="{escape(source)}" alt="{escape(caption)}">'
    return f'<figure class="{kind}">{picture}<figcaption>{escape(caption)}</figcaption></figure>'


def screen_of(path: Path) -> str:
    """`people-dark` of `people-dark-1366.id-dark.png`."""
    return path.name.split(".")[0].rpartition("-")[0]


def size_of(path: Path) -> str:
    return path.name.split(".")[0].rpartition("-")[2]


if __name__ == "__main__":
    sys.exit(main())
