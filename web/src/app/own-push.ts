/** Push messages to this browser, for whoever is signed in. */

import { addPushBrowser, listPushBrowsers, removePushBrowser } from "@/api/notifications";
import { createPush } from "@/api/push";
import { readPlatform } from "@/lib/platform";
import { browserTimers } from "@/lib/timers";
import { readyWorker } from "@/lib/worker-registration";

/** How things stand here, and ways to change that. */
export const ownPush = createPush({
  manager: async () =>
    "Notification" in window ? (await readyWorker(browserTimers))?.pushManager : undefined,
  permission: () => Notification.permission,
  askPermission: () => Notification.requestPermission(),
  isToInstall: () => {
    const { system } = readPlatform(navigator.userAgent, navigator.maxTouchPoints);
    return system === "iOS" && !matchMedia("(display-mode: standalone)").matches;
  },
  list: listPushBrowsers,
  add: addPushBrowser,
  remove: removePushBrowser,
});
