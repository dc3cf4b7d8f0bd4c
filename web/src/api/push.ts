/** Push messages to this browser: asked for by a click, renewed while somebody is signed in, gone when they sign out. */

import { type ReadonlySignal, signal } from "@preact/signals";
import { ApiError, unlessGone } from "@/api/client";
import type { PushBrowser, PushBrowsers } from "@/api/notifications";
import { forBrowser, keep, readKept } from "@/lib/storage";

/** What push messages are here: not possible, possible once the app is installed, forbidden, off or on. */
export type PushStanding = "unknown" | "impossible" | "to-install" | "denied" | "off" | "on";

/** What of a browser's subscription is used. */
export type Subscription = Pick<PushSubscription, "options" | "toJSON" | "unsubscribe">;

export interface PushPorts {
  /** The browser's side; undefined where there is none. */
  manager: () => Promise<
    | {
        getSubscription: () => Promise<Subscription | null>;
        subscribe: (options: PushSubscriptionOptionsInit) => Promise<Subscription>;
      }
    | undefined
  >;
  permission: () => NotificationPermission;
  askPermission: () => Promise<NotificationPermission>;
  /** Whether the browser could, if the app were installed. */
  isToInstall: () => boolean;
  list: () => Promise<PushBrowsers>;
  add: (subscription: PushSubscriptionJSON) => Promise<PushBrowser>;
  remove: (id: string) => Promise<void>;
}

export interface Push {
  standing: ReadonlySignal<PushStanding>;
  /** Name that the server gave to this browser's subscription. */
  ownId: () => string | undefined;
  /** Find out how things stand, and bring back what the browser or the server has lost. */
  renew: () => Promise<void>;
  turnOn: () => Promise<void>;
  turnOff: () => Promise<void>;
  /** Nobody is signed in any more: nothing arrives here, whatever the server still knows. */
  drop: () => Promise<void>;
}

const KEY = "jumpa.push";

/** State of this browser. */
export function createPush(ports: PushPorts): Push {
  const standing = signal<PushStanding>("unknown");
  const ownId = () => readKept(forBrowser, KEY);
  const note = (id: string | undefined) => keep(forBrowser, KEY, id);

  async function subscribe(publicKey: string): Promise<void> {
    const manager = await ports.manager();
    if (manager === undefined) {
      throw new ApiError("push_impossible", 0, "");
    }
    let known = await manager.getSubscription();
    if (known !== null && !isFor(known, publicKey)) {
      await known.unsubscribe();
      known = null;
    }
    const wanted = { userVisibleOnly: true, applicationServerKey: publicKey };
    const subscription = known ?? (await manager.subscribe(wanted).catch(unreachable));
    note((await ports.add(subscription.toJSON())).id);
    standing.value = "on";
  }

  async function unsubscribe(): Promise<void> {
    note(undefined);
    const subscription = await (await ports.manager())?.getSubscription();
    await subscription?.unsubscribe();
  }

  /** What the browser says, before the server is asked. */
  async function found(): Promise<PushStanding> {
    if ((await ports.manager()) === undefined) {
      return ports.isToInstall() ? "to-install" : "impossible";
    }
    return ports.permission() === "denied" ? "denied" : "off";
  }

  async function renew(): Promise<void> {
    const now = await found();
    const id = ownId();
    if (now !== "off" || id === undefined || ports.permission() !== "granted") {
      standing.value = now;
      return;
    }
    const { public_key: publicKey, items } = await ports.list();
    const subscription = await (await ports.manager())?.getSubscription();
    const isWhole = subscription && isFor(subscription, publicKey);
    if (isWhole && items.some((one) => one.id === id)) {
      standing.value = "on";
    } else {
      await subscribe(publicKey);
    }
  }

  async function turnOn(): Promise<void> {
    const answer = await ports.askPermission();
    if (answer !== "granted") {
      standing.value = await found();
      throw new ApiError(answer === "denied" ? "push_denied" : "push_not_allowed", 0, "");
    }
    await subscribe((await ports.list()).public_key);
  }

  async function turnOff(): Promise<void> {
    const id = ownId();
    if (id === undefined) {
      return;
    }
    await ports.remove(id).catch(unlessGone);
    await unsubscribe();
    standing.value = await found();
  }

  async function drop(): Promise<void> {
    if (ownId() !== undefined) {
      await unsubscribe();
    }
    standing.value = "unknown";
  }

  return { standing, ownId, renew, turnOn, turnOff, drop };
}

function isFor(subscription: Subscription, publicKey: string): boolean {
  const { applicationServerKey: key } = subscription.options;
  const text = key === null ? "" : btoa(String.fromCharCode(...new Uint8Array(key)));
  return text.replace(/\+/gu, "-").replace(/\//gu, "_").replace(/=+$/u, "") === publicKey;
}

/** The browser asks the service of its maker, which may not be there. */
function unreachable(error: unknown): never {
  throw new ApiError("push_service_unreachable", 0, String(error));
}
