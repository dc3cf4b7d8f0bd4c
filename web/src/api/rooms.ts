/** Rooms of the server: create, look at, join, list. */

import { ask, askAsAnybody } from "@/api/account-session";
import { call } from "@/api/client";
import type { components } from "@/api/schema.gen";

type Schemas = components["schemas"];

/** Answer of POST /api/v1/rooms. */
export type CreatedRoom = Schemas["RoomCreated"];
/** Answer of GET /api/v1/rooms/{code}: `participants` holds the first few names. */
export type RoomView = Schemas["RoomRead"];
/** Answer of POST /api/v1/rooms/{code}/join. */
export type JoinedRoom = Schemas["RoomJoined"];
/** The other answer of the same: somebody has to let us in. */
export type WaitingRoom = Schemas["RoomWaiting"];
export type JoinAnswer = JoinedRoom | WaitingRoom;
export type JoinRequest = Schemas["RoomJoin"];
/** One of the answers of GET /api/v1/rooms. */
export type OwnRoom = Schemas["RoomDetails"];

const pathOf = (code: string) => `/api/v1/rooms/${encodeURIComponent(code)}`;

/** Make a room; without a title the server offers one. Who is signed in is its host. */
export function createRoom(title?: string): Promise<CreatedRoom> {
  return askAsAnybody({
    method: "POST",
    path: "/api/v1/rooms",
    body: title === undefined ? {} : { title },
  });
}

/** Look at a room before joining. */
export function getRoom(code: string): Promise<RoomView> {
  return call({ method: "GET", path: pathOf(code) });
}

/** Ask for a token to enter, or for a place among those who wait. */
export function joinRoom(code: string, request: JoinRequest): Promise<JoinAnswer> {
  return askAsAnybody({ method: "POST", path: `${pathOf(code)}/join`, body: request });
}

/** Rooms that one hosts or was in, newest first. */
export function listOwnRooms(cursor?: string): Promise<{
  items: OwnRoom[];
  next_cursor?: string | null;
}> {
  const query = new URLSearchParams({ limit: "20", ...(cursor === undefined ? {} : { cursor }) });
  return ask({ method: "GET", path: `/api/v1/rooms?${query}` });
}
