/** The page of what is planned: what comes, and a form for more. */

import "@/features/schedule/schedule.css";
import "@/features/schedule/plan.css";
import { CalendarPlus } from "lucide-preact";
import { useMemo, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { listMeetings } from "@/api/meetings";
import { createPaging } from "@/api/paging";
import { Agenda } from "@/features/schedule/Agenda";
import { Calendars } from "@/features/schedule/Calendars";
import { Groups } from "@/features/schedule/Groups";
import { MeetingPage } from "@/features/schedule/MeetingPage";
import { PlanForm, type Saved as SavedMeeting } from "@/features/schedule/PlanForm";
import { Saved } from "@/features/schedule/Saved";
import { scheduleText } from "@/features/schedule/strings";
import { Button } from "@/ui/Button";
import { usePage } from "@/ui/page";

const DAYS_AHEAD = 60;
const DAY_MS = 86_400_000;
// What has begun is still to be entered.
const RUNNING_MS = 3 * 3_600_000;

/** The page; with an id it is that of one meeting. */
export function Schedule({ meeting }: { meeting?: string | undefined }) {
  const { query } = useLocation();
  const at = query["at"];
  if (meeting !== undefined) {
    return <MeetingPage key={`${meeting} ${at}`} id={meeting} at={at} />;
  }
  return <Planning room={query["room"]} isNew={query["new"] !== undefined} />;
}

/** The list, or the form: an address may ask for the form, and for a room. */
function Planning({ room, isNew }: { room: string | undefined; isNew: boolean }) {
  const { route } = useLocation();
  const [isPlanning, setPlanning] = useState(isNew);
  const [planned, setPlanned] = useState<SavedMeeting | undefined>();
  const finish = () => {
    setPlanning(false);
    if (isNew) {
      // Loaded again, or shared, the address is that of the list.
      route("/schedule", true);
    }
  };
  if (isPlanning) {
    const save = (saved: SavedMeeting) => {
      setPlanned(saved);
      finish();
    };
    return <PlanForm room={room ?? ""} onSaved={save} onDiscard={finish} />;
  }
  return <Coming planned={planned} onPlan={() => setPlanning(true)} />;
}

interface ComingProps {
  planned: SavedMeeting | undefined;
  onPlan: () => void;
}

function Coming({ planned, onPlan }: ComingProps) {
  const text = scheduleText();
  const heading = usePage(text.title);
  const list = useMemo(() => {
    const now = Date.now();
    const [from, until] = [new Date(now - RUNNING_MS), new Date(now + DAYS_AHEAD * DAY_MS)];
    return createPaging((cursor) => listMeetings({ from, until, cursor }));
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
      {planned !== undefined && <Saved saved={planned} />}
      <Agenda list={list} />
      <Groups />
      <Calendars />
    </>
  );
}
