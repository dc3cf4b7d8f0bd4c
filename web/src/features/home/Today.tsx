/** What else is today. */

import type { Occurrence } from "@/api/meetings";
import { homeText } from "@/features/home/strings";
import { formatTime } from "@/i18n/format";

/** The list. */
export function Today({ planned }: { planned: readonly Occurrence[] }) {
  const text = homeText();
  return (
    <section aria-labelledby="today">
      <div class="home-head">
        <h2 id="today" class="section-title">
          {text.today}
        </h2>
        <a class="home-link" href="/schedule">
          {text.openSchedule}
        </a>
      </div>
      <ul class="card home-card">
        {planned.map((one) => (
          <Row key={`${one.meeting_id} ${one.recurrence}`} planned={one} />
        ))}
      </ul>
    </section>
  );
}

function Row({ planned }: { planned: Occurrence }) {
  const text = homeText();
  const { accepted, needs_action } = planned.answers;
  const answers = text.answers(accepted, needs_action);
  return (
    <li class="home-room">
      <span class="home-times">
        <strong>{formatTime(new Date(planned.starts_at))}</strong>
        <span class="home-until">{` – ${formatTime(new Date(planned.ends_at))}`}</span>
      </span>
      <span class="home-room-words">
        <a
          class="home-title"
          href={`/schedule/${planned.meeting_id}?${new URLSearchParams({ at: planned.recurrence })}`}
          dir="auto"
        >
          {planned.title}
        </a>
        {answers !== "" && <span>{answers}</span>}
      </span>
      <a
        class="button button-soft button-small"
        href={`/${planned.room_code}`}
        aria-label={text.enterRoom(planned.title)}
      >
        {text.enter}
      </a>
    </li>
  );
}
