/** Chooses how much of the others one receives. */
import { Gauge, Headphones, LayoutGrid } from "lucide-preact";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { networkText } from "./network-strings";
import { type DataMode, dataMode } from "./viewing";

const ICONS = { full: LayoutGrid, saving: Gauge, sound: Headphones };

function Choice({ mode }: { mode: DataMode }) {
  const t = networkText();
  const Icon = ICONS[mode];
  return (
    <label class="layout-choice">
      <input
        type="radio"
        name="data"
        checked={dataMode.now.value === mode}
        onChange={() => dataMode.choose(mode)}
      />
      <Icon size={24} strokeWidth={1.6} aria-hidden="true" />
      <span class="grow">
        {t.modes[mode]}
        <span class="field-hint block">{t.hints[mode]}</span>
      </span>
    </label>
  );
}

/** The dialog; what is chosen holds at once. */
export function DataDialog({ onClose }: { onClose: () => void }) {
  const t = networkText();
  return (
    <Dialog
      title={t.data}
      onClose={onClose}
      actions={
        <Button kind="primary" onClick={onClose}>
          {t.done}
        </Button>
      }
    >
      <fieldset class="layout-choices" aria-label={t.data}>
        {dataMode.choices.map((mode) => (
          <Choice key={mode} mode={mode} />
        ))}
      </fieldset>
    </Dialog>
  );
}
