/** The service worker of this browser; none while developing, and none where the browser refuses. */

import { BUILDS } from "@/lib/builds";
import type { Timers } from "@/lib/timers";

const READY_MS = 10_000;

/** Register it; again is the same. */
export async function registerWorker(): Promise<ServiceWorkerRegistration | undefined> {
  try {
    return import.meta.env.PROD ? await navigator.serviceWorker?.register("/sw.js") : undefined;
  } catch {
    return undefined;
  }
}

/** The registration once its worker works; undefined when it does not begin. */
export async function readyWorker(timers: Timers): Promise<ServiceWorkerRegistration | undefined> {
  const registration = await registerWorker();
  if (registration === undefined || registration.active !== null) {
    return registration;
  }
  return new Promise((resolve) => {
    const cancel = timers.after(READY_MS, () => resolve(undefined));
    void navigator.serviceWorker.ready.then((ready) => {
      cancel();
      resolve(ready);
    });
  });
}

/** Whether everything that the newest kept page loads is on this page. */
export async function isOfNewestBuild(): Promise<boolean> {
  const newest = (await caches.keys()).filter((name) => name.startsWith(BUILDS)).at(-1);
  const page = newest === undefined ? undefined : await (await caches.open(newest)).match("/");
  const files = (await page?.text())?.match(/\/assets\/[^"]+/gu) ?? [];
  const isHere = (file: string) =>
    document.head.querySelector(`[src="${file}"], [href="${file}"]`) !== null;
  return files.length > 0 && files.every(isHere);
}
