/** The page of what is planned: what comes, and a form for more. */

import "@/features/schedule/schedule.css";
import { CalendarPlus } from "lucide-preact";
import { useMemo, useState } from "preact/hooks";
import { listMeetings, type Meeting } from "@/api/meetings";
import { createPaging } from "@/api/paging";
import { Agenda } from "@/features/schedule/Agenda";
import { PlanForm } from "@/features/schedule/PlanForm";
import { Saved } from "@/features/schedule/Saved";
import { scheduleText } from "@/features/schedule/strings";
import { Button } from "@/ui/Button";
import { usePage } from "@/ui/page";

const DAYS_AHEAD = 60;
const DAY_MS = 86_400_000;
// What has begun is still to be entered.
const RUNNING_MS = 3 * 3_600_000;

/** The page. */
export function Schedule() {
  const [isPlanning, setPlanning] = useState(false);
  const [planned, setPlanned] = useState<Meeting | undefined>();
  if (isPlanning) {
    const save = (meeting: Meeting) => {
      setPlanned(meeting);
      setPlanning(false);
    };
    return <PlanForm onSaved={save} onDiscard={() => setPlanning(false)} />;
  }
  return <Coming planned={planned} onPlan={() => setPlanning(true)} />;
}

function Coming({ planned, onPlan }: { planned: Meeting | undefined; onPlan: () => void }) {
  const text = scheduleText();
  const heading = usePage(text.title);
  const list = useMemo(() => {
    const now = Date.now();
    const [from, until] = [new Date(now - RUNNING_MS), new Date(now + DAYS_AHEAD * DAY_MS)];
    return createPaging((cursor) => listMeetings(from, until, cursor));
  }, []);
  return (
    <>
      <div class="schedule-head">
        <h1 ref={heading} tabIndex={-1} class="page-title">
          {text.title}
        </h1>
        <Button kind="primary" onClick={onPlan}>
          <CalendarPlus size={18} strokeWidth={1.75} aria-hidden="true" />
          {text.plan}
        </Button>
      </div>
      {planned !== undefined && <Saved meeting={planned} />}
      <Agenda list={list} />
    </>
  );
}
