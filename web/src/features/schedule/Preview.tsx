/** How the invitation will look, and what stands in its way. */

import { useEffect, useMemo, useState } from "preact/hooks";
import { listConflicts, type Occurrence } from "@/api/meetings";
import { type Draft, faultsOf, firstShown, timesOf } from "@/features/schedule/draft";
import { scheduleText } from "@/features/schedule/strings";
import { repeatWords } from "@/features/schedule/When";
import { formatDay, formatMoment, formatTime } from "@/i18n/format";
import { browserTimers } from "@/lib/timers";

const TYPING_MS = 400;
const MOST_SHOWN = 3;

/** The card at the side. */
export function Preview({ draft }: { draft: Draft }) {
  const text = scheduleText();
  const title = draft.title.trim();
  const conflicts = useConflicts(draft);
  return (
    <aside class="schedule-preview" aria-label={text.preview}>
      <div class="card schedule-ticket">
        <div class="schedule-moment">
          {draft.day !== "" && <span>{formatDay(firstShown(draft), "UTC")}</span>}
          <strong>{`${clock(draft.start)} – ${clock(draft.end)}`}</strong>
        </div>
        <div class="schedule-about">
          <strong dir="auto">{title === "" ? text.untitled : title}</strong>
          <span>{text.inviting(draft.invited.length)}</span>
          {draft.repeat !== "once" && <span>{repeatWords(draft, draft.repeat)}</span>}
        </div>
      </div>
      <div role="status">
        {conflicts.slice(0, MOST_SHOWN).map((one) => (
          <p key={`${one.meeting_id} ${one.recurrence}`} class="schedule-note">
            {text.conflict(one.title, formatMoment(new Date(one.starts_at)))}
          </p>
        ))}
      </div>
    </aside>
  );
}

function clock(time: string): string {
  return time === "" ? "–" : formatTime(new Date(`1970-01-01T${time}:00Z`), "UTC");
}

/** What one has at the same time; asked once the typing pauses. */
function useConflicts(draft: Draft): Occurrence[] {
  const [found, setFound] = useState<Occurrence[]>([]);
  const isWhole = faultsOf({ ...draft, title: "-" }).length === 0;
  const times = isWhole ? JSON.stringify(timesOf(draft)) : "";
  const asked = useMemo(() => ({ latest: "" }), []);
  useEffect(() => {
    asked.latest = times;
    if (times === "") {
      setFound([]);
      return;
    }
    return browserTimers.after(TYPING_MS, () => {
      listConflicts(JSON.parse(times)).then(
        (conflicts) => asked.latest === times && setFound(conflicts),
        // A hint that could not be had is no reason to stop; saving says what is wrong.
        () => asked.latest === times && setFound([]),
      );
    });
  }, [times]);
  return found;
}
