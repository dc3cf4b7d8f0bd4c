/** Calling a contact: a meeting that begins now, to which they are invited. */

import { type ReadonlySignal, signal } from "@preact/signals";
import { type Asking, createAsking } from "@/api/asking";
import type { planMeeting } from "@/api/meetings";
import type { Person } from "@/api/people";
import { callName, fullName } from "@/lib/person";

export interface CallingPorts {
  plan: typeof planMeeting;
  /** Go to the page of a room. */
  open: (code: string) => void;
}

export interface Calling {
  asking: Asking;
  /** Whose row is waiting. */
  called: ReadonlySignal<string | undefined>;
  call: (ownName: string, person: Person, now: Date) => Promise<void>;
}

const LASTS_MS = 30 * 60_000;
const LONGEST_TITLE = 100;

/** State of one visit. */
export function createCalling({ plan, open }: CallingPorts): Calling {
  const asking = createAsking();
  const called = signal<string | undefined>();
  async function call(ownName: string, person: Person, now: Date): Promise<void> {
    if (asking.isBusy.peek()) {
      return;
    }
    called.value = person.id;
    await asking.run(async () => {
      const planned = {
        // Both read it, so it names both.
        title: `${callName(ownName)} & ${callName(fullName(person))}`.slice(0, LONGEST_TITLE),
        start: onClock(now),
        end: onClock(new Date(now.getTime() + LASTS_MS)),
        time_zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
        agenda: "",
        rule: "",
        room_code: "",
        invited: [{ user_id: person.id, role: "attendee" as const }],
      };
      const meeting = await plan(planned, crypto.randomUUID());
      open(meeting.room_code);
    });
  }
  return { asking, called, call };
}

/** What a clock of the browser shows: "2026-12-01T09:05". */
function onClock(moment: Date): string {
  const padded = (value: number) => String(value).padStart(2, "0");
  const day = [moment.getFullYear(), moment.getMonth() + 1, moment.getDate()].map(padded);
  return `${day.join("-")}T${padded(moment.getHours())}:${padded(moment.getMinutes())}`;
}
