/** The way to another service and back: who left is expected, and a failure stands in the address. */

import { forTab, keep, readKept } from "@/lib/storage";

const KEY = "jumpa.departed";

const CODE = /^((oidc|calendar)_[a-z_]{1,40}|account_closed|user_not_found)$/;

/** Take the code out of the address, so that reloading does not say it again. */
export function takeFailure(): string | undefined {
  const code = new URLSearchParams(location.search).get("failure");
  if (code === null) {
    return undefined;
  }
  history.replaceState(history.state, "", location.pathname);
  return CODE.test(code) ? code : undefined;
}

/** Remember that this tab went to the provider. */
export function noteDeparture(): void {
  keep(forTab, KEY, "yes");
}

/** Whether this tab comes back from the provider; asked once. */
export function takeDeparture(): boolean {
  const hasLeft = readKept(forTab, KEY) === "yes";
  keep(forTab, KEY, undefined);
  return hasLeft;
}
