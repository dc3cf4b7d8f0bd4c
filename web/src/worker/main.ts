/** The service worker: keeps the app for when there is no network, and shows what is pushed. */

import { TAKE_OVER } from "@/lib/take-over";
import {
  answerFile,
  answerOnce,
  answerPage,
  type Build,
  forgetBuilds,
  keepBuild,
  kindOf,
} from "@/worker/builds";
import { isShownByPage, openPath, readPushed, shownOf } from "@/worker/messages";

declare const self: ServiceWorkerGlobalScope;
/** Written here when the app is built. */
declare const BUILD: Build;

const build = BUILD;
const ports = { caches, fetch: fetch.bind(self) };
const { origin } = self.location;

self.addEventListener("install", (event) => event.waitUntil(keepBuild(build, ports)));

self.addEventListener("activate", (event) => {
  event.waitUntil(
    Promise.all([
      forgetBuilds(build, ports),
      // The page is asked for while the worker starts.
      self.registration.navigationPreload?.enable(),
    ]),
  );
});

self.addEventListener("message", (event) => {
  if (event.data === TAKE_OVER) {
    event.waitUntil(self.skipWaiting());
  }
});

self.addEventListener("fetch", (event) => {
  const kind = kindOf(event.request, origin);
  if (kind === "page") {
    event.respondWith(answerPage(build, event.request, event.preloadResponse, ports));
  } else if (kind === "file") {
    event.respondWith(answerFile(build, event.request, ports));
  } else if (kind === "elsewhere") {
    // Left alone, the browser asks again; what a sign-in provider sends people back with works once.
    event.respondWith(answerOnce(event.request, event.preloadResponse, ports));
  }
});

const windows = () => self.clients.matchAll({ type: "window" });

self.addEventListener("push", (event) => {
  const show = async () => {
    const pushed = readPushed(event.data?.text());
    if (!(await isShownByPage(pushed, await windows()))) {
      const { title, options } = shownOf(pushed, navigator.languages);
      await self.registration.showNotification(title, options);
    }
  };
  event.waitUntil(show());
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const open = async () => {
    const path = String(event.notification.data?.path ?? "/");
    await openPath(path, origin, await windows(), (url) => self.clients.openWindow(url));
  };
  event.waitUntil(open());
});
