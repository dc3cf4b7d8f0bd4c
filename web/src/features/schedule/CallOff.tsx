/** Asks before a meeting is called off: once, or with all its times. */

import { useMemo } from "preact/hooks";
import { createAsking } from "@/api/asking";
import { cancelMeeting, cancelOccurrence, type Occurrence } from "@/api/meetings";
import { scheduleText } from "@/features/schedule/strings";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { FieldNote } from "@/ui/Field";

export interface CallOffProps {
  planned: Occurrence;
  onClose: () => void;
  onDone: () => void;
}

/** The dialog. */
export function CallOff({ planned, onClose, onDone }: CallOffProps) {
  const text = scheduleText();
  const asking = useMemo(createAsking, []);
  const end = async (ended: () => Promise<void>) => {
    if (await asking.run(ended)) {
      onDone();
    }
  };
  const isBusy = asking.isBusy.value;
  const error = asking.error.value;
  return (
    <Dialog
      title={text.callOffTitle(planned.title)}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{text.keep}</Button>
          {planned.is_repeated && (
            <Button
              disabled={isBusy}
              onClick={() =>
                void end(() => cancelOccurrence(planned.meeting_id, planned.recurrence))
              }
            >
              {text.callOffThis}
            </Button>
          )}
          <Button
            kind="danger"
            busy={isBusy && text.callingOff}
            onClick={() => void end(() => cancelMeeting(planned.meeting_id))}
          >
            {planned.is_repeated ? text.callOffAll : text.callOff}
          </Button>
        </>
      }
    >
      <p class="schedule-warning">{text.callOffLine}</p>
      {error !== undefined && <FieldNote id="call-off-error" text={error} isError />}
    </Dialog>
  );
}
