/** A clock for tests: it moves only when told. */
import type { Timers } from "./timers";

export class FakeTimers implements Timers {
  private time = 0;
  private waiting: { due: number; callback: () => void }[] = [];

  now(): number {
    return this.time;
  }

  after(delayMs: number, callback: () => void): () => void {
    const entry = { due: this.time + delayMs, callback };
    this.waiting.push(entry);
    return () => {
      this.waiting = this.waiting.filter((other) => other !== entry);
    };
  }

  /** Moves the clock and calls back in order of time. */
  advance(byMs: number): void {
    const end = this.time + byMs;
    for (;;) {
      const due = this.waiting
        .filter((entry) => entry.due <= end)
        .sort((left, right) => left.due - right.due)[0];
      if (due === undefined) {
        break;
      }
      this.waiting = this.waiting.filter((entry) => entry !== due);
      this.time = due.due;
      due.callback();
    }
    this.time = end;
  }
}
