/** Notifications by the day on which they came, by the clock of the reader. */

import type { Notification } from "@/api/notifications";
import { notificationsText } from "@/features/notifications/strings";
import { formatDay } from "@/i18n/format";

export interface Day {
  /** Start of the day, in milliseconds. */
  start: number;
  label: string;
  items: Notification[];
}

/** In the order in which they stand, newest first. */
export function byDay(items: readonly Notification[], now: Date): Day[] {
  const days: Day[] = [];
  for (const item of items) {
    const start = startOfDay(new Date(item.created_at), 0);
    const current = days.at(-1);
    if (current?.start === start) {
      current.items.push(item);
    } else {
      days.push({ start, label: labelOf(start, now), items: [item] });
    }
  }
  return days;
}

function labelOf(start: number, now: Date): string {
  const text = notificationsText();
  if (start === startOfDay(now, 0)) {
    return text.today;
  }
  return start === startOfDay(now, -1) ? text.yesterday : formatDay(new Date(start));
}

/** Days are not always 24 hours long. */
function startOfDay(moment: Date, offset: number): number {
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate() + offset).getTime();
}
