/** Finds what an address of a meeting means: the series, and which of its times. */

import {
  getMeeting,
  listMeetings,
  type Meeting,
  type Occurrence,
  type TaggedMeeting,
} from "@/api/meetings";
import type { Page } from "@/api/paging";
import type { Planned } from "@/features/schedule/editing";
import { momentOf } from "@/lib/wall-time";

export interface Opened extends TaggedMeeting {
  planned: Planned;
  /** Whether this time was called off by itself. */
  isRemoved: boolean;
  /** Later times, the next ones first. */
  later: readonly Occurrence[];
}

export interface OpenedPorts {
  get: typeof getMeeting;
  list: typeof listMeetings;
}

const DAY_MS = 86_400_000;
const RUNNING_MS = 3 * 3_600_000;
// A time that was moved stands near the time that its rule gave it; a year is asked for at most.
const AROUND_MS = 31 * DAY_MS;
const AHEAD_MS = 360 * DAY_MS;
const MOST_PAGES = 4;
const MOST_LATER = 5;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/;

/** Load a meeting; without a time it is the next one, or the first when all are over. */
export async function openMeeting(
  id: string,
  named: string | undefined,
  now: Date,
  ports: OpenedPorts = { get: getMeeting, list: listMeetings },
): Promise<Opened> {
  const { meeting, tag } = await ports.get(id);
  // An address that was cut short is still the meeting's.
  const at = named !== undefined && TIME.test(named) ? named : undefined;
  const moment = at === undefined ? undefined : momentOf(at, meeting.time_zone);
  const [from, until] =
    moment === undefined
      ? [new Date(now.getTime() - RUNNING_MS), new Date(now.getTime() + AHEAD_MS)]
      : [new Date(moment.getTime() - AROUND_MS), new Date(moment.getTime() + AROUND_MS)];
  const listed = await timesIn(ports, meeting, from, until);
  const own = at === undefined ? listed[0] : listed.find((one) => one.recurrence === at);
  const planned = own ?? nominal(meeting, at ?? meeting.start);
  const later = listed.filter(
    ({ starts_at, recurrence }) =>
      starts_at > planned.starts_at && recurrence !== planned.recurrence,
  );
  return {
    meeting,
    tag,
    planned,
    isRemoved: meeting.exceptions.some(
      ({ kind, recurrence }) => kind === "removed" && recurrence === planned.recurrence,
    ),
    later: later.slice(0, MOST_LATER),
  };
}

/** Times of a meeting in a window; a meeting that one declined has none in the agenda. */
async function timesIn(
  ports: OpenedPorts,
  meeting: Meeting,
  from: Date,
  until: Date,
): Promise<Occurrence[]> {
  const found: Occurrence[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const roomCode = meeting.room_code;
    const next: Page<Occurrence> = await ports.list({ from, until, roomCode, cursor });
    found.push(...next.items.filter(({ meeting_id }) => meeting_id === meeting.id));
    cursor = next.next_cursor ?? undefined;
    if (cursor === undefined) {
      break;
    }
  }
  return found;
}

/** A time as the rule gives it. */
function nominal(meeting: Meeting, recurrence: string): Planned {
  const length = Date.parse(meeting.ends_at) - Date.parse(meeting.starts_at);
  const starts = momentOf(recurrence, meeting.time_zone) ?? new Date(meeting.starts_at);
  const wallLength = Date.parse(`${meeting.end}Z`) - Date.parse(`${meeting.start}Z`);
  const end = new Date(Date.parse(`${recurrence}Z`) + wallLength).toISOString().slice(0, 19);
  return {
    title: meeting.title,
    agenda: meeting.agenda,
    recurrence,
    start: recurrence,
    end,
    starts_at: starts.toISOString(),
    ends_at: new Date(starts.getTime() + length).toISOString(),
    answer: meeting.answer,
    answers: meeting.answers,
  };
}

/** Address of the page of one time of a meeting. */
export function pathOfTime({ meeting_id, recurrence }: Occurrence): string {
  return `/schedule/${meeting_id}?${new URLSearchParams({ at: recurrence })}`;
}
