/** Asks before a meeting is called off: once, from a time on, or with all its times. */

import { useMemo, useState } from "preact/hooks";
import { createAsking } from "@/api/asking";
import { cancelMeeting, cancelOccurrence, type Occurrence } from "@/api/meetings";
import type { EditReach } from "@/features/schedule/editing";
import { Radios } from "@/features/schedule/fields";
import { scheduleText } from "@/features/schedule/strings";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { FieldNote } from "@/ui/Field";

export interface CallOffProps {
  planned: Pick<Occurrence, "meeting_id" | "recurrence" | "title" | "is_repeated" | "part">;
  onClose: () => void;
  onDone: (reach: EditReach) => void;
}

/** The dialog. */
export function CallOff({ planned, onClose, onDone }: CallOffProps) {
  const text = scheduleText();
  const asking = useMemo(createAsking, []);
  const { meeting_id: id, recurrence, is_repeated: isRepeated } = planned;
  const [reach, setReach] = useState<EditReach>(isRepeated ? "this" : "all");
  const end = async () => {
    const isDone = await asking.run(() =>
      reach === "all" ? cancelMeeting(id) : cancelOccurrence(id, recurrence, reach),
    );
    if (isDone) {
      onDone(reach);
    }
  };
  const error = asking.error.value;
  // Only who organises a meeting ends it as a whole.
  const reaches: EditReach[] = ["this", "this_and_following"];
  const options = planned.part === "organiser" ? [...reaches, "all" as const] : reaches;
  return (
    <Dialog
      title={text.callOffTitle(planned.title)}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{text.keep}</Button>
          <Button
            kind="danger"
            busy={asking.isBusy.value && text.callingOff}
            onClick={() => void end()}
          >
            {text.callOff}
          </Button>
        </>
      }
    >
      <p class="schedule-warning">{text.callOffLine}</p>
      {isRepeated && (
        <Radios
          name="call-off"
          label={text.callOffWhat}
          value={reach}
          options={options.map((one) => [one, text.reaches[one]])}
          onValue={setReach}
        />
      )}
      {error !== undefined && <FieldNote id="call-off-error" text={error} isError />}
    </Dialog>
  );
}
