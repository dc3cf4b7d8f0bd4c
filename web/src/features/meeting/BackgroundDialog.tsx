/** Chooses what stands behind oneself. */
import { useState } from "preact/hooks";
import { type Background, backgroundChoice, PICTURES } from "@/media/background-choice";
import type { Session } from "@/media/session";
import { BackgroundChoices } from "@/ui/BackgroundChoices";
import { Button } from "@/ui/Button";
import { backgroundText } from "@/ui/background-strings";
import { Dialog } from "@/ui/Dialog";
import { FieldNote } from "@/ui/Field";

/** The dialog; what is chosen is seen at once in the own tile. */
export function BackgroundDialog({ session, onClose }: { session: Session; onClose: () => void }) {
  const t = backgroundText();
  const [isBusy, setBusy] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const choose = async (background: Background) => {
    setBusy(true);
    setFailed(!(await session.background.choose(background)));
    setBusy(false);
  };
  const isOn = session.own.camera.state.value.isOn;
  return (
    <Dialog
      title={t.title}
      onClose={onClose}
      actions={
        <Button kind="primary" onClick={onClose}>
          {t.done}
        </Button>
      }
    >
      <p class="dialog-line" role="status">
        {isBusy ? t.loading : isOn ? t.line : t.cameraOff}
      </p>
      {hasFailed && <FieldNote id="background-failed" text={t.failed} isError />}
      <BackgroundChoices
        choices={backgroundChoice.choices}
        chosen={backgroundChoice.now.value}
        pictures={PICTURES}
        disabled={isBusy}
        onChoose={(background) => void choose(background)}
      />
    </Dialog>
  );
}
