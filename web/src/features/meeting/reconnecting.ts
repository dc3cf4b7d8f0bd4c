/** What is shown while the connection is being restored: nothing, dimmed tiles, then a card that counts. */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Timers } from "@/lib/timers";

const DIM_AFTER_S = 1;
const CARD_AFTER_S = 2;

/** Counts whole seconds since the connection was lost; undefined while it is there. */
export function countSeconds(
  isReconnecting: ReadonlySignal<boolean>,
  timers: Timers,
): ReadonlySignal<number | undefined> {
  const seconds = signal<number | undefined>(undefined);
  effect(() => {
    if (!isReconnecting.value) {
      seconds.value = undefined;
      return;
    }
    let stop: () => void = () => undefined;
    const tick = (count: number): void => {
      seconds.value = count;
      stop = timers.after(1000, () => tick(count + 1));
    };
    tick(0);
    return () => stop();
  });
  return seconds;
}

/** How far the screen goes after so many seconds. */
export function reconnectingPhase(seconds: number | undefined): "none" | "dim" | "card" {
  if (seconds === undefined || seconds < DIM_AFTER_S) {
    return "none";
  }
  return seconds < CARD_AFTER_S ? "dim" : "card";
}
