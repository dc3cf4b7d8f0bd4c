/** One time of a meeting in a list of a room: its day large, then what and when. */

import type { Occurrence } from "@/api/meetings";
import { formatDate, formatDateOf, formatShortWeekday, formatTimeWithZone } from "@/i18n/format";

/** The row, which leads to the meeting. */
export function TimeRow({ planned }: { planned: Occurrence }) {
  const starts = new Date(planned.starts_at);
  const address = new URLSearchParams({ at: planned.recurrence });
  return (
    <li class="rooms-time">
      <span class="rooms-date">
        <span>{formatShortWeekday(starts)}</span>
        <strong>{formatDateOf(starts)}</strong>
      </span>
      <span class="rooms-words">
        <a class="rooms-title" href={`/schedule/${planned.meeting_id}?${address}`} dir="auto">
          {planned.title}
        </a>
        <span>{`${formatDate(starts)}, ${formatTimeWithZone(starts)}`}</span>
      </span>
    </li>
  );
}
