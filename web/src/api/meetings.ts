/** Meetings that are planned: when they are, who is invited, and calling them off. */

import { ask } from "@/api/account-session";
import type { components } from "@/api/schema.gen";

type Schemas = components["schemas"];

export type MeetingPlan = Schemas["MeetingCreate"];
export type Meeting = Schemas["MeetingRead"];
export type Occurrence = Schemas["OccurrenceRead"];
export type Times = Schemas["TimesCheck"];

export interface Agenda {
  items: Occurrence[];
  next_cursor?: string | null;
}

const PATH = "/api/v1/meetings";
const pathOf = (id: string) => `${PATH}/${encodeURIComponent(id)}`;

/** Plan a meeting; asked again with the same key it is planned once. */
export function planMeeting(plan: MeetingPlan, idempotencyKey: string): Promise<Meeting> {
  return ask({ method: "POST", path: PATH, body: plan, idempotencyKey });
}

/** What takes place between two moments. */
export function listMeetings(from: Date, until: Date, cursor?: string): Promise<Agenda> {
  const query = new URLSearchParams({
    from: from.toISOString(),
    until: until.toISOString(),
    ...(cursor === undefined ? {} : { cursor }),
  });
  return ask({ method: "GET", path: `${PATH}?${query}` });
}

/** What one has at the same times. */
export async function listConflicts(times: Times): Promise<Occurrence[]> {
  const { items } = await ask<Agenda>({ method: "POST", path: `${PATH}/conflicts`, body: times });
  return items;
}

/** Call a meeting off, with all its times. */
export function cancelMeeting(id: string): Promise<void> {
  return ask({ method: "DELETE", path: pathOf(id) });
}

/** Call one time of a meeting off. */
export function cancelOccurrence(id: string, recurrence: string): Promise<void> {
  return ask({
    method: "DELETE",
    path: `${pathOf(id)}/occurrences/${encodeURIComponent(recurrence)}`,
  });
}
