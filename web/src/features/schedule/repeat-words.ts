/** How often a meeting comes again, in words. */

import { type Repetition, WEEKDAYS, weekdaysOf } from "@/features/schedule/rule";
import { scheduleText } from "@/features/schedule/strings";
import { formatDate, formatList, formatWeekday } from "@/i18n/format";

// A Monday, for names of weekdays.
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** "Every week on Tuesday, until 31 December 2026". */
export function repeatWords(repetition: Repetition, day: string): string {
  const text = scheduleText();
  const weekdays = weekdaysOf(repetition, day).map((one) =>
    formatWeekday(new Date(MONDAY + WEEKDAYS.indexOf(one) * DAY_MS)),
  );
  const often = text.repeats[repetition.repeat](formatList(weekdays), Number(day.slice(8)));
  if (repetition.repeat === "once" || repetition.repeat === "kept") {
    return often;
  }
  switch (repetition.ends) {
    case "never":
      return often;
    case "day":
      return repetition.lastDay === ""
        ? often
        : text.untilDay(often, formatDate(new Date(`${repetition.lastDay}T00:00Z`), "UTC"));
    case "times":
      return text.timesInAll(often, Number(repetition.times));
  }
}
