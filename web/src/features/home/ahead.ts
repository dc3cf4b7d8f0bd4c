/** Meetings of the coming days and the time, kept up to date while somebody looks. */

import { useEffect, useMemo, useState } from "preact/hooks";
import { createLoading, type Loading } from "@/api/asking";
import { listMeetings, type Occurrence } from "@/api/meetings";

const SECOND_MS = 1000;
const DAY_MS = 86_400_000;
const AHEAD_MS = 30 * DAY_MS;
const LOOK_AGAIN_MS = 60 * SECOND_MS;
const SELDOM_MS = 10 * SECOND_MS;
// What has begun is still to be entered.
const RUNNING_MS = 3 * 3_600_000;

/** What comes, asked for again once a minute: others plan and call off meanwhile. */
export function useAhead(): Loading<readonly Occurrence[]> {
  const ahead = useMemo(
    () =>
      createLoading<readonly Occurrence[]>(async () => {
        const now = Date.now();
        const [from, until] = [new Date(now - RUNNING_MS), new Date(now + AHEAD_MS)];
        return (await listMeetings({ from, until })).items;
      }),
    [],
  );
  useEffect(() => {
    void ahead.load();
    const again = setInterval(() => {
      // Offline, what was seen last stays.
      if (document.visibilityState === "visible" && navigator.onLine) {
        void ahead.load();
      }
    }, LOOK_AGAIN_MS);
    return () => clearInterval(again);
  }, [ahead]);
  return ahead;
}

/** The time: each second while a clock is seen, else now and then. */
export function useNow(isTicking: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const every = isTicking ? SECOND_MS : SELDOM_MS;
    const ticking = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(ticking);
  }, [isTicking]);
  return now;
}
