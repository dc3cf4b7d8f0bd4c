/** Whether somebody signed in with this browser: no secret, so that guests are never asked about a session. */

import { forBrowser, keep, readKept } from "@/lib/storage";

const KEY = "jumpa.signed-in";

/** Whether a session is worth asking for. */
export function hasSignedIn(): boolean {
  return readKept(forBrowser, KEY) === "yes";
}

/** Remember, or forget, that somebody signed in here. */
export function noteSignedIn(isIn: boolean): void {
  keep(forBrowser, KEY, isIn ? "yes" : undefined);
}

/** Call back when another tab of this browser signed out; returns how to stop. */
export function onSignedOutElsewhere(callback: () => void): () => void {
  const hear = (event: StorageEvent) => {
    if ((event.key === KEY || event.key === null) && !hasSignedIn()) {
      callback();
    }
  };
  window.addEventListener("storage", hear);
  return () => window.removeEventListener("storage", hear);
}
