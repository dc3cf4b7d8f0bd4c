/** What this browser keeps; a browser that refuses to store anything still works for this visit. */

/** Read one text, or undefined. */
export function readKept(storage: () => Storage, key: string): string | undefined {
  try {
    return storage().getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keep one text, or forget it. */
export function keep(storage: () => Storage, key: string, value: string | undefined): void {
  try {
    if (value === undefined) {
      storage().removeItem(key);
    } else {
      storage().setItem(key, value);
    }
  } catch {
    // Private windows and full storages refuse; the value then lives as long as the page.
  }
}

export const forBrowser = (): Storage => localStorage;
export const forTab = (): Storage => sessionStorage;
