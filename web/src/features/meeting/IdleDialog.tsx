/** Asks one who is alone whether they are still there. */
import { formatNumber } from "@/i18n/format";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import type { Idle } from "./idle";
import { presenceText } from "./presence-strings";

interface IdleDialogProps {
  idle: Idle;
  onLeave: () => void;
}

/** Any sign of life closes it; so does the button, for who wants one. */
export function IdleDialog({ idle, onLeave }: IdleDialogProps) {
  const t = presenceText();
  const seconds = idle.secondsLeft.value;
  if (seconds === undefined) {
    return null;
  }
  return (
    <Dialog
      title={t.stillThere}
      onClose={() => idle.stir()}
      actions={
        <>
          <Button onClick={onLeave}>{t.leaveNow}</Button>
          <Button kind="primary" onClick={() => idle.stir()}>
            {t.stay}
          </Button>
        </>
      }
    >
      <p class="dialog-line" aria-live="off">
        {t.leavingIn(formatNumber(seconds))}
      </p>
    </Dialog>
  );
}
