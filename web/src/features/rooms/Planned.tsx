/** What is planned in a room. */

import { useEffect, useMemo } from "preact/hooks";
import { createLoading } from "@/api/asking";
import { roomsText } from "@/features/rooms/strings";
import { TimeRow } from "@/features/rooms/TimeRow";
import { listAhead } from "@/features/rooms/times";
import { SkeletonRows, Trouble } from "@/ui/Waiting";

export interface PlannedProps {
  code: string;
  canPlan: boolean;
}

/** The list. */
export function Planned({ code, canPlan }: PlannedProps) {
  const text = roomsText();
  const loading = useMemo(() => createLoading(() => listAhead(Date.now(), code)), [code]);
  useEffect(() => void loading.load(), [loading]);
  const loaded = loading.state.value;
  return (
    <>
      {loaded.name === "loading" && <SkeletonRows />}
      {loaded.name === "failed" && (
        <Trouble text={loaded.error} onRetry={() => void loading.load()} />
      )}
      {loaded.name === "ready" && loaded.value.length === 0 && (
        <p class="rooms-note">{text.nothingPlanned}</p>
      )}
      {loaded.name === "ready" && loaded.value.length > 0 && (
        <ul>
          {loaded.value.map((one) => (
            <TimeRow key={`${one.meeting_id} ${one.recurrence}`} planned={one} />
          ))}
        </ul>
      )}
      {canPlan && (
        <a
          class="button button-secondary justify-self-start"
          href={`/schedule?${new URLSearchParams({ new: "", room: code })}`}
        >
          {text.plan}
        </a>
      )}
    </>
  );
}
