/** Meetings in a room: what comes, and what is over, page by page into the past. */

import { listAllMeetings, listMeetings, type Occurrence } from "@/api/meetings";
import type { Page } from "@/api/paging";

export type ListMeetings = typeof listMeetings;

const DAY_MS = 86_400_000;
const RUNNING_MS = 3 * 3_600_000;
const AHEAD_MS = 60 * DAY_MS;
const PAST_MS = 60 * DAY_MS;

/** What runs or comes in one room, or in all of them without a code. */
export async function listAhead(
  now: number,
  roomCode?: string,
  list: ListMeetings = listMeetings,
): Promise<Occurrence[]> {
  const [from, until] = [new Date(now - RUNNING_MS), new Date(now + AHEAD_MS)];
  const found = await whole(list, from, until, roomCode);
  return found.filter(({ ends_at }) => Date.parse(ends_at) > now);
}

/** The next meeting of each room. */
export function nextByRoom(ahead: readonly Occurrence[]): ReadonlyMap<string, Occurrence> {
  const next = new Map<string, Occurrence>();
  for (const one of ahead) {
    if (!next.has(one.room_code)) {
      next.set(one.room_code, one);
    }
  }
  return next;
}

/** What is over in a room, newest first; the cursor is the moment before which the next page ends. */
export async function listPast(
  roomCode: string,
  since: number,
  now: number,
  cursor?: string,
  list: ListMeetings = listMeetings,
): Promise<Page<Occurrence>> {
  const until = cursor === undefined ? now : Date.parse(cursor);
  const from = Math.max(since, until - PAST_MS);
  const found = from < until ? await whole(list, new Date(from), new Date(until), roomCode) : [];
  const over = found.filter(({ ends_at }) => Date.parse(ends_at) <= now).reverse();
  return { items: over, next_cursor: from > since ? new Date(from).toISOString() : null };
}

function whole(
  list: ListMeetings,
  from: Date,
  until: Date,
  roomCode?: string,
): Promise<Occurrence[]> {
  return listAllMeetings({ from, until, ...(roomCode === undefined ? {} : { roomCode }) }, list);
}
