/** What one has on the day of a meeting that is planned, with that meeting among it. */

import { useEffect, useMemo } from "preact/hooks";
import { createLoading } from "@/api/asking";
import { listMeetings } from "@/api/meetings";
import { type Draft, faultsOf, firstShown, timesOf } from "@/features/schedule/draft";
import { scheduleText } from "@/features/schedule/strings";
import { formatTime, formatWeekday } from "@/i18n/format";
import { classes } from "@/lib/class";
import { momentOf } from "@/lib/wall-time";
import { SkeletonRows, Trouble } from "@/ui/Waiting";

const DAY_MS = 86_400_000;

interface Entry {
  key: string;
  title: string;
  starts: Date;
  ends: Date;
  isDraft: boolean;
}

export interface DayProps {
  draft: Draft;
  /** The meeting that is changed, which stands there as it is typed. */
  except?: string | undefined;
}

/** The card; nothing where no day is chosen. */
export function Day({ draft, except }: DayProps) {
  const text = scheduleText();
  const { day, zone } = draft;
  const loading = useMemo(() => {
    const from = day === "" ? undefined : momentOf(`${day}T00:00:00`, zone);
    return createLoading(async () =>
      from === undefined
        ? []
        : (await listMeetings({ from, until: new Date(from.getTime() + DAY_MS) })).items,
    );
  }, [day, zone]);
  useEffect(() => void loading.load(), [loading]);
  const loaded = loading.state.value;
  if (day === "") {
    return null;
  }
  const others: Entry[] =
    loaded.name === "ready"
      ? loaded.value
          .filter((one) => one.meeting_id !== except)
          .map((one) => ({
            key: `${one.meeting_id} ${one.recurrence}`,
            title: one.title,
            starts: new Date(one.starts_at),
            ends: new Date(one.ends_at),
            isDraft: false,
          }))
      : [];
  const entries = [...others, ...own(draft)].sort(
    (one, other) => one.starts.getTime() - other.starts.getTime(),
  );
  return (
    <section class="card schedule-day-card" aria-labelledby="plan-day">
      <h2 id="plan-day" class="schedule-day-title">
        {text.ownDay(formatWeekday(firstShown(draft)))}
      </h2>
      {loaded.name === "loading" && <SkeletonRows count={1} />}
      {loaded.name === "failed" && (
        <Trouble text={loaded.error} onRetry={() => void loading.load()} />
      )}
      <ol>
        {entries.map((one) => (
          <li key={one.key} class={classes("schedule-slot", one.isDraft && "schedule-slot-own")}>
            <span>{`${formatTime(one.starts, zone)} – ${formatTime(one.ends, zone)}`}</span>
            <strong dir="auto">{one.title}</strong>
          </li>
        ))}
      </ol>
    </section>
  );
}

function own(draft: Draft): Entry[] {
  if (faultsOf({ ...draft, title: "-" }).length > 0) {
    return [];
  }
  const { start, end } = timesOf(draft);
  const [starts, ends] = [momentOf(`${start}:00`, draft.zone), momentOf(`${end}:00`, draft.zone)];
  const title = draft.title.trim() === "" ? scheduleText().untitled : draft.title.trim();
  return starts === undefined || ends === undefined
    ? []
    : [{ key: "draft", title, starts, ends, isDraft: true }];
}
