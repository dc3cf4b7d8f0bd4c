/** A meeting while it is being planned: what was typed, what is wrong with it, and what is sent. */

import type { MeetingPlan, Times } from "@/api/meetings";

export const REPEATS = ["once", "daily", "weekly", "fortnightly", "monthly"] as const;
export type Repeat = (typeof REPEATS)[number];

export interface Draft {
  title: string;
  /** "2026-12-01", as date fields have it. */
  day: string;
  /** "09:00", as time fields have it. */
  start: string;
  end: string;
  zone: string;
  repeat: Repeat;
  agenda: string;
  /** Addresses of those who are invited. */
  invited: readonly string[];
}

export type DraftFault = "title" | "day" | "start" | "end";

const DAYS = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
// Later ones are missing in some months.
const LAST_DAY_OF_ALL_MONTHS = 28;
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

const padded = (value: number) => String(value).padStart(2, "0");

/** The next full hour, for an hour, on the clock of the browser. */
export function freshDraft(now: Date, zone: string): Draft {
  const start = new Date(now);
  start.setHours(now.getHours() + 1, 0, 0, 0);
  return {
    title: "",
    day: [start.getFullYear(), padded(start.getMonth() + 1), padded(start.getDate())].join("-"),
    start: `${padded(start.getHours())}:00`,
    end: `${padded((start.getHours() + 1) % 24)}:00`,
    zone,
    repeat: "once",
    agenda: "",
    invited: [],
  };
}

/** The first moment as clocks of its zone show it, for words: read it as UTC. */
export function firstShown(draft: Draft): Date {
  return new Date(`${draft.day}T${draft.start}:00Z`);
}

/** How a meeting on this day may come again. */
export function repeatsOf(draft: Draft): Repeat[] {
  const { day } = draft;
  return REPEATS.filter(
    (repeat) => repeat !== "monthly" || Number(day.slice(8)) <= LAST_DAY_OF_ALL_MONTHS,
  );
}

/** RRULE of RFC 5545; empty for once. */
export function ruleOf(draft: Draft): string {
  const day = firstShown(draft);
  const weekday = DAYS[day.getUTCDay()] ?? "";
  switch (draft.repeat) {
    case "once":
      return "";
    case "daily":
      return "FREQ=DAILY";
    case "weekly":
      return `FREQ=WEEKLY;BYDAY=${weekday}`;
    case "fortnightly":
      return `FREQ=WEEKLY;INTERVAL=2;BYDAY=${weekday}`;
    case "monthly":
      return `FREQ=MONTHLY;BYMONTHDAY=${day.getUTCDate()}`;
  }
}

/** When it is; what ends before it begins ends on the next day. */
export function timesOf(draft: Draft): Times {
  const last = new Date(`${draft.day}T00:00:00Z`);
  if (draft.end <= draft.start) {
    last.setUTCDate(last.getUTCDate() + 1);
  }
  return {
    start: `${draft.day}T${draft.start}`,
    end: `${last.toISOString().slice(0, 10)}T${draft.end}`,
    time_zone: draft.zone,
    rule: ruleOf(draft),
  };
}

/** What has to be filled in yet. */
export function faultsOf(draft: Draft): DraftFault[] {
  const faults: DraftFault[] = [];
  if (draft.title.trim() === "") {
    faults.push("title");
  }
  for (const name of ["day", "start", "end"] as const) {
    if (draft[name] === "") {
      faults.push(name);
    }
  }
  return faults;
}

/** What is sent. */
export function planOf(draft: Draft): MeetingPlan {
  return {
    ...timesOf(draft),
    title: draft.title.trim(),
    agenda: draft.agenda.trim(),
    room_code: "",
    invited: draft.invited.map((email) => ({ email, role: "attendee" as const })),
  };
}

/** Add what was typed or pasted; answers what is no address. */
export function withInvited(
  draft: Draft,
  typed: string,
): { invited: readonly string[]; left: string } {
  const words = typed.split(/[\s,;]+/).filter((word) => word !== "");
  const good = words.filter((word) => ADDRESS.test(word)).map((word) => word.toLowerCase());
  const left = words.filter((word) => !ADDRESS.test(word)).join(" ");
  return { invited: [...new Set([...draft.invited, ...good])], left };
}
