/** The meeting that comes next, with a clock when it is near. */

import type { Occurrence } from "@/api/meetings";
import { Faces } from "@/features/home/Faces";
import { homeText } from "@/features/home/strings";
import { countdown, isNear } from "@/features/home/upcoming";
import { formatDay, formatTime, formatTimeWithZone } from "@/i18n/format";
import { classes } from "@/lib/class";

export interface NextProps {
  planned: Occurrence;
  now: number;
}

/** The card. */
export function Next({ planned, now }: NextProps) {
  const text = homeText();
  const [starts, ends] = [new Date(planned.starts_at), new Date(planned.ends_at)];
  const left = countdown(planned, now);
  const hasBegun = starts.getTime() <= now;
  const isToday = starts.toDateString() === new Date(now).toDateString();
  const times = `${formatTime(starts)} – ${formatTimeWithZone(ends)}`;
  const address = new URLSearchParams({ at: planned.recurrence });
  return (
    <section class="card home-next" aria-labelledby="home-next">
      <p class="home-clock">
        <span>{hasBegun ? text.begun : left === undefined ? text.begins : text.beginsIn}</span>
        {/* A clock that ticks is not read out; the time below is. */}
        <strong aria-hidden={left !== undefined}>{left ?? formatTime(starts)}</strong>
      </p>
      <div class="home-next-words">
        <h2 id="home-next" class="section-title">
          <a href={`/schedule/${planned.meeting_id}?${address}`} dir="auto">
            {planned.title}
          </a>
        </h2>
        <p>
          {isToday ? times : `${formatDay(starts)}, ${times}`}
          <span class="home-code">{planned.room_code}</span>
        </p>
        <Faces planned={planned} />
      </div>
      <a
        class={classes(
          "button button-large",
          isNear(planned, now) ? "button-primary" : "button-soft",
        )}
        href={`/${planned.room_code}`}
        aria-label={text.enterRoom(planned.title)}
      >
        {text.enter}
      </a>
    </section>
  );
}
