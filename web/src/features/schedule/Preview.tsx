/** How the invitation will look, what stands in its way, and what else is on that day. */

import { useEffect, useMemo, useState } from "preact/hooks";
import { listConflicts, type Occurrence } from "@/api/meetings";
import { Day } from "@/features/schedule/Day";
import { type Draft, faultsOf, firstShown, timesOf } from "@/features/schedule/draft";
import { repeatWords } from "@/features/schedule/repeat-words";
import { scheduleText } from "@/features/schedule/strings";
import { formatDay, formatMoment, formatTime } from "@/i18n/format";
import { browserTimers } from "@/lib/timers";

const TYPING_MS = 400;
const MOST_SHOWN = 3;

export interface PreviewProps {
  draft: Draft;
  /** How many are invited; left out where that is not asked here. */
  invited?: number;
  /** The meeting that is changed, which is in nobody's way. */
  except?: string;
}

/** The cards at the side. */
export function Preview({ draft, invited, except }: PreviewProps) {
  const text = scheduleText();
  const title = draft.title.trim();
  const conflicts = useConflicts(draft).filter((one) => one.meeting_id !== except);
  return (
    <aside class="schedule-preview" aria-label={text.preview}>
      <div class="card schedule-ticket">
        <div class="schedule-moment">
          {draft.day !== "" && <span>{formatDay(firstShown(draft), "UTC")}</span>}
          <strong>{`${clock(draft.start)} – ${clock(draft.end)}`}</strong>
        </div>
        <div class="schedule-about">
          <strong dir="auto">{title === "" ? text.untitled : title}</strong>
          {invited !== undefined && <span>{text.inviting(invited)}</span>}
          {draft.repetition.repeat !== "once" && draft.day !== "" && (
            <span>{repeatWords(draft.repetition, draft.day)}</span>
          )}
        </div>
      </div>
      <div role="status">
        {conflicts.slice(0, MOST_SHOWN).map((one) => (
          <p key={`${one.meeting_id} ${one.recurrence}`} class="schedule-note">
            {text.conflict(one.title, formatMoment(new Date(one.starts_at)))}
          </p>
        ))}
      </div>
      <Day draft={draft} except={except} />
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
