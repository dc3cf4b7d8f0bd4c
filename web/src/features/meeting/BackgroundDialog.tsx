/** Chooses what stands behind oneself. */
import { Ban, CircleDot, CircleDotDashed } from "lucide-preact";
import { useState } from "preact/hooks";
import { type Background, backgroundChoice, PICTURES } from "@/media/background-switch";
import type { Session } from "@/media/session";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { FieldNote } from "@/ui/Field";
import { backgroundText } from "./background-strings";
import "./background.css";

const ICON = { size: 24, strokeWidth: 1.6, "aria-hidden": "true" } as const;

function Face({ background }: { background: Background }) {
  switch (background) {
    case "none":
      return <Ban {...ICON} />;
    case "soft":
      return <CircleDotDashed {...ICON} />;
    case "strong":
      return <CircleDot {...ICON} />;
    default:
      return <img class="background-picture" src={PICTURES[background]} alt="" />;
  }
}

interface ChoiceProps {
  background: Background;
  disabled: boolean;
  onChoose: () => void;
}

function Choice({ background, disabled, onChoose }: ChoiceProps) {
  return (
    <label class="background-choice">
      <input
        class="sr-only"
        type="radio"
        name="background"
        checked={backgroundChoice.now.value === background}
        disabled={disabled}
        onChange={onChoose}
      />
      <span class="background-face">
        <Face background={background} />
      </span>
      {backgroundText().names[background]}
    </label>
  );
}

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
      <fieldset class="background-choices" aria-label={t.title}>
        {backgroundChoice.choices.map((background) => (
          <Choice
            key={background}
            background={background}
            disabled={isBusy}
            onChoose={() => void choose(background)}
          />
        ))}
      </fieldset>
    </Dialog>
  );
}
