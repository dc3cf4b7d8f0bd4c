/** The own microphone's level as a signal that changes only when the picture of it would. */
import { type Signal, signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { watchLevel } from "@/media/level";
import type { Session } from "@/media/session";

const STEPS = 12;

/** Follows the microphone while it is on; 0 while it is off. */
export function useLevel(session: Session): Signal<number> {
  const level = useMemo(() => signal(0), []);
  const { isOn } = session.own.microphone.state.value;
  const device = session.devices.active.value.audioinput;
  useEffect(() => {
    const track = isOn ? session.own.microphoneTrack() : undefined;
    level.value = 0;
    if (track === undefined) {
      return undefined;
    }
    return watchLevel(track, (loudness) => {
      level.value = Math.round(loudness * STEPS) / STEPS;
    });
  }, [session, isOn, device, level]);
  return level;
}
