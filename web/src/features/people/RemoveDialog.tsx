/** Asks before someone is removed, and says when it did not work. */
import { useState } from "preact/hooks";
import { callName } from "@/lib/person";
import type { ParticipantView } from "@/media/participants";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { peopleText } from "./strings";

interface RemoveDialogProps {
  participant: ParticipantView;
  onRemove: () => Promise<void>;
  onClose: () => void;
}

/** Closes by itself once the person is out. */
export function RemoveDialog({ participant, onRemove, onClose }: RemoveDialogProps) {
  const t = peopleText();
  const [state, setState] = useState<"asking" | "removing" | "failed">("asking");
  const remove = () => {
    setState("removing");
    onRemove().then(onClose, () => setState("failed"));
  };
  return (
    <Dialog
      title={t.removeAsk(callName(participant.name))}
      onClose={onClose}
      actions={
        <>
          <Button kind="plain" onClick={onClose}>
            {t.back}
          </Button>
          <Button kind="danger" busy={state === "removing" && t.removing} onClick={remove}>
            {t.remove}
          </Button>
        </>
      }
    >
      <p class="dialog-line">{t.removeLine}</p>
      {state === "failed" && (
        <p class="field-error" role="alert">
          {t.removeFailed}
        </p>
      )}
    </Dialog>
  );
}
