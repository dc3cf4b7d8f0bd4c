/** The level of the microphone in the preview, in steps small enough for a bar and few enough to draw. */

import { type ReadonlySignal, signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { CaptureState } from "@/features/join/preview";
import { watchLevel } from "@/media/level";

const STEPS = 20;

/** Level from 0 to 1 of a microphone that is on; 0 otherwise. */
export function useLevel(microphone: CaptureState): ReadonlySignal<number> {
  const level = useMemo(() => signal(0), []);
  const track = microphone.status === "on" ? microphone.track : undefined;
  useEffect(() => {
    if (track === undefined) {
      level.value = 0;
      return undefined;
    }
    return watchLevel(track, (heard) => {
      level.value = Math.round(heard * STEPS) / STEPS;
    });
  }, [track]);
  return level;
}
