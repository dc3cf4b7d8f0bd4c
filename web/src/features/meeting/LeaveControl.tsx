/** Leaving: at once for guests, with a question for the host. */
import { Phone } from "lucide-preact";
import { useState } from "preact/hooks";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { meetingText } from "./strings";

interface LeaveControlProps {
  onLeave: () => void;
  /** Ends the meeting for everyone; absent for guests. Rejects when the server refused. */
  onEnd?: (() => Promise<void>) | undefined;
  /** How many others are inside. */
  others: number;
}

interface EndDialogProps {
  onEnd: () => Promise<void>;
  onLeave: () => void;
  onClose: () => void;
  others: number;
}

function EndDialog({ onEnd, onLeave, onClose, others }: EndDialogProps) {
  const t = meetingText();
  const [state, setState] = useState<"asking" | "ending" | "failed">("asking");
  const end = () => {
    setState("ending");
    onEnd().catch(() => setState("failed"));
  };
  return (
    <Dialog
      title={t.endTitle}
      onClose={onClose}
      actions={
        <>
          <Button kind="plain" onClick={onClose}>
            {t.back}
          </Button>
          <Button kind="secondary" onClick={onLeave}>
            {t.endMe}
          </Button>
          <Button kind="danger" busy={state === "ending" && t.ending} onClick={end}>
            {t.endAll}
          </Button>
        </>
      }
    >
      <p class="dialog-line">{t.endLine(others)}</p>
      {state === "failed" && (
        <p class="field-error" role="alert">
          {t.endFailed}
        </p>
      )}
    </Dialog>
  );
}

/** The red button. */
export function LeaveControl({ onLeave, onEnd, others }: LeaveControlProps) {
  const t = meetingText();
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <button
        type="button"
        class="bar-leave"
        aria-label={t.leave}
        data-tip={t.leave}
        onClick={() => (onEnd === undefined ? onLeave() : setAsking(true))}
      >
        <Phone class="hang-up" size={20} strokeWidth={1.75} aria-hidden="true" />
      </button>
      {isAsking && onEnd !== undefined && (
        <EndDialog
          onEnd={onEnd}
          onLeave={onLeave}
          onClose={() => setAsking(false)}
          others={others}
        />
      )}
    </>
  );
}
