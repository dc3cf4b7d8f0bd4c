/** What stands beside every page, loaded once the page itself is there. */

import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";

function whenLoaded(): Promise<void> {
  return new Promise((resolve) => {
    if (document.readyState === "complete") {
      resolve();
    } else {
      addEventListener("load", () => resolve(), { once: true });
    }
  });
}

/** Nothing until it is loaded, and nothing when it cannot be. */
export function LazyBeside() {
  const [Beside, setBeside] = useState<FunctionComponent>();
  useEffect(() => {
    whenLoaded()
      .then(() => import("@/app/Beside"))
      .then(
        (loaded) => setBeside(() => loaded.default),
        () => undefined,
      );
  }, []);
  return Beside === undefined ? null : <Beside />;
}
