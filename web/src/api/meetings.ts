/** Meetings that are planned: when they are, who is invited, and calling them off. */

import { ask, askFile, askTagged } from "@/api/account-session";
import type { Page } from "@/api/paging";
import type { components } from "@/api/schema.gen";

type Schemas = components["schemas"];

export type MeetingPlan = Schemas["MeetingCreate"];
export type MeetingChange = Schemas["MeetingUpdate"];
export type OccurrenceChange = Schemas["OccurrenceUpdate"];
export type Meeting = Schemas["MeetingRead"];
export type Occurrence = Schemas["OccurrenceRead"];
export type Times = Schemas["TimesCheck"];
export type Answer = Schemas["AnswerGive"]["answer"];
export type Attended = Schemas["AttendedRead"];

/** What is changed or called off: one time, or it and all later ones. */
export type Reach = "this" | "this_and_following";

/** A meeting with its version, which a change names. */
export interface TaggedMeeting {
  meeting: Meeting;
  tag: string | undefined;
}

export interface Listed {
  from: Date;
  until: Date;
  roomCode?: string;
  cursor?: string | undefined;
}

const PATH = "/api/v1/meetings";
const pathOf = (id: string) => `${PATH}/${encodeURIComponent(id)}`;
const timeOf = (id: string, recurrence: string) =>
  `${pathOf(id)}/occurrences/${encodeURIComponent(recurrence)}`;

/** Plan a meeting; asked again with the same key it is planned once. */
export function planMeeting(plan: MeetingPlan, idempotencyKey: string): Promise<Meeting> {
  return ask({ method: "POST", path: PATH, body: plan, idempotencyKey });
}

/** What takes place between two moments. */
export function listMeetings({ from, until, roomCode, cursor }: Listed): Promise<Page<Occurrence>> {
  const query = new URLSearchParams({
    from: from.toISOString(),
    until: until.toISOString(),
    ...(roomCode === undefined ? {} : { room_code: roomCode }),
    ...(cursor === undefined ? {} : { cursor }),
  });
  return ask({ method: "GET", path: `${PATH}?${query}` });
}

/** The same over all pages, in order, or over so many of the earliest. */
export async function listAllMeetings(
  listed: Omit<Listed, "cursor">,
  list = listMeetings,
  mostPages = Number.POSITIVE_INFINITY,
): Promise<Occurrence[]> {
  const found: Occurrence[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const next = await list({ ...listed, cursor });
    found.push(...next.items);
    cursor = next.next_cursor ?? undefined;
    if (cursor === undefined) {
      break;
    }
  }
  return found;
}

/** One meeting, as a series. */
export async function getMeeting(id: string): Promise<TaggedMeeting> {
  const { body, tag } = await askTagged<Meeting>({ method: "GET", path: pathOf(id) });
  return { meeting: body, tag };
}

/** Change all of a meeting; refused when it has another version by now. */
export function changeMeeting(
  id: string,
  change: MeetingChange,
  ifMatch: string | undefined,
): Promise<Meeting> {
  return ask({ method: "PATCH", path: pathOf(id), body: change, ifMatch });
}

/** Change one time, or it and all later ones: those are a meeting of their own then. */
export function changeOccurrence(
  id: string,
  recurrence: string,
  change: OccurrenceChange,
  ifMatch: string | undefined,
): Promise<Meeting> {
  return ask({ method: "PATCH", path: timeOf(id, recurrence), body: change, ifMatch });
}

/** What one has at the same times. */
export async function listConflicts(times: Times): Promise<Occurrence[]> {
  const path = `${PATH}/conflicts`;
  return (await ask<Schemas["Occurrences"]>({ method: "POST", path, body: times })).items;
}

/** Call a meeting off, with all its times. */
export function cancelMeeting(id: string): Promise<void> {
  return ask({ method: "DELETE", path: pathOf(id) });
}

/** Call one time of a meeting off, or it and all later ones. */
export function cancelOccurrence(id: string, recurrence: string, reach: Reach): Promise<void> {
  return ask({ method: "DELETE", path: `${timeOf(id, recurrence)}?scope=${reach}` });
}

/** Say whether one comes: to one time, or to all. */
export function answerMeeting(id: string, answer: Answer, recurrence?: string): Promise<void> {
  const body = recurrence === undefined ? { answer } : { answer, recurrence };
  return ask({ method: "PUT", path: `${pathOf(id)}/answer`, body });
}

/** Who was at one time of a meeting, and how long. */
export function listAttendance(id: string, recurrence: string): Promise<Attended[]> {
  return ask({ method: "GET", path: `${timeOf(id, recurrence)}/attendance` });
}

/** The same as a file for spreadsheets. */
export function fetchAttendance(id: string, recurrence: string): Promise<Blob> {
  return askFile({ method: "GET", path: `${timeOf(id, recurrence)}/attendance.csv` });
}
