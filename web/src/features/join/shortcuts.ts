/** The same keys as in the meeting: Ctrl or Cmd with D for the microphone, with E for the camera. */

import { useEffect } from "preact/hooks";
import type { CaptureKind } from "@/features/join/capture";
import type { Preview } from "@/features/join/preview";

const KEYS: Record<string, CaptureKind> = { d: "microphone", e: "camera" };

/** Listen while the page stands. */
export function useDeviceKeys(preview: Preview): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const kind = KEYS[event.key.toLowerCase()];
      if (
        kind !== undefined &&
        (event.ctrlKey || event.metaKey) &&
        !event.altKey &&
        !event.shiftKey
      ) {
        event.preventDefault();
        if (!event.repeat) {
          void preview.toggle(kind);
        }
      }
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, [preview]);
}
