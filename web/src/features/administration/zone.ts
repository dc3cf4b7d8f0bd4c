/** By which clocks days are counted. */

/** The browser's own zone, where it names one. */
export function ownZone(): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zone === "Etc/Unknown" ? "" : (zone ?? "");
}
