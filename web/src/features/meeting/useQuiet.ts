/** Follows touches and keys for as long as the controls may go away. */
import { useEffect, useMemo } from "preact/hooks";
import { browserTimers } from "@/lib/timers";
import { Quiet } from "./quiet";

/** Whether the controls are away now; a mouse finds them always. */
export function useQuiet(mayBeQuiet: boolean): boolean {
  const quiet = useMemo(() => new Quiet(browserTimers), []);
  useEffect(() => {
    if (!(mayBeQuiet && matchMedia("(pointer: coarse)").matches)) {
      quiet.stop();
      return undefined;
    }
    const touch = (): void => quiet.touch();
    touch();
    document.addEventListener("pointerdown", touch);
    document.addEventListener("keydown", touch);
    return () => {
      quiet.stop();
      document.removeEventListener("pointerdown", touch);
      document.removeEventListener("keydown", touch);
    };
  }, [quiet, mayBeQuiet]);
  return quiet.isQuiet.value;
}
