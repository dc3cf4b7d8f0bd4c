/** Secrets of the rooms that were started in this browser: whoever holds one is their host. */

import { forBrowser, keep, readKept } from "@/lib/storage";

const keyOf = (code: string) => `jumpa.host.${code}`;

/** The secret of a room, if this browser started it. */
export function hostSecretOf(code: string): string | undefined {
  return readKept(forBrowser, keyOf(code));
}

/** Keep the secret of a room that was just made. */
export function keepHostSecret(code: string, secret: string): void {
  keep(forBrowser, keyOf(code), secret);
}

/** Forget the secret of a room that is over. */
export function forgetHostSecret(code: string): void {
  keep(forBrowser, keyOf(code), undefined);
}
