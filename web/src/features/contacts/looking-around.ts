/** Looks where contacts are, again and again while somebody looks at the page. */

import { useEffect } from "preact/hooks";

const LOOK_AGAIN_MS = 30_000;

/** Begins at once; a tab in the background asks nobody. */
export function useLookingAround(look: () => Promise<void>): void {
  useEffect(() => {
    void look();
    const again = setInterval(() => {
      if (document.visibilityState === "visible") {
        void look();
      }
    }, LOOK_AGAIN_MS);
    return () => clearInterval(again);
  }, [look]);
}
