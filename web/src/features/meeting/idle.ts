/** Alone and away: after a while the meeting asks whether one is still there, counts, and lets go. */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Timers } from "@/lib/timers";

const QUIET_MS = 10 * 60_000;
const COUNTED_S = 60;

/** Watches one who is alone. */
export class Idle {
  private readonly timers: Timers;
  private readonly onOver: () => void;
  private readonly left = signal<number | undefined>(undefined);
  private stirredAtMs = 0;
  private cancel = (): void => undefined;

  constructor(timers: Timers, onOver: () => void) {
    this.timers = timers;
    this.onOver = onOver;
  }

  /** Seconds until it leaves; absent while nothing is asked. */
  get secondsLeft(): ReadonlySignal<number | undefined> {
    return this.left;
  }

  /** Begins to watch, or stops: somebody came. */
  watch(isAlone: boolean): void {
    this.cancel();
    this.cancel = () => undefined;
    this.left.value = undefined;
    if (isAlone) {
      this.stirredAtMs = this.timers.now();
      this.look();
    }
  }

  /** A key, a press, a move: one is there. */
  stir(): void {
    this.stirredAtMs = this.timers.now();
    if (this.left.peek() !== undefined) {
      this.watch(true);
    }
  }

  private look(): void {
    const waitMs = this.stirredAtMs + QUIET_MS - this.timers.now();
    if (waitMs > 0) {
      this.cancel = this.timers.after(waitMs, () => this.look());
    } else {
      this.count(COUNTED_S);
    }
  }

  private count(seconds: number): void {
    this.left.value = seconds;
    if (seconds === 0) {
      this.watch(false);
      this.onOver();
      return;
    }
    this.cancel = this.timers.after(1000, () => this.count(seconds - 1));
  }
}

const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel"] as const;

/** Takes signs of life from the page until the returned function is called. */
export function followStirring(idle: Idle, page: EventTarget): () => void {
  const stop = new AbortController();
  for (const sign of SIGNS) {
    const options = { signal: stop.signal, passive: true, capture: true };
    page.addEventListener(sign, () => idle.stir(), options);
  }
  return () => stop.abort();
}

const SPOKEN_AT_S: readonly number[] = [60, 30, 10];

/** Says aloud how long there is left, at marks. */
export function announceIdle(idle: Idle, say: (seconds: number) => void): () => void {
  return effect(() => {
    const seconds = idle.secondsLeft.value;
    if (seconds !== undefined && SPOKEN_AT_S.includes(seconds)) {
      say(seconds);
    }
  });
}
