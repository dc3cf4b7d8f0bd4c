/** What was planned just now, with the link to pass on. */

import { CopyLine } from "@/features/schedule/CopyLine";
import type { Saved as SavedMeeting } from "@/features/schedule/PlanForm";
import { scheduleText } from "@/features/schedule/strings";
import { FieldNote } from "@/ui/Field";

/** The card. */
export function Saved({ saved }: { saved: SavedMeeting }) {
  const text = scheduleText();
  const { meeting, lacksWaitingRoom } = saved;
  const { accepted, declined, needs_action, tentative } = meeting.answers;
  return (
    <section class="card schedule-saved" aria-label={meeting.title}>
      <p role="status">{text.saved(accepted + declined + needs_action + tentative)}</p>
      <a class="schedule-title" href={`/schedule/${meeting.id}`} dir="auto">
        {meeting.title}
      </a>
      <CopyLine address={meeting.url} />
      {lacksWaitingRoom && (
        <FieldNote id="saved-waiting-room" text={text.waitingRoomFailed} isError />
      )}
    </section>
  );
}
