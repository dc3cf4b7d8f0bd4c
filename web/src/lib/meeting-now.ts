/** Whether this tab, or another one of this browser, is in a meeting: nothing may disturb it. */

import { type ReadonlySignal, signal } from "@preact/signals";

const LOCK = "jumpa.meeting";

const code = signal<string | undefined>();

/** Code of the meeting that this tab is in. */
export const meetingNow: ReadonlySignal<string | undefined> = code;

/** This tab is in a meeting until the returned function is called, or the tab is gone. */
export function enterMeeting(entered: string): () => void {
  code.value = entered;
  let release: () => void = () => undefined;
  const isOver = new Promise<void>((resolve) => {
    release = resolve;
  });
  // The browser gives the lock back even when the tab crashes.
  navigator.locks?.request(LOCK, { mode: "shared" }, () => isOver).catch(() => undefined);
  return () => {
    code.value = undefined;
    release();
  };
}

/** Whether any tab of this browser is in a meeting. */
export async function isAnyMeeting(): Promise<boolean> {
  if (code.peek() !== undefined) {
    return true;
  }
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return held.some(({ name }) => name === LOCK);
}
