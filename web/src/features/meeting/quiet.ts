/** On a phone the controls go away after a while without a touch, where one picture matters. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Timers } from "@/lib/timers";

const QUIET_AFTER_MS = 4000;

/** True once nobody touched anything for four seconds. */
export class Quiet {
  private readonly timers: Timers;
  private readonly current = signal(false);
  private cancel: () => void = () => undefined;

  constructor(timers: Timers) {
    this.timers = timers;
  }

  get isQuiet(): ReadonlySignal<boolean> {
    return this.current;
  }

  /** Starts the time anew. */
  touch(): void {
    this.cancel();
    this.current.value = false;
    this.cancel = this.timers.after(QUIET_AFTER_MS, () => {
      this.current.value = true;
    });
  }

  stop(): void {
    this.cancel();
    this.current.value = false;
  }
}
