/** Meetings in a room: what comes, and what is over, page by page into the past. */

import { listAllMeetings, listMeetings, type Occurrence } from "@/api/meetings";
import type { Page } from "@/api/paging";

export type ListMeetings = typeof listMeetings;

const DAY_MS = 86_400_000;
const RUNNING_MS = 3 * 3_600_000;
const AHEAD_MS = 60 * DAY_MS;
const PAST_MS = 60 * DAY_MS;
// What comes soon is looked for; the schedule has the rest.
const MOST_PAGES_AHEAD = 5;

/** What runs or comes in one room, or in all of them without a code. */
export async function listAhead(
  now: number,
  roomCode?: string,
  list: ListMeetings = listMeetings,
): Promise<Occurrence[]> {
  const [from, until] = [new Date(now - RUNNING_MS), new Date(now + AHEAD_MS)];
  const found = await listAllMeetings(
    { from, until, ...(roomCode === undefined ? {} : { roomCode }) },
    list,
    MOST_PAGES_AHEAD,
  );
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
  const listed = { from: new Date(from), until: new Date(until), roomCode };
  const found = from < until ? await listAllMeetings(listed, list) : [];
  // What began before this page and ended in it is listed for both; the earlier one shows it.
  const isOfPage = ({ starts_at }: Occurrence) => from === since || Date.parse(starts_at) >= from;
  const over = found.filter((one) => Date.parse(one.ends_at) <= now && isOfPage(one)).reverse();
  return { items: over, next_cursor: from > since ? new Date(from).toISOString() : null };
}
