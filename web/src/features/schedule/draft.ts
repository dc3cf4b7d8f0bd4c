/** A meeting while it is being planned: what was typed, what is wrong with it, and what is sent. */

import type { Invitee } from "@/api/inviting";
import type { MeetingPlan, Times } from "@/api/meetings";
import { ONCE, type Repetition, ruleOf } from "@/features/schedule/rule";

/** Somebody who is to be invited: known by an address, or by their account. */
export interface Named {
  /** What tells them apart: an address or an id. */
  key: string;
  name: string;
  email?: string;
  userId?: string;
  isCohost: boolean;
}

export interface Draft {
  title: string;
  /** "2026-12-01", as date fields have it. */
  day: string;
  /** "09:00", as time fields have it. */
  start: string;
  end: string;
  zone: string;
  repetition: Repetition;
  agenda: string;
  invited: readonly Named[];
  /** Minutes before the beginning, or "" for whenever. */
  opensBefore: string;
  /** Code of a room of one's own, or "" for a new one. */
  room: string;
  hasWaitingRoom: boolean;
}

export type DraftFault = "title" | "day" | "start" | "end" | "lastDay" | "times";

const ADDRESS = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/;
const MOST_TIMES = 1000;

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
    repetition: ONCE,
    agenda: "",
    invited: [],
    opensBefore: "",
    room: "",
    hasWaitingRoom: false,
  };
}

/** The first day, for words: read it as UTC. */
export function firstShown({ day }: Pick<Draft, "day">): Date {
  return new Date(`${day}T00:00:00Z`);
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
    rule: ruleOf(draft.repetition, draft.day),
  };
}

/** What has to be filled in yet, or cannot be. */
export function faultsOf(draft: Draft): DraftFault[] {
  const { repeat, ends, lastDay, times } = draft.repetition;
  const faults: DraftFault[] = [];
  if (draft.title.trim() === "") {
    faults.push("title");
  }
  for (const name of ["day", "start", "end"] as const) {
    if (draft[name] === "") {
      faults.push(name);
    }
  }
  if (repeat !== "once" && ends === "day" && (lastDay === "" || lastDay < draft.day)) {
    faults.push("lastDay");
  }
  const isCount = /^[1-9]\d{0,3}$/.test(times) && Number(times) <= MOST_TIMES;
  if (repeat !== "once" && ends === "times" && !isCount) {
    faults.push("times");
  }
  return faults;
}

/** What is sent. */
export function planOf(draft: Draft): MeetingPlan {
  return {
    ...timesOf(draft),
    title: draft.title.trim(),
    agenda: draft.agenda.trim(),
    room_code: draft.room,
    ...(draft.opensBefore === "" ? {} : { opens_before_min: Number(draft.opensBefore) }),
    invited: draft.invited.map(inviteeOf),
  };
}

/** Somebody as the server is told of them. */
export function inviteeOf({ email, userId, name, isCohost }: Named): Invitee {
  const role = isCohost ? "cohost" : "attendee";
  return userId === undefined
    ? { email: email ?? "", ...(name === "" ? {} : { name }), role }
    : { user_id: userId, role };
}

/** Add people who are not there yet. */
export function withNamed(invited: readonly Named[], more: readonly Named[]): readonly Named[] {
  const known = new Set(invited.map(({ key }) => key));
  const fresh = more.filter(({ key }) => !known.has(key) && known.add(key));
  return [...invited, ...fresh];
}

/** Read addresses that were typed or pasted, as "Ani <ani@example.com>, budi@example.com"; `left` is what is none. */
export function readAddresses(typed: string): { named: Named[]; left: string } {
  const named: Named[] = [];
  const left: string[] = [];
  for (const part of typed.split(/[,;\n]+/)) {
    const inBrackets = /^\s*"?([^"<]*?)"?\s*<([^<>]+)>\s*$/.exec(part);
    const words = inBrackets === null ? part.split(/\s+/) : [inBrackets[2] ?? ""];
    for (const word of words.map((one) => one.trim()).filter((one) => one !== "")) {
      if (ADDRESS.test(word)) {
        const email = word.toLowerCase();
        named.push({ key: email, name: inBrackets?.[1] ?? "", email, isCohost: false });
      } else {
        left.push(word);
      }
    }
  }
  return { named, left: left.join(" ") };
}
