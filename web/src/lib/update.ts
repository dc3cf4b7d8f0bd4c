/** The service worker of this browser: registered here, and asked again and again whether there is a newer one. */

import { type ReadonlySignal, signal } from "@preact/signals";
import { TAKE_OVER } from "@/lib/take-over";
import type { Timers } from "@/lib/timers";

/** What of a registration is used. */
export type Registration = Pick<
  ServiceWorkerRegistration,
  "waiting" | "installing" | "update" | "addEventListener"
>;

export interface UpdatePorts {
  /** Undefined where the browser has no service workers, or refuses them. */
  register: () => Promise<Registration | undefined>;
  /** Whether a worker stands behind this page already. */
  isControlled: () => boolean;
  /** Whether the page is of the newest version that is kept here. */
  isNewest: () => Promise<boolean>;
  isAnyMeeting: () => Promise<boolean>;
  reload: () => void;
  timers: Timers;
}

export interface Update {
  /** Whether a newer version than that of this page is here. */
  isHere: ReadonlySignal<boolean>;
  /** Register, and follow. */
  begin: () => Promise<void>;
  /** Look for a newer version, unless that was just done. */
  look: () => Promise<void>;
  /** Go over to the newer version, which loads this page again; answers false while any tab is in a meeting. */
  take: () => Promise<boolean>;
}

const LOOK_AGAIN_MS = 30 * 60_000;

/** State of one page. */
export function createUpdate(ports: UpdatePorts): Update {
  const isHere = signal(false);
  let registration: Registration | undefined;
  let lookedAt = ports.timers.now();

  function follow(worker: ServiceWorker | null): void {
    // The first worker of a browser brings nothing newer than the page.
    if (worker !== null && ports.isControlled()) {
      worker.addEventListener("statechange", () => {
        if (worker.state === "installed") {
          void greet(worker);
        }
      });
    }
  }

  /** After an update the page often comes before its worker, which then brings nothing newer. */
  async function greet(worker: ServiceWorker): Promise<void> {
    if (await ports.isNewest()) {
      await letBegin(worker);
    } else {
      isHere.value = true;
    }
  }

  async function letBegin(worker: ServiceWorker): Promise<void> {
    if (!(await ports.isAnyMeeting())) {
      worker.postMessage(TAKE_OVER);
    }
  }

  async function begin(): Promise<void> {
    registration = await ports.register();
    if (registration === undefined) {
      return;
    }
    // The page came from the server a moment ago: what waits since before is no newer than it.
    if (registration.waiting !== null) {
      await letBegin(registration.waiting);
    }
    follow(registration.installing);
    registration.addEventListener("updatefound", () => follow(registration?.installing ?? null));
  }

  async function look(): Promise<void> {
    const now = ports.timers.now();
    if (registration !== undefined && now - lookedAt >= LOOK_AGAIN_MS) {
      lookedAt = now;
      // A server that does not answer has nothing new.
      await registration.update().catch(() => undefined);
    }
  }

  async function take(): Promise<boolean> {
    if (await ports.isAnyMeeting()) {
      return false;
    }
    registration?.waiting?.postMessage(TAKE_OVER);
    ports.reload();
    return true;
  }

  return { isHere, begin, look, take };
}
