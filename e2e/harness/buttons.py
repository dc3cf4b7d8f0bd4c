"""Presses every button of a screen, and says which of them do nothing."""

import asyncio
from collections.abc import Awaitable, Callable

from playwright.async_api import Page

from harness.app import Person

Opener = Callable[[], Awaitable[None]]
CONTROLS = (
    "button, a[href], summary, select, [role=switch], [role^=menuitem], "
    "input[type=checkbox], input[type=radio]:not(:checked)"
)
# Names of what can be pressed now, in the order of the page; what lies under a dialog cannot.
LIST = f"""() => {{
  const top = [...document.querySelectorAll('dialog[open], [popover]:popover-open')].at(-1);
  return [...(top ?? document).querySelectorAll('{CONTROLS}')].map((control, index) => {{
    const seen = control.checkVisibility({{ visibilityProperty: true, opacityProperty: false }});
    const held = control.disabled || control.ariaDisabled === 'true' ||
      control.getAttribute('aria-current') === 'page' ||
      control.matches('.segments > [aria-pressed=true]');
    const name = (control.ariaLabel ?? control.labels?.[0]?.textContent ?? control.textContent);
    return {{ index, name: name.trim(), isOpen: seen && !held }};
  }}).filter((control) => control.isOpen);
}}"""
# Presses one of them; only what the press itself changes is noted, not clocks, levels and pictures.
PRESS = f"""(wanted) => {{
  const top = [...document.querySelectorAll('dialog[open], [popover]:popover-open')].at(-1);
  const control = [...(top ?? document).querySelectorAll('{CONTROLS}')][wanted];
  const ticking = 'time, .clock, .meter, .bar-level, [role=timer], canvas, .small-clock';
  const note = () => {{ window.pressed = true; }};
  window.pressed = false;
  window.presses?.disconnect();
  window.presses = new MutationObserver((changes) => {{
    for (const {{ target, attributeName }} of changes) {{
      const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
      if (attributeName !== 'style' && element !== null && !element.closest(ticking)) note();
    }}
  }});
  window.presses.observe(document, {{
    subtree: true, childList: true, attributes: true, characterData: true,
  }});
  for (const kind of ['fullscreenchange', 'toggle', 'copy', 'change', 'pagehide']) {{
    addEventListener(kind, note, {{ capture: true, once: true }});
  }}
  if (control.matches('select')) {{
    control.selectedIndex = (control.selectedIndex + 1) % control.options.length;
    control.dispatchEvent(new Event('change', {{ bubbles: true }}));
  }} else control.click();
}}"""
# What leaves no mark in the page: text is copied, sound played, a file asked for.
WATCH = """
  const note = () => { window.pressed = true; };
  for (const [owner, name] of [
    [Clipboard.prototype, 'writeText'], [AudioScheduledSourceNode.prototype, 'start'],
    [HTMLInputElement.prototype, 'click'], [HTMLInputElement.prototype, 'showPicker'],
    [Element.prototype, 'requestFullscreen'], [Document.prototype, 'exitFullscreen'],
    [Element.prototype, 'scrollIntoView'], [HTMLElement.prototype, 'focus'],
  ]) {
    const done = owner[name];
    owner[name] = function (...given) { note(); return done.apply(this, given); };
  }
"""


async def watch(person: Person) -> None:
    """Note what a page does without showing it; before the page is opened."""
    await person.page.add_init_script(WATCH)


async def names_of(page: Page) -> list[dict[str, object]]:
    """Every control that can be pressed, by place and name."""
    found: list[dict[str, object]] = await page.evaluate(LIST)
    return found


async def press_each(
    person: Person, opened: Opener, leave_out: frozenset[str] = frozenset()
) -> list[str]:
    """Open the screen anew for each control and press it; the names of those that do nothing."""
    page = person.page
    await opened()
    controls = [control for control in await names_of(page) if control["name"] not in leave_out]
    assert controls, "the screen has no controls"
    idle = []
    for number, control in enumerate(controls):
        if number > 0:
            await opened()
        asked = len(person.requests)
        address = page.url
        pages = len(page.context.pages)
        await page.evaluate(PRESS, control["index"])

        def has_acted(asked: int = asked, address: str = address, pages: int = pages) -> bool:
            return (
                len(person.requests) > asked
                or page.url != address
                or len(page.context.pages) > pages
            )

        if not await acts(page, has_acted):
            idle.append(str(control["name"]))
        for extra in page.context.pages[pages:]:
            await extra.close()
    return idle


async def acts(page: Page, has_acted: Callable[[], bool], seconds: float = 10) -> bool:
    """Whether something follows."""
    try:
        async with asyncio.timeout(seconds):
            while not has_acted() and not await page.evaluate("window.pressed !== false"):
                await asyncio.sleep(0.05)
    except TimeoutError:
        return False
    return True
