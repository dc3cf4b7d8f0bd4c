/** Meetings that are just over, and what is left of each. */

import { useEffect, useMemo } from "preact/hooks";
import { createLoading, type Loading } from "@/api/asking";
import { ApiError } from "@/api/client";
import { listAllMeetings, listAttendance, type Occurrence } from "@/api/meetings";
import { listMessages } from "@/api/own-room";

export interface Left {
  /** Who was there; undefined for those who may not read it. */
  attended: readonly string[] | undefined;
  /** How many of the newest in its room were shared around it. */
  files: number;
}

const SHOWN = 3;
const DAY_MS = 86_400_000;
const BACK_MS = 7 * DAY_MS;
// Files are shared before a meeting begins and after it ends.
const EARLY_MS = 3_600_000;
const LATE_MS = 12 * 3_600_000;

/** The last few, newest first, once somebody opens the page. */
export function useFinished(): Loading<readonly Occurrence[]> {
  const finished = useMemo(
    () =>
      createLoading<readonly Occurrence[]>(async () => {
        const now = Date.now();
        const [from, until] = [new Date(now - BACK_MS), new Date(now)];
        return finishedOf(await listAllMeetings({ from, until }), now);
      }),
    [],
  );
  useEffect(() => void finished.load(), [finished]);
  return finished;
}

/** The last few that are over, newest first. */
export function finishedOf(found: readonly Occurrence[], now: number): readonly Occurrence[] {
  const over = found.filter(({ ends_at }) => Date.parse(ends_at) <= now);
  return over.toSorted((one, other) => other.ends_at.localeCompare(one.ends_at)).slice(0, SHOWN);
}

/** What is left of one: who came, for those who run it, and the files of its room. */
export async function findLeft(planned: Occurrence): Promise<Left> {
  const { meeting_id: meeting, recurrence, room_code: room, part } = planned;
  const [attended, shared] = await Promise.all([
    part === "attendee" ? undefined : unlessRefused(listAttendance(meeting, recurrence)),
    unlessRefused(listMessages(room, "file")),
  ]);
  const from = Date.parse(planned.starts_at) - EARLY_MS;
  const until = Date.parse(planned.ends_at) + LATE_MS;
  const files = (shared?.items ?? []).filter(({ file, created_at: at }) => {
    const moment = Date.parse(at);
    return file && from <= moment && moment <= until;
  });
  return { attended: attended?.map(({ name }) => name), files: files.length };
}

/** A part that is for others, or cannot be had now, is left out. */
async function unlessRefused<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ApiError) {
      return undefined;
    }
    throw error;
  }
}
