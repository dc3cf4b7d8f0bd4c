/** Asks before a meeting ends for everybody, and says why it did not work. */

import { useMemo } from "preact/hooks";
import type { MeetingNow } from "@/api/administration";
import { createAsking } from "@/api/asking";
import { administrationText } from "@/features/administration/strings";
import { formatNumber } from "@/i18n/format";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { FieldNote } from "@/ui/Field";

export interface EndDialogProps {
  meeting: MeetingNow;
  end: () => Promise<void>;
  onClose: () => void;
}

/** Closes by itself once it is done. */
export function EndDialog({ meeting, end, onClose }: EndDialogProps) {
  const text = administrationText();
  const asking = useMemo(createAsking, []);
  const confirm = async () => {
    if (await asking.run(end)) {
      onClose();
    }
  };
  const error = asking.error.value;
  return (
    <Dialog
      title={text.endAsk(meeting.title || meeting.code)}
      onClose={onClose}
      actions={
        <>
          <Button kind="plain" onClick={onClose}>
            {text.back}
          </Button>
          <Button
            kind="danger"
            busy={asking.isBusy.value && text.ending}
            onClick={() => void confirm()}
          >
            {text.end}
          </Button>
        </>
      }
    >
      <p class="administration-line">{text.endLine(formatNumber(meeting.participant_count))}</p>
      {error !== undefined && <FieldNote id="end-error" text={error} isError />}
    </Dialog>
  );
}
