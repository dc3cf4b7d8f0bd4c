/** What comes next for somebody: the meeting that is near, and the rest of the day. */

import type { Occurrence } from "@/api/meetings";

export interface Upcoming {
  /** What is not over, in order. */
  left: readonly Occurrence[];
  next: Occurrence | undefined;
  /** Other meetings of the day, in order. */
  today: readonly Occurrence[];
}

const MINUTE_MS = 60_000;
const NEAR_MS = 30 * MINUTE_MS;
const TICKING_MS = 60 * MINUTE_MS;

/** What is next and what else is today, of meetings in order. */
export function upcomingOf(planned: readonly Occurrence[], now: number): Upcoming {
  const left = planned.filter(({ ends_at }) => Date.parse(ends_at) > now);
  const day = new Date(now).toDateString();
  const today = left.slice(1).filter(({ starts_at }) => new Date(starts_at).toDateString() === day);
  return { left, next: left[0], today };
}

/** Whether it is time to go in: then that is the next step of the page. */
export function isNear({ starts_at }: Occurrence, now: number): boolean {
  return Date.parse(starts_at) - now <= NEAR_MS;
}

/** Whether something begins or ends so near that each second counts. */
export function isTicking(planned: readonly Occurrence[], now: number): boolean {
  const isClose = (moment: string) => Math.abs(Date.parse(moment) - now) <= TICKING_MS + MINUTE_MS;
  return planned.some(({ starts_at, ends_at }) => isClose(starts_at) || isClose(ends_at));
}

/** Minutes and seconds until it begins, within the last hour; undefined before that. */
export function countdown({ starts_at }: Occurrence, now: number): string | undefined {
  const left = Date.parse(starts_at) - now;
  if (left > TICKING_MS || left < 0) {
    return undefined;
  }
  const seconds = Math.floor(left / 1000);
  const padded = (value: number) => String(value).padStart(2, "0");
  return `${padded(Math.floor(seconds / 60))}.${padded(seconds % 60)}`;
}
