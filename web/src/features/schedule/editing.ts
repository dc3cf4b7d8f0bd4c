/** Changing a meeting that is planned: which of its times, and only what is different. */

import type { Meeting, MeetingChange, Occurrence, OccurrenceChange, Reach } from "@/api/meetings";
import { type Draft, freshDraft, timesOf } from "@/features/schedule/draft";
import { ONCE, readRule, ruleOf } from "@/features/schedule/rule";

/** What is changed: one time, it and all later ones, or the whole. */
export type EditReach = Reach | "all";

/** One time of a meeting. */
export type Planned = Pick<
  Occurrence,
  | "title"
  | "agenda"
  | "start"
  | "end"
  | "recurrence"
  | "starts_at"
  | "ends_at"
  | "answer"
  | "answers"
>;

/** What the form begins with. */
export function draftOf(meeting: Meeting, planned: Planned, reach: EditReach): Draft {
  const shown = reach === "all" ? meeting : planned;
  return {
    ...freshDraft(new Date(0), meeting.time_zone),
    title: shown.title,
    agenda: shown.agenda,
    day: shown.start.slice(0, 10),
    start: shown.start.slice(11, 16),
    end: shown.end.slice(11, 16),
    repetition: reach === "this" ? ONCE : readRule(meeting.rule, shown.start, meeting.time_zone),
    opensBefore: meeting.opens_before_min === null ? "" : String(meeting.opens_before_min),
    room: meeting.room_code,
  };
}

/** What is different now; undefined when nothing is. */
export function changeOf(
  before: Draft,
  after: Draft,
  reach: EditReach,
): MeetingChange | OccurrenceChange | undefined {
  const change = { ...wordsOf(before, after), ...timesChanged(before, after, reach) };
  const opens =
    reach === "all" && before.opensBefore !== after.opensBefore
      ? { opens_before_min: after.opensBefore === "" ? null : Number(after.opensBefore) }
      : {};
  const all = { ...change, ...opens };
  if (Object.keys(all).length === 0) {
    return undefined;
  }
  return reach === "all" ? all : { ...all, scope: reach };
}

function wordsOf(before: Draft, after: Draft): { title?: string; agenda?: string } {
  const [title, agenda] = [after.title.trim(), after.agenda.trim()];
  return {
    ...(title === before.title ? {} : { title }),
    ...(agenda === before.agenda.trim() ? {} : { agenda }),
  };
}

function timesChanged(before: Draft, after: Draft, reach: EditReach): Partial<MeetingChange> {
  const [was, is] = [timesOf(before), timesOf(after)];
  const hasMoved = was.start !== is.start || was.end !== is.end;
  const [old, rule] = [ruleOf(before.repetition, before.day), ruleOf(after.repetition, after.day)];
  return {
    ...(hasMoved || was.time_zone !== is.time_zone ? { start: is.start, end: is.end } : {}),
    ...(was.time_zone === is.time_zone ? {} : { time_zone: is.time_zone }),
    ...(reach === "this" || old === rule ? {} : { rule }),
  };
}

const COMPARED = ["title", "agenda", "start", "end", "time_zone", "rule"] as const;
export type ChangedPart = (typeof COMPARED)[number];

/** What somebody else changed meanwhile. */
export function changedMeanwhile(known: Meeting, now: Meeting): ChangedPart[] {
  return COMPARED.filter((part) => known[part] !== now[part]);
}
