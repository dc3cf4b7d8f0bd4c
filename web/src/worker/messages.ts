/** What pushed messages become: a line in an open page, or a notification of the system. */

import { pickLocale } from "@/i18n/pick";
import { appPath } from "@/lib/app-path";
import type { Pushed } from "@/lib/pushed";

/** What of a page that is open is used. */
export interface PageClient {
  url: string;
  focused?: boolean;
  visibilityState?: DocumentVisibilityState;
  postMessage: (message: unknown, transfer: Transferable[]) => void;
  focus?: () => Promise<unknown>;
}

export interface Shown {
  title: string;
  options: NotificationOptions & { renotify: boolean; data: { path: string } };
}

const ANSWER_MS = 1500;
const NEWS_PAGE = "/notifications";
/** For messages that cannot be read: browsers demand that something is shown. */
const UNREADABLE = { id: "Ada pemberitahuan baru", en: "There is a new notification" };

/** Read what the server sent, if it is what the server sends. */
export function readPushed(text: string | undefined): Pushed | undefined {
  try {
    const said: unknown = JSON.parse(text ?? "");
    const part = (name: string) => {
      const value: unknown = Reflect.get(Object(said), name);
      return typeof value === "string" ? value : "";
    };
    const pushed = {
      type: part("type"),
      title: part("title"),
      body: part("body"),
      link: part("link"),
    };
    return pushed.title === "" ? undefined : pushed;
  } catch {
    return undefined;
  }
}

/** The notification of the system; one that is pushed twice is shown once. */
export function shownOf(pushed: Pushed | undefined, languages: readonly string[]): Shown {
  const icons = { icon: "/icon-192.png", badge: "/badge-96.png" };
  if (pushed === undefined) {
    const options = { ...icons, tag: "unreadable", renotify: false, data: { path: NEWS_PAGE } };
    return { title: UNREADABLE[pickLocale(null, languages)], options };
  }
  const { type, title, body, link } = pushed;
  const options = {
    ...icons,
    body,
    tag: [type, link, title].join(" "),
    renotify: true,
    data: { path: appPath(link) ?? NEWS_PAGE },
  };
  return { title, options };
}

/** Whether a page that somebody looks at shows it itself. */
export async function isShownByPage(
  pushed: Pushed | undefined,
  pages: readonly PageClient[],
): Promise<boolean> {
  const page = pages.find(
    ({ focused, visibilityState }) => focused && visibilityState === "visible",
  );
  if (pushed === undefined || page === undefined) {
    return false;
  }
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    const settle = (isShown: boolean) => {
      port1.close();
      resolve(isShown);
    };
    // A page of an earlier version, or one that hangs, does not answer.
    setTimeout(() => settle(false), ANSWER_MS);
    port1.onmessage = ({ data }) => settle(data === "shown");
    page.postMessage({ type: "pushed", pushed }, [port2]);
  });
}

/** Go to the page that already shows it, or open another one: what people do in theirs is not disturbed. */
export async function openPath(
  path: string,
  origin: string,
  pages: readonly PageClient[],
  open: (url: string) => Promise<unknown>,
): Promise<void> {
  const url = new URL(path, origin);
  const there = pages.find((page) => {
    const shown = new URL(page.url);
    return shown.origin === origin && shown.pathname === url.pathname;
  });
  await (there?.focus === undefined ? open(url.href) : there.focus());
}
