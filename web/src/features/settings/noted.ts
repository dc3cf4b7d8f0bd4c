/** Choices that hold in this browser at once, and are noted with the account. */

import { useEffect, useMemo, useRef } from "preact/hooks";
import { createAsking } from "@/api/asking";

/** Notes each new choice, the last one in any case; answers what went wrong. */
export function useNoted<T>(chosen: T, note: (chosen: T) => Promise<unknown>): string | undefined {
  const asking = useMemo(createAsking, []);
  const noted = useRef(chosen);
  const isBusy = asking.isBusy.value;
  useEffect(() => {
    // While one is being noted another waits; then this runs again.
    if (noted.current !== chosen && !isBusy) {
      noted.current = chosen;
      void asking.run(() => note(chosen));
    }
  }, [chosen, isBusy]);
  return asking.error.value;
}
