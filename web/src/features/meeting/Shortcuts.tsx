/** The list of keys, and the switch that turns single letters off. */
import { KeptSwitch } from "@/lib/kept-choice";
import { writtenShortcut } from "@/lib/shortcut";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { soundText } from "./sound-strings";
import { meetingText } from "./strings";
import { viewingText } from "./viewing-strings";

/** Whether single letters act; kept in this browser. */
export const hasSingleKeys = new KeptSwitch("jumpa.single-keys", "on");

function rows(): { name: string; keys: string[] }[] {
  const t = meetingText();
  return [
    { name: t.microphone, keys: [writtenShortcut("D"), "M"] },
    { name: soundText().hold, keys: [soundText().space] },
    { name: t.camera, keys: [writtenShortcut("E"), "V"] },
    { name: t.share, keys: ["S"] },
    { name: t.hand, keys: ["H"] },
    { name: t.chat, keys: ["C"] },
    { name: t.people, keys: ["P"] },
    { name: viewingText().layout, keys: ["W"] },
    { name: t.fullscreen, keys: ["F"] },
    { name: t.tileTools, keys: ["F2"] },
    { name: t.shortcuts, keys: ["?"] },
  ];
}

/** A dialog with all shortcuts. */
export function Shortcuts({ onClose }: { onClose: () => void }) {
  const t = meetingText();
  return (
    <Dialog
      title={t.shortcuts}
      onClose={onClose}
      actions={
        <Button kind="primary" onClick={onClose}>
          {t.close}
        </Button>
      }
    >
      <dl class="shortcuts">
        {rows().map((row) => (
          <div key={row.name} class="shortcut">
            <dt>{row.name}</dt>
            <dd>
              {row.keys.map((key) => (
                <kbd key={key} class="key">
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <label class="shortcut-switch">
        <input
          type="checkbox"
          checked={hasSingleKeys.isOn}
          onChange={(event) => hasSingleKeys.turn(event.currentTarget.checked)}
        />
        <span>
          {t.singleKeys}
          <span class="field-hint block">{t.singleKeysHint}</span>
        </span>
      </label>
    </Dialog>
  );
}
