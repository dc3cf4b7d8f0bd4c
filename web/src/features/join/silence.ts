/** Notices a microphone that is on and gives nothing at all, which people cannot hear by themselves. */

import { effect, type ReadonlySignal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { browserTimers, type Timers } from "@/lib/timers";

const SILENT_AFTER_MS = 6_000;

/** Report silence when the level stayed at nothing for six seconds, and its end at the first sound. */
export function watchSilence(
  level: ReadonlySignal<number>,
  timers: Timers,
  report: (isSilent: boolean) => void,
): () => void {
  let cancel = (): void => undefined;
  const stop = effect(() => {
    cancel();
    if (level.value > 0) {
      report(false);
    } else {
      cancel = timers.after(SILENT_AFTER_MS, () => report(true));
    }
  });
  return () => {
    stop();
    cancel();
  };
}

/** True while the microphone is on and silent. */
export function useSilence(level: ReadonlySignal<number>, isOn: boolean): boolean {
  const [isSilent, setSilent] = useState(false);
  useEffect(() => {
    setSilent(false);
    return isOn ? watchSilence(level, browserTimers, setSilent) : undefined;
  }, [level, isOn]);
  return isSilent;
}
