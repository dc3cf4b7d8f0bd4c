/** The service worker of this browser; none while developing, and none where the browser refuses. */

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
