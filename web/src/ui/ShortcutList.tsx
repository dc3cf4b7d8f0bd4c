/** All keys of a meeting, each to be changed; and the switch that turns single keys off. */
import { useState } from "preact/hooks";
import { writtenShortcut } from "@/lib/shortcut";
import {
  hasSingleKeys,
  isUsable,
  KEY_NAMES,
  type KeyName,
  shortcutKeys,
} from "@/lib/shortcut-keys";
import { Button } from "@/ui/Button";
import { shortcutText } from "@/ui/shortcut-strings";
import "@/ui/shortcuts.css";

function Key({ children }: { children: string }) {
  return <kbd class="key">{children}</kbd>;
}

/** Keys that act whatever is chosen. */
function fixedKeys(name: KeyName): string[] {
  const fixed: Partial<Record<KeyName, string>> = {
    microphone: writtenShortcut("D"),
    camera: writtenShortcut("E"),
    talk: shortcutText().space,
  };
  const key = fixed[name];
  return key === undefined ? [] : [key];
}

/** What a press means for the key that is being chosen: how it ended, and what to say; undefined to go on waiting. */
function choose(name: KeyName, key: string): string | undefined {
  const t = shortcutText();
  if (key === "Escape" || key === "Tab") {
    return "";
  }
  if (key === "Backspace" || key === "Delete") {
    shortcutKeys.assign(name, "");
    return t.isFree(t.names[name]);
  }
  if (!isUsable(key)) {
    // Shift and its like are pressed on the way to another key.
    return ["Shift", "Control", "Alt", "Meta", "AltGraph"].includes(key) ? undefined : t.unusable;
  }
  const owner = shortcutKeys.assign(name, key);
  return owner === undefined
    ? t.isNow(t.names[name], key.toUpperCase())
    : t.taken(key.toUpperCase(), t.names[owner]);
}

interface RowProps {
  name: KeyName;
  isAsking: boolean;
  onAsk: (isAsking: boolean) => void;
  onSaid: (text: string) => void;
}

function Row({ name, isAsking, onAsk, onSaid }: RowProps) {
  const t = shortcutText();
  const key = shortcutKeys.now.value[name];
  const shown = key === "" ? t.none : key.toUpperCase();
  const onKey = (event: KeyboardEvent): void => {
    if (!isAsking) {
      return;
    }
    if (event.key !== "Tab") {
      event.preventDefault();
    }
    event.stopPropagation();
    const said = choose(name, event.key);
    if (said !== undefined) {
      onAsk(false);
      onSaid(said);
    }
  };
  return (
    <div class="shortcut">
      <dt>{t.names[name]}</dt>
      <dd>
        {fixedKeys(name).map((fixed) => (
          <Key key={fixed}>{fixed}</Key>
        ))}
        <button
          type="button"
          class="key shortcut-key"
          aria-label={t.change(t.names[name], isAsking ? t.press : shown)}
          aria-pressed={isAsking}
          onClick={() => onAsk(!isAsking)}
          onKeyDown={onKey}
          onBlur={() => isAsking && onAsk(false)}
        >
          {isAsking ? t.press : shown}
        </button>
      </dd>
    </div>
  );
}

/** The list. */
export function ShortcutList() {
  const t = shortcutText();
  const [asking, setAsking] = useState<KeyName>();
  const [said, setSaid] = useState("");
  return (
    <div>
      <dl class="shortcuts">
        {KEY_NAMES.map((name) => (
          <Row
            key={name}
            name={name}
            isAsking={asking === name}
            onAsk={(isAsking) => {
              setAsking(isAsking ? name : undefined);
              setSaid("");
            }}
            onSaid={setSaid}
          />
        ))}
        <div class="shortcut">
          <dt>{t.tileTools}</dt>
          <dd>
            <Key>F2</Key>
          </dd>
        </div>
      </dl>
      <p class="shortcut-said" role="status">
        {asking === undefined ? said : t.pressLine}
      </p>
      {!shortcutKeys.areDefault && (
        <Button
          kind="quiet"
          size="small"
          onClick={() => {
            shortcutKeys.reset();
            setSaid(t.wasReset);
          }}
        >
          {t.reset}
        </Button>
      )}
      <label class="shortcut-switch">
        <input
          type="checkbox"
          checked={hasSingleKeys.isOn}
          onChange={(event) => hasSingleKeys.turn(event.currentTarget.checked)}
        />
        <span>
          {t.single}
          <span class="field-hint block">{t.singleHint}</span>
        </span>
      </label>
    </div>
  );
}
