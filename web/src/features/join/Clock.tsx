/** The time of day where people are, so that they know whether they are early. */

import { useEffect, useState } from "preact/hooks";
import { formatTimeWithZone } from "@/i18n/format";

const MINUTE_MS = 60_000;

/** Ticks with the minute. */
export function Clock() {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const toNextMinute = MINUTE_MS - (now.getTime() % MINUTE_MS);
    const timer = setTimeout(() => setNow(new Date()), toNextMinute);
    return () => clearTimeout(timer);
  }, [now]);
  return (
    <time class="figures hidden text-13 font-medium text-ink-3 prejoin:block">
      {formatTimeWithZone(now)}
    </time>
  );
}
