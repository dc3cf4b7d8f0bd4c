/** Chooses how the stage is laid out, whether oneself stands on it, and the letters of all words. */
import { Columns2, LayoutGrid, LayoutPanelTop } from "lucide-preact";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Switch } from "@/ui/Switch";
import { TypefaceField } from "@/ui/TypefaceField";
import { type Layout, layoutChoice, selfView } from "./viewing";
import { viewingText } from "./viewing-strings";
import "./viewing.css";

const ICONS = { grid: LayoutGrid, speaker: LayoutPanelTop, sidebar: Columns2 };

/** The name of a layout in the language now. */
export function layoutName(layout: Layout): string {
  return viewingText()[layout];
}

function Choice({ layout }: { layout: Layout }) {
  const t = viewingText();
  const Icon = ICONS[layout];
  const hints = { grid: t.gridHint, speaker: t.speakerHint, sidebar: t.sidebarHint };
  return (
    <label class="layout-choice">
      <input
        type="radio"
        name="layout"
        checked={layoutChoice.now.value === layout}
        onChange={() => layoutChoice.choose(layout)}
      />
      <Icon size={24} strokeWidth={1.6} aria-hidden="true" />
      <span class="grow">
        {layoutName(layout)}
        <span class="field-hint block">{hints[layout]}</span>
      </span>
    </label>
  );
}

/** The dialog; what is chosen holds at once. */
export function LayoutDialog({ onClose }: { onClose: () => void }) {
  const t = viewingText();
  return (
    <Dialog
      title={t.layout}
      onClose={onClose}
      actions={
        <Button kind="primary" onClick={onClose}>
          {t.done}
        </Button>
      }
    >
      <fieldset class="layout-choices" aria-label={t.layout}>
        {layoutChoice.choices.map((layout) => (
          <Choice key={layout} layout={layout} />
        ))}
      </fieldset>
      <Switch
        label={t.selfView}
        hint={t.selfViewHint}
        isOn={selfView.isOn}
        onTurn={(isOn) => selfView.turn(isOn)}
      />
      <TypefaceField />
    </Dialog>
  );
}
