/** Waiting for what may never come. */

import type { Timers } from "@/lib/timers";

class TooLateError extends Error {}

/** Resolves after the delay. */
export function pause(timers: Timers, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    timers.after(delayMs, resolve);
  });
}

/** Rejects when the limit passes before the promise is kept. */
export function within<T>(timers: Timers, limitMs: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = timers.after(limitMs, () => reject(new TooLateError()));
    promise.then(resolve, reject).finally(cancel);
  });
}
