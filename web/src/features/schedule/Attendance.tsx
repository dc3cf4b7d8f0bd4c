/** Who was at one time of a meeting, and how long in all. */

import "@/ui/table.css";
import { useEffect, useMemo } from "preact/hooks";
import { createAsking, createLoading } from "@/api/asking";
import { type Attended, fetchAttendance, listAttendance } from "@/api/meetings";
import { meetingText } from "@/features/schedule/meeting-strings";
import { formatNumber, formatTime } from "@/i18n/format";
import { saveFile } from "@/lib/save-file";
import { Button } from "@/ui/Button";
import { FieldNote } from "@/ui/Field";
import { SkeletonRows, Trouble } from "@/ui/Waiting";

const MINUTE_S = 60;

export interface AttendanceProps {
  meeting: string;
  at: string;
}

/** The card. */
export function Attendance({ meeting, at }: AttendanceProps) {
  const text = meetingText();
  const loading = useMemo(() => createLoading(() => listAttendance(meeting, at)), [meeting, at]);
  const saving = useMemo(createAsking, []);
  useEffect(() => void loading.load(), [loading]);
  const loaded = loading.state.value;
  const save = () =>
    saving.run(async () =>
      saveFile(await fetchAttendance(meeting, at), `attendance-${at.slice(0, 10)}.csv`),
    );
  const error = saving.error.value;
  return (
    <section class="card schedule-card" aria-labelledby="attendance">
      <div class="schedule-head">
        <h2 id="attendance" class="section-title grow">
          {text.attendance}
        </h2>
        <Button kind="plain" size="small" onClick={() => void loading.load()}>
          {text.reload}
        </Button>
        {loaded.name === "ready" && loaded.value.length > 0 && (
          <Button
            size="small"
            busy={saving.isBusy.value && text.downloading}
            onClick={() => void save()}
          >
            {text.download}
          </Button>
        )}
      </div>
      {error !== undefined && <FieldNote id="attendance-error" text={error} isError />}
      {loaded.name === "loading" && <SkeletonRows />}
      {loaded.name === "failed" && (
        <Trouble text={loaded.error} onRetry={() => void loading.load()} />
      )}
      {loaded.name === "ready" &&
        (loaded.value.length === 0 ? (
          <p class="schedule-note">{text.noAttendance}</p>
        ) : (
          <Rows attended={loaded.value} />
        ))}
    </section>
  );
}

function Rows({ attended }: { attended: readonly Attended[] }) {
  const text = meetingText();
  return (
    <>
      <table class="data-table">
        <thead>
          <tr>
            <th scope="col">{text.person}</th>
            <th scope="col">{text.came}</th>
            <th scope="col">{text.left}</th>
            <th scope="col" class="schedule-count">
              {text.visits}
            </th>
            <th scope="col" class="schedule-count">
              {text.minutes}
            </th>
          </tr>
        </thead>
        <tbody>
          {attended.map((one) => (
            <tr key={`${one.user_id ?? ""} ${one.name} ${one.first_at}`}>
              <th scope="row" dir="auto">
                {one.name}
              </th>
              <td>{formatTime(new Date(one.first_at))}</td>
              <td>{one.is_inside ? text.inside : formatTime(new Date(one.last_at))}</td>
              <td class="schedule-count">{formatNumber(one.visits)}</td>
              <td class="schedule-count">{formatNumber(Math.round(one.present_s / MINUTE_S))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="schedule-note">{text.attendanceLine}</p>
    </>
  );
}
