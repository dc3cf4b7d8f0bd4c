/** What the page of a room shows: to those who have a place in it all of it, to others its name. */

import { ApiError } from "@/api/client";
import type { RoomSettings } from "@/api/moderation";
import {
  getDetails,
  getSettings,
  keptDays,
  listMembers,
  type Member,
  type RoomDetails,
} from "@/api/own-room";
import { getRoom, type RoomView } from "@/api/rooms";

export interface KnownRoom {
  details: RoomDetails;
  tag: string | undefined;
  members: readonly Member[];
  settings: RoomSettings;
  /** Days that messages are kept; null is for ever. */
  keptDays: number | null;
}

export interface Visit {
  room: RoomView;
  /** Undefined for people who were never inside. */
  known: KnownRoom | undefined;
}

/** Load everything about a room that one may see. */
export async function visitRoom(code: string): Promise<Visit> {
  const [room, known] = await Promise.all([getRoom(code), knownRoom(code)]);
  return { room, known };
}

async function knownRoom(code: string): Promise<KnownRoom | undefined> {
  try {
    const [{ room, tag }, members, settings, days] = await Promise.all([
      getDetails(code),
      listMembers(code),
      getSettings(code),
      keptDays(code),
    ]);
    return { details: room, tag, members, settings, keptDays: days };
  } catch (error) {
    if (error instanceof ApiError && error.status === 403) {
      return undefined;
    }
    throw error;
  }
}

/** Whether somebody may see who was there when, and set up the room. */
export function moderates(known: KnownRoom, ownId: string): boolean {
  const own = known.members.find(({ user_id }) => user_id === ownId);
  return known.details.is_host || own?.role === "host" || own?.role === "moderator";
}
