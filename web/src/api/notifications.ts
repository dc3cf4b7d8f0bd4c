/** What people are told: their notifications, where they want them, and browsers that take push messages. */

import { ask, askTagged, asPerson } from "@/api/account-session";
import { ApiError } from "@/api/client";
import type { Page } from "@/api/paging";
import type { components } from "@/api/schema.gen";

type Schemas = components["schemas"];

export type Notification = Schemas["NotificationRead"];
export type NotificationChoices = Schemas["NotificationChoices"];
export type Channels = Schemas["Channels"];
export type PushBrowsers = Schemas["PushRead"];
export type PushBrowser = Schemas["PushSubscriptionRead"];
export type Phone = Schemas["PhoneRead"];
export type Only = "all" | "unread";

const PATH = "/api/v1/notifications";
const PAGE_ITEMS = "20";

/** One page of notifications, newest first. */
export function listNotifications(only: Only, cursor?: string): Promise<Page<Notification>> {
  const query = new URLSearchParams({ only, limit: PAGE_ITEMS });
  if (cursor !== undefined) {
    query.set("cursor", cursor);
  }
  return ask({ method: "GET", path: `${PATH}?${query}` });
}

/** Mark one as read, or all; answers how many are unread. */
export async function markRead(id?: string): Promise<number> {
  const body = id === undefined ? {} : { ids: [id] };
  const path = `${PATH}/read`;
  return (await ask<Schemas["UnreadRead"]>({ method: "POST", path, body })).unread;
}

/** Forget one. */
export function removeNotification(id: string): Promise<void> {
  return ask({ method: "DELETE", path: `${PATH}/${encodeURIComponent(id)}` });
}

/** Where and when the person wants to be told, and the version of that. */
export function getChoices(): Promise<{ body: NotificationChoices; tag: string | undefined }> {
  return askTagged({ method: "GET", path: `${PATH}/choices` });
}

/** Replace what was chosen in this version. */
export function replaceChoices(
  choices: NotificationChoices,
  tag: string | undefined,
): Promise<{ body: NotificationChoices; tag: string | undefined }> {
  return askTagged({ method: "PUT", path: `${PATH}/choices`, body: choices, ifMatch: tag });
}

/** Tell oneself something on every way that was chosen. */
export function sendTest(): Promise<void> {
  return ask({ method: "POST", path: `${PATH}/test` });
}

/** The key of this server, and the browsers that take push messages. */
export function listPushBrowsers(): Promise<PushBrowsers> {
  return ask({ method: "GET", path: `${PATH}/push` });
}

/** Let a browser take push messages. */
export function addPushBrowser(subscription: PushSubscriptionJSON): Promise<PushBrowser> {
  return ask({ method: "POST", path: `${PATH}/push`, body: subscription });
}

/** Let a browser take none any more. */
export function removePushBrowser(id: string): Promise<void> {
  return ask({ method: "DELETE", path: `${PATH}/push/${encodeURIComponent(id)}` });
}

/** The own telephone, and whether messages to telephones leave here. */
export function getPhone(): Promise<Phone> {
  return ask({ method: "GET", path: `${PATH}/phone` });
}

/** Name a telephone; a code is sent there. */
export function namePhone(number: string): Promise<Phone> {
  return ask({ method: "PUT", path: `${PATH}/phone`, body: { number } });
}

/** Prove it by the code. */
export function provePhone(code: string): Promise<Phone> {
  return ask({ method: "POST", path: `${PATH}/phone/proof`, body: { code } });
}

/** Send nothing there any more. */
export function removePhone(): Promise<void> {
  return ask({ method: "DELETE", path: `${PATH}/phone` });
}

/** Access token of who is signed in, another one than what was refused. */
export function freshToken(refused?: string): Promise<string> {
  return asPerson(async (bearer) => {
    if (bearer === undefined || bearer === refused) {
      throw new ApiError("access_token_invalid", 401, "");
    }
    return bearer;
  });
}
