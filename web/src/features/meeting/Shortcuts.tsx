/** The list of keys, and the switch that turns single letters off. */
import { signal } from "@preact/signals";
import { writtenShortcut } from "@/lib/shortcut";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { meetingText } from "./strings";

const STORED = "jumpa.single-keys";

function readStored(): boolean {
  try {
    return localStorage.getItem(STORED) !== "off";
  } catch {
    return true;
  }
}

/** Whether single letters act; kept in this browser. */
export const hasSingleKeys = signal(readStored());

function setSingleKeys(isOn: boolean): void {
  hasSingleKeys.value = isOn;
  try {
    localStorage.setItem(STORED, isOn ? "on" : "off");
  } catch {
    // The choice then holds until the page is left.
  }
}

function rows(): { name: string; keys: string[] }[] {
  const t = meetingText();
  return [
    { name: t.microphone, keys: [writtenShortcut("D"), "M"] },
    { name: t.camera, keys: [writtenShortcut("E"), "V"] },
    { name: t.share, keys: ["S"] },
    { name: t.hand, keys: ["H"] },
    { name: t.chat, keys: ["C"] },
    { name: t.people, keys: ["P"] },
    { name: t.fullscreen, keys: ["F"] },
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
          checked={hasSingleKeys.value}
          onChange={(event) => setSingleKeys(event.currentTarget.checked)}
        />
        <span>
          {t.singleKeys}
          <span class="field-hint block">{t.singleKeysHint}</span>
        </span>
      </label>
    </Dialog>
  );
}
