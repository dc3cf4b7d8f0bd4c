/** How a meeting comes again: what people choose, and the rule that says it (RFC 5545, RRULE). */

export const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
export type Weekday = (typeof WEEKDAYS)[number];
const WORKDAYS: readonly Weekday[] = WEEKDAYS.slice(0, 5);

export const REPEATS = ["once", "daily", "workdays", "weekly", "fortnightly", "monthly"] as const;
/** "kept" is a rule that came from elsewhere and that these choices cannot say. */
export type Repeat = (typeof REPEATS)[number] | "kept";
export type Ends = "never" | "day" | "times";

export interface Repetition {
  repeat: Repeat;
  /** Of weeks; the weekday of the first day is always among them. */
  weekdays: readonly Weekday[];
  ends: Ends;
  /** "2026-12-31", where it ends on a day. */
  lastDay: string;
  /** How often in all, where that is what ends it. */
  times: string;
  /** The rule that is kept as it is. */
  kept: string;
}

export const ONCE: Repetition = {
  repeat: "once",
  weekdays: [],
  ends: "never",
  lastDay: "",
  times: "10",
  kept: "",
};

// Later ones are missing in some months.
const LAST_DAY_OF_ALL_MONTHS = 28;
const SUNDAY_FIRST: readonly Weekday[] = ["SU", ...WEEKDAYS.slice(0, 6)];
const SAID = new Set(["FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "COUNT", "UNTIL"]);
const INSTANT = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/** The weekday of a day ("2026-12-01"). */
export function weekdayOf(day: string): Weekday {
  return SUNDAY_FIRST[new Date(`${day}T00:00Z`).getUTCDay()] ?? "MO";
}

/** How a meeting on this day may come again. */
export function repeatsOn(day: string, repeat: Repeat): Repeat[] {
  const found: Repeat[] = REPEATS.filter(
    (one) =>
      (one !== "monthly" || Number(day.slice(8)) <= LAST_DAY_OF_ALL_MONTHS) &&
      (one !== "workdays" || WORKDAYS.includes(weekdayOf(day))),
  );
  return repeat === "kept" ? [...found, "kept"] : found;
}

/** The same repetition for a meeting whose first day is another one. */
export function movedTo(repetition: Repetition, from: string, day: string): Repetition {
  const isLeft = repeatsOn(day, repetition.repeat).includes(repetition.repeat);
  const others = from === "" ? [] : repetition.weekdays.filter((one) => one !== weekdayOf(from));
  return { ...repetition, repeat: isLeft ? repetition.repeat : "once", weekdays: others };
}

/** Weekdays on which it comes, in the order of a week. */
export function weekdaysOf(repetition: Repetition, day: string): Weekday[] {
  const own = weekdayOf(day);
  return WEEKDAYS.filter((one) => one === own || repetition.weekdays.includes(one));
}

/** The rule; empty for once. */
export function ruleOf(repetition: Repetition, day: string): string {
  const { repeat, kept } = repetition;
  if (repeat === "once" || repeat === "kept") {
    return repeat === "kept" ? kept : "";
  }
  const byDay = (days: readonly Weekday[]) => `BYDAY=${days.join(",")}`;
  const often = {
    daily: () => "FREQ=DAILY",
    workdays: () => `FREQ=WEEKLY;${byDay(WORKDAYS)}`,
    weekly: () => `FREQ=WEEKLY;${byDay(weekdaysOf(repetition, day))}`,
    fortnightly: () => `FREQ=WEEKLY;INTERVAL=2;${byDay(weekdaysOf(repetition, day))}`,
    monthly: () => `FREQ=MONTHLY;BYMONTHDAY=${Number(day.slice(8))}`,
  }[repeat]();
  return `${often}${endOf(repetition)}`;
}

function endOf({ ends, lastDay, times }: Repetition): string {
  switch (ends) {
    case "never":
      return "";
    case "day":
      return `;UNTIL=${lastDay.replaceAll("-", "")}`;
    case "times":
      return `;COUNT=${times}`;
  }
}

/** What a rule says of a meeting that begins at this time of its zone ("2026-12-01T09:00:00"). */
export function readRule(rule: string, start: string, zone: string): Repetition {
  if (rule === "") {
    return ONCE;
  }
  const parts = new Map(rule.split(";").map((part) => part.split("=") as [string, string]));
  const repeat = [...parts.keys()].every((name) => SAID.has(name))
    ? repeatOf(parts, start.slice(0, 10))
    : undefined;
  if (repeat === undefined) {
    return { ...ONCE, repeat: "kept", kept: rule };
  }
  const [count, until] = [parts.get("COUNT"), parts.get("UNTIL")];
  const named = (parts.get("BYDAY") ?? "").split(",");
  const found = {
    ...ONCE,
    repeat,
    weekdays: repeat === "workdays" ? [] : WEEKDAYS.filter((one) => named.includes(one)),
  };
  if (count !== undefined) {
    return { ...found, ends: "times", times: count };
  }
  return until === undefined
    ? found
    : { ...found, ends: "day", lastDay: lastDayOf(until, start, zone) };
}

function repeatOf(parts: ReadonlyMap<string, string>, day: string): Repeat | undefined {
  const often = `${parts.get("FREQ")} ${parts.get("INTERVAL") ?? "1"}`;
  const [days, date] = [parts.get("BYDAY"), parts.get("BYMONTHDAY")];
  if (often === "WEEKLY 1" || often === "WEEKLY 2") {
    return repeatOfWeeks(often, days ?? "");
  }
  if (days !== undefined) {
    return undefined;
  }
  if (often === "DAILY 1") {
    return date === undefined ? "daily" : undefined;
  }
  const isOwnDate = date === undefined || date === String(Number(day.slice(8)));
  return often === "MONTHLY 1" && isOwnDate ? "monthly" : undefined;
}

function repeatOfWeeks(often: string, days: string): Repeat | undefined {
  if (!/^([A-Z]{2}(,[A-Z]{2})*)?$/.test(days)) {
    return undefined;
  }
  if (often === "WEEKLY 2") {
    return "fortnightly";
  }
  return days === WORKDAYS.join(",") ? "workdays" : "weekly";
}

/** The last day that a rule lets it begin on. */
function lastDayOf(until: string, start: string, zone: string): string {
  const moment = new Date(until.replace(INSTANT, "$1-$2-$3T$4:$5:$6Z"));
  if (Number.isNaN(moment.getTime())) {
    return `${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6, 8)}`;
  }
  // Swedes write days and times as machines do.
  const shown = new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "medium",
  }).format(moment);
  const [day = "", time = ""] = shown.split(" ");
  if (time >= start.slice(11)) {
    return day;
  }
  const before = new Date(`${day}T00:00Z`);
  before.setUTCDate(before.getUTCDate() - 1);
  return before.toISOString().slice(0, 10);
}
