"""Counts what somebody does with mouse and keyboard, and what it would take a practised person.

The keystroke-level model (Card, Moran and Newell 1980) in seconds, with its times for an average
typist: nothing depends on how fast the machine is.
"""

from dataclasses import dataclass

from harness.app import Person

KEY_S = 0.28
POINT_S = 1.1
PRESS_S = 0.2
REACH_S = 0.4
THINK_S = 1.35
# Only what a person could have done: events that a script makes are not trusted.
COUNT = """
  const key = 'hands';
  const note = (letter) => (event) => {
    if (event.isTrusted) sessionStorage.setItem(key, (sessionStorage.getItem(key) ?? '') + letter);
  };
  addEventListener('pointerdown', note('c'), true);
  addEventListener('keydown', note('k'), true);
"""
READ = "sessionStorage.getItem('hands') ?? ''"


@dataclass(frozen=True)
class Work:
    """Clicks and keys in their order, as `c` and `k`."""

    done: str

    @property
    def clicks(self) -> int:
        return self.done.count("c")

    @property
    def keys(self) -> int:
        return self.done.count("k")

    @property
    def seconds(self) -> float:
        """Every press is thought about, and each stretch of typing."""
        stretches = sum(
            1 for before, now in zip(" " + self.done, self.done, strict=False) if before != now
        )
        typed = sum(1 for part in self.done.split("c") if part)
        return (
            self.clicks * (THINK_S + POINT_S + PRESS_S)
            + self.keys * KEY_S
            + typed * THINK_S
            + stretches * REACH_S
        )


async def watch(person: Person) -> None:
    """Count from the next page on."""
    await person.page.add_init_script(COUNT)


async def work_of(person: Person) -> Work:
    """What was done so far in this tab."""
    return Work(str(await person.page.evaluate(READ)))
