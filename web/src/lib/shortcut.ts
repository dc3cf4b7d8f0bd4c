/** How a keyboard shortcut is written: Apple keyboards have a command key where others have Ctrl. */

import { readPlatform } from "@/lib/platform";

function isApple(): boolean {
  const { system } = readPlatform(navigator.userAgent, navigator.maxTouchPoints);
  return system === "macOS" || system === "iOS";
}

/** The shortcut as tooltips and lists show it: "Ctrl+D", and "⌘D" on Apple platforms. */
export function writtenShortcut(key: string): string {
  return isApple() ? `⌘${key}` : `Ctrl+${key}`;
}

/** The shortcut as assistive technology reads it; both keys act everywhere (WAI-ARIA aria-keyshortcuts). */
export function spokenShortcut(key: string): string {
  return `Control+${key} Meta+${key}`;
}
