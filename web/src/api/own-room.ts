/** A room as somebody with an account has it: what it is called, who belongs to it, who was there. */

import { ask, askFile, askTagged } from "@/api/account-session";
import type { StoredMessage } from "@/api/messages";
import type { RoomSettings } from "@/api/moderation";
import type { Page } from "@/api/paging";
import type { components } from "@/api/schema.gen";

type Schemas = components["schemas"];

export type RoomDetails = Schemas["RoomDetails"];
export type RoomChange = Schemas["RoomUpdate"];
export type Member = Schemas["MemberRead"];
export type Stay = Schemas["StayRead"];

const pathOf = (code: string) => `/api/v1/rooms/${encodeURIComponent(code)}`;
const pageOf = (query: Record<string, string>, cursor?: string) =>
  new URLSearchParams({ ...query, ...(cursor === undefined ? {} : { cursor }) });

/** What can be changed about a room, with its version. */
export async function getDetails(
  code: string,
): Promise<{ room: RoomDetails; tag: string | undefined }> {
  const path = `${pathOf(code)}/details`;
  const { body, tag } = await askTagged<RoomDetails>({ method: "GET", path });
  return { room: body, tag };
}

/** Change what is named. */
export function changeRoom(
  code: string,
  change: Partial<RoomChange>,
  ifMatch: string | undefined,
): Promise<RoomDetails> {
  return ask({ method: "PATCH", path: pathOf(code), body: change, ifMatch });
}

/** Delete a room with its messages. */
export function deleteRoom(code: string): Promise<void> {
  return ask({ method: "DELETE", path: pathOf(code) });
}

/** Who belongs to a room. */
export function listMembers(code: string): Promise<Member[]> {
  return ask({ method: "GET", path: `${pathOf(code)}/members` });
}

/** How a room is run. */
export function getSettings(code: string): Promise<RoomSettings> {
  return ask({ method: "GET", path: `${pathOf(code)}/settings` });
}

/** Run it otherwise; what is not named stays as it is now. */
export async function changeSettings(
  code: string,
  changed: Partial<RoomSettings>,
): Promise<RoomSettings> {
  const path = `${pathOf(code)}/settings`;
  const { body, tag } = await askTagged<RoomSettings>({ method: "GET", path });
  return ask({ method: "PUT", path, body: { ...body, ...changed }, ifMatch: tag });
}

/** For how many days messages are kept; null is for ever. */
export async function keptDays(code: string): Promise<number | null> {
  const path = `${pathOf(code)}/retention`;
  return (await ask<Schemas["Retention"]>({ method: "GET", path })).days ?? null;
}

/** What was written in a room, newest first, or the files alone. */
export function listMessages(
  code: string,
  kind: "all" | "file",
  cursor?: string,
): Promise<Page<StoredMessage>> {
  const query = pageOf({ limit: "20", ...(kind === "file" ? { message_type: kind } : {}) }, cursor);
  return ask({ method: "GET", path: `${pathOf(code)}/messages?${query}` });
}

/** One file. */
export function fetchFile(code: string, id: string): Promise<Blob> {
  return askFile({ method: "GET", path: `${pathOf(code)}/files/${encodeURIComponent(id)}` });
}

/** Who was in a room when, newest first. */
export function listStays(code: string, cursor?: string): Promise<Page<Stay>> {
  const query = pageOf({ limit: "20" }, cursor);
  return ask({ method: "GET", path: `${pathOf(code)}/history?${query}` });
}

/** The same as a file for spreadsheets. */
export function fetchStays(code: string): Promise<Blob> {
  return askFile({ method: "GET", path: `${pathOf(code)}/history.csv` });
}
