/** The time of day, which turns with the minute. */
import { useEffect, useState } from "preact/hooks";
import { formatTime } from "@/i18n/format";

function untilNextMinute(date: Date): number {
  return 60_000 - (date.getSeconds() * 1000 + date.getMilliseconds());
}

/** Hour and minute. */
export function Clock() {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const id = setTimeout(() => setNow(new Date()), untilNextMinute(now));
    return () => clearTimeout(id);
  }, [now]);
  return (
    <time class="bar-clock" dateTime={now.toISOString()}>
      {formatTime(now)}
    </time>
  );
}
