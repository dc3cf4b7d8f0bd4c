/** Times as clocks of a zone show them. */

const MINUTE_MS = 60_000;

/** The moment at which clocks of a zone show a time ("2026-12-01T09:00:00"); undefined for a zone unknown here. */
export function momentOf(wall: string, zone: string): Date | undefined {
  const shown = Date.parse(`${wall}Z`);
  try {
    // A second step, since the first may have crossed a change of clocks.
    const near = shown - offsetMs(shown, zone);
    return new Date(shown - offsetMs(near, zone));
  } catch (error) {
    if (error instanceof RangeError) {
      return undefined;
    }
    throw error;
  }
}

/** How far clocks of a zone are ahead of UTC. */
function offsetMs(moment: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  }).formatToParts(moment);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((one) => one.type === type)?.value);
  const there = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
  );
  return there - Math.floor(moment / MINUTE_MS) * MINUTE_MS;
}
