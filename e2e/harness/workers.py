"""Service workers as a browser runs them, and the push messages that it gets for them."""

import asyncio
import json
from typing import Any

from playwright.async_api import Page

CACHED = """async () => {
  const names = await caches.keys();
  const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return kept.flat().map(({ url }) => new URL(url).pathname);
}"""
SHOWN = """async () => {
  const shown = await (await navigator.serviceWorker.ready).getNotifications();
  return shown.map(({ title, body, data }) => [title, body, data.path]);
}"""
# A browser's side of push, whose maker's service is somewhere else: a real one is out of reach.
MANAGED = """(endpoint) => {
  const encoded = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  let current = null;
  PushManager.prototype.getSubscription = async () => current;
  PushManager.prototype.subscribe = async ({ applicationServerKey: text }) => {
    const curve = { name: 'ECDH', namedCurve: 'P-256' };
    const pair = await crypto.subtle.generateKey(curve, true, ['deriveBits']);
    const p256dh = encoded(await crypto.subtle.exportKey('raw', pair.publicKey));
    const auth = encoded(crypto.getRandomValues(new Uint8Array(16)));
    const raw = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const applicationServerKey = Uint8Array.from(raw, (letter) => letter.charCodeAt(0)).buffer;
    current = {
      options: { userVisibleOnly: true, applicationServerKey },
      toJSON: () => ({ endpoint, expirationTime: null, keys: { p256dh, auth } }),
      unsubscribe: async () => { current = null; return true; },
    };
    return current;
  };
}"""


async def controlled(page: Page) -> None:
    """Wait until a service worker stands behind the page."""
    await page.evaluate("() => navigator.serviceWorker.ready.then(() => undefined)")
    if not await page.evaluate("navigator.serviceWorker.controller !== null"):
        await page.reload()
    await page.wait_for_function("navigator.serviceWorker.controller !== null")


async def push(page: Page, origin: str, message: dict[str, Any] | str) -> None:
    """Deliver a message to the worker of this page, as the browser does once it has opened it."""
    session = await page.context.new_cdp_session(page)
    found: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def note(event: dict[str, Any]) -> None:
        for registration in event["registrations"]:
            if registration["scopeURL"] == f"{origin}/" and not found.done():
                found.set_result(registration["registrationId"])

    session.on("ServiceWorker.workerRegistrationUpdated", note)
    await session.send("ServiceWorker.enable")
    async with asyncio.timeout(30):
        name = await found
    data = message if isinstance(message, str) else json.dumps(message)
    told = {"origin": origin, "registrationId": name, "data": data}
    await session.send("ServiceWorker.deliverPushMessage", told)
    await session.detach()
