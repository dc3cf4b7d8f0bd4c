/** Time as an argument, so that rules about it can be tested without waiting. */

export interface Timers {
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  /** Calls back once after the delay, unless the returned function is called before. */
  after(delayMs: number, callback: () => void): () => void;
}

export const browserTimers: Timers = {
  now: () => performance.now(),
  after(delayMs, callback) {
    const id = setTimeout(callback, delayMs);
    return () => clearTimeout(id);
  },
};
