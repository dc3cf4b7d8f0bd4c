/** Numbers, times and lists as each language writes them. */

import { localeTag } from "@/i18n/locale";

/** Time of day: "09.24"; of the browser's zone unless another is named. */
export function formatTime(moment: Date, timeZone?: string): string {
  const parts = {
    hour: "2-digit",
    minute: "2-digit",
    ...(timeZone === undefined ? {} : { timeZone }),
  } as const;
  return new Intl.DateTimeFormat(localeTag(), parts).format(moment);
}

/** A count with the language's separators. */
export function formatNumber(value: number): string {
  return new Intl.NumberFormat(localeTag()).format(value);
}

const BYTE_UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** A size of a file: 84 kB, 1,3 MB. */
export function formatSize(bytes: number): string {
  const power = Math.min(3, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const shown = bytes / 1000 ** power;
  return new Intl.NumberFormat(localeTag(), {
    style: "unit",
    unit: BYTE_UNITS[power] ?? "byte",
    unitDisplay: power === 0 ? "long" : "short",
    maximumFractionDigits: shown < 10 && power > 1 ? 1 : 0,
  }).format(shown);
}

/** A share from 0 to 1: 40 %, 40%. */
export function formatPercent(share: number): string {
  return new Intl.NumberFormat(localeTag(), { style: "percent" }).format(share);
}

/** "Bagas, Siti, dan Ayu" or "Bagas, Siti and Ayu". */
export function formatList(items: string[]): string {
  return new Intl.ListFormat(localeTag(), { type: "conjunction" }).format(items);
}

/** One of two forms by the language's plural rule. */
export function plural(count: number, one: string, other: string): string {
  return new Intl.PluralRules(localeTag()).select(count) === "one" ? one : other;
}

/** Time of day with the zone's short name: "09.24 WIB". */
export function formatTimeWithZone(moment: Date): string {
  const parts = { hour: "2-digit", minute: "2-digit", timeZoneName: "short" } as const;
  return new Intl.DateTimeFormat(localeTag(), parts).format(moment);
}

/** A day in full: "Sabtu, 21 November 2026"; of the browser's zone unless another is named. */
export function formatDay(moment: Date, timeZone?: string): string {
  const parts = { dateStyle: "full", ...(timeZone === undefined ? {} : { timeZone }) } as const;
  return new Intl.DateTimeFormat(localeTag(), parts).format(moment);
}

/** A day without its weekday: "21 November 2026"; of the browser's zone unless another is named. */
export function formatDate(moment: Date, timeZone?: string): string {
  const parts = { dateStyle: "long", ...(timeZone === undefined ? {} : { timeZone }) } as const;
  return new Intl.DateTimeFormat(localeTag(), parts).format(moment);
}

/** From when to when: "Selasa, 1 Desember 2026 pukul 09.00–09.30"; of the browser's zone unless another is named. */
export function formatSpan(start: Date, end: Date, timeZone?: string): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  const parts = { dateStyle: "full", timeStyle: "short", ...zone } as const;
  return new Intl.DateTimeFormat(localeTag(), parts).formatRange(start, end);
}

/** The weekday that a day has in UTC: "Sabtu". */
export function formatWeekday(day: Date): string {
  const parts = { weekday: "long", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(localeTag(), parts).format(day);
}

/** The weekday, short: "Sab". */
export function formatShortWeekday(moment: Date): string {
  return new Intl.DateTimeFormat(localeTag(), { weekday: "short" }).format(moment);
}

/** The day of the month: "21". */
export function formatDateOf(moment: Date): string {
  return new Intl.DateTimeFormat(localeTag(), { day: "numeric" }).format(moment);
}

/** Day and time: "21 Nov 2026, 09.30". */
export function formatMoment(moment: Date): string {
  const parts = { dateStyle: "medium", timeStyle: "short" } as const;
  return new Intl.DateTimeFormat(localeTag(), parts).format(moment);
}

/** How long something is: "45 mnt", "1 j 12 mnt"; "45 mins", "1 hr 12 mins". */
export function formatMinutes(minutes: number): string {
  const one = (value: number, unit: "hour" | "minute") =>
    new Intl.NumberFormat(localeTag(), { style: "unit", unit, unitDisplay: "short" }).format(value);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [
    ...(hours > 0 ? [one(hours, "hour")] : []),
    ...(rest > 0 || hours === 0 ? [one(rest, "minute")] : []),
  ].join(" ");
}
