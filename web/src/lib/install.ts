/** Installing the app: the browser says when it may be offered, and only once; what it said is kept until then. */

import { type ReadonlySignal, signal } from "@preact/signals";

/** What Chromium sends; no standard names it yet. */
interface InstallEvent extends Event {
  prompt: () => Promise<unknown>;
  userChoice: Promise<{ outcome: "accepted" | "dismissed" }>;
}

const offer = signal<InstallEvent | undefined>();
const installed = signal(matchMedia("(display-mode: standalone)").matches);

/** Whether the browser would install it now. */
export const canInstall: ReadonlySignal<unknown> = offer;
/** Whether this is the installed app. */
export const isInstalled: ReadonlySignal<boolean> = installed;

addEventListener("beforeinstallprompt", (event) => {
  // Some browsers would else put a line over the page, in the middle of a meeting.
  event.preventDefault();
  offer.value = event as InstallEvent;
});
addEventListener("appinstalled", () => {
  offer.value = undefined;
  installed.value = true;
});

/** Ask the browser, which asks the person. */
export async function install(): Promise<void> {
  const asked = offer.value;
  offer.value = undefined;
  await asked?.prompt();
  await asked?.userChoice;
}
