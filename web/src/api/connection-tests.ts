/** A room of one's own on the server, to try the connection in. */

import { askAsAnybody } from "@/api/account-session";
import type { components } from "@/api/schema.gen";

/** Where to try it, with what, and for how long. */
export type BegunTest = components["schemas"]["ConnectionTestBegun"];

/** Ask for one; a few a minute. */
export function beginConnectionTest(): Promise<BegunTest> {
  return askAsAnybody({ method: "POST", path: "/api/v1/connection-tests" });
}
