/** Rooms of the server: create, look at, join, end, and remove someone. */

import { call } from "@/api/client";
import type { components } from "@/api/schema.gen";

type Schemas = components["schemas"];

/** Answer of POST /api/v1/rooms. */
export type CreatedRoom = Schemas["RoomCreated"];
/** Answer of GET /api/v1/rooms/{code}: `participants` holds the first few names. */
export type RoomView = Schemas["RoomRead"];
/** Answer of POST /api/v1/rooms/{code}/join. */
export type JoinedRoom = Schemas["RoomJoined"];
export type JoinRequest = Schemas["RoomJoin"];

const pathOf = (code: string) => `/api/v1/rooms/${encodeURIComponent(code)}`;

/** Make a room; without a title the server offers one. */
export function createRoom(title?: string): Promise<CreatedRoom> {
  return call({
    method: "POST",
    path: "/api/v1/rooms",
    body: title === undefined ? {} : { title },
  });
}

/** Look at a room before joining. */
export function getRoom(code: string): Promise<RoomView> {
  return call({ method: "GET", path: pathOf(code) });
}

/** Ask for a token to enter. */
export function joinRoom(code: string, request: JoinRequest): Promise<JoinedRoom> {
  return call({ method: "POST", path: `${pathOf(code)}/join`, body: request });
}

/** End a room for everyone; needs the host secret. */
export function endRoom(code: string, hostSecret: string): Promise<void> {
  return call({ method: "POST", path: `${pathOf(code)}/end`, bearer: hostSecret });
}

/** Remove one participant; needs the host secret. */
export function removeParticipant(
  code: string,
  identity: string,
  hostSecret: string,
): Promise<void> {
  const path = `${pathOf(code)}/participants/${encodeURIComponent(identity)}`;
  return call({ method: "DELETE", path, bearer: hostSecret });
}
