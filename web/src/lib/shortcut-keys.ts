/** The single keys of a meeting: which key does what, as this browser remembers it. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { KeptSwitch } from "@/lib/kept-choice";
import { forBrowser, keep, readKept } from "@/lib/storage";

const DEFAULTS = {
  microphone: "m",
  talk: "",
  camera: "v",
  share: "s",
  hand: "h",
  reactions: "e",
  chat: "c",
  people: "p",
  layout: "w",
  fullscreen: "f",
  help: "?",
};

/** What has a key of its own; `talk` is held, and has none at first beside the space bar. */
export type KeyName = keyof typeof DEFAULTS;
/** Keys by what they do; empty where there is none. */
type Keys = Readonly<Record<KeyName, string>>;

export const KEY_NAMES = Object.keys(DEFAULTS) as KeyName[];
const KEPT = "jumpa.keys";

/** Whether single keys act at all (WCAG 2.1.4). */
export const hasSingleKeys = new KeptSwitch("jumpa.single-keys", "on");

/** One visible sign; the space bar presses buttons and holds the microphone open. */
export function isUsable(key: string): boolean {
  return [...key].length === 1 && key.trim() !== "";
}

function readKeys(): Keys {
  try {
    const kept: unknown = JSON.parse(readKept(forBrowser, KEPT) ?? "{}");
    const chosen: Partial<Keys> = Object.fromEntries(
      KEY_NAMES.flatMap((name) => {
        const key: unknown = Reflect.get(Object(kept), name);
        const isKey = typeof key === "string" && (key === "" || isUsable(key));
        return isKey ? [[name, key.toLowerCase()]] : [];
      }),
    );
    const used = Object.values(chosen).filter((key) => key !== "");
    // What has a key of its own only since then does not take one that somebody chose before.
    const free = KEY_NAMES.map((name) => [
      name,
      used.includes(DEFAULTS[name]) ? "" : DEFAULTS[name],
    ]);
    return new Set(used).size === used.length
      ? { ...(Object.fromEntries(free) as Keys), ...chosen }
      : DEFAULTS;
  } catch {
    return DEFAULTS;
  }
}

/** Who does what by which key. */
export class ShortcutKeys {
  private readonly current = signal<Keys>(readKeys());

  get now(): ReadonlySignal<Keys> {
    return this.current;
  }

  get areDefault(): boolean {
    const keys = this.current.value;
    return KEY_NAMES.every((name) => keys[name] === DEFAULTS[name]);
  }

  /** What a key does, if anything. */
  nameOf(key: string): KeyName | undefined {
    const wanted = key.toLowerCase();
    const keys = this.current.value;
    return wanted === "" ? undefined : KEY_NAMES.find((name) => keys[name] === wanted);
  }

  /** Gives a key, or takes it away when empty; answers who has it already, and then changes nothing. */
  assign(name: KeyName, key: string): KeyName | undefined {
    const owner = this.nameOf(key);
    if (owner !== undefined && owner !== name) {
      return owner;
    }
    this.change({ ...this.current.peek(), [name]: key.toLowerCase() });
    return undefined;
  }

  reset(): void {
    this.change(DEFAULTS);
  }

  private change(keys: Keys): void {
    this.current.value = keys;
    keep(forBrowser, KEPT, keys === DEFAULTS ? undefined : JSON.stringify(keys));
  }
}

/** Those of this browser. */
export const shortcutKeys = new ShortcutKeys();

/** The key as lists and tooltips show it; undefined where none acts. */
export function shownKey(name: KeyName): string | undefined {
  const key = hasSingleKeys.isOn ? shortcutKeys.now.value[name] : "";
  return key === "" ? undefined : key.toUpperCase();
}
