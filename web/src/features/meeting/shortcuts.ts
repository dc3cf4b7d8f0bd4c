/** Keys of the meeting: Ctrl or Cmd with D and E always, single keys only while nobody types and if they are wanted. */
import type { KeyName } from "@/lib/shortcut-keys";

export type Shortcut = Exclude<KeyName, "talk"> | "tools";

export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  repeat: boolean;
  isTyping: boolean;
}

const WITH_CONTROL = new Map<string, Shortcut>([
  ["d", "microphone"],
  ["e", "camera"],
]);

/** A letter with Shift is another letter; other signs need Shift on some keyboards. */
function isLetter(key: string): boolean {
  return key.toLowerCase() !== key.toUpperCase();
}

/** The shortcut that a key press means, if any; `nameOf` says what single keys do, where they are wanted. */
export function shortcutOf(
  press: KeyPress,
  nameOf?: (key: string) => KeyName | undefined,
): Shortcut | undefined {
  if (press.repeat || press.altKey) {
    return undefined;
  }
  if (press.key === "F2") {
    return "tools";
  }
  const key = press.key.toLowerCase();
  if (press.ctrlKey !== press.metaKey) {
    return press.shiftKey ? undefined : WITH_CONTROL.get(key);
  }
  const isPlain = !(press.ctrlKey || press.isTyping) && !(press.shiftKey && isLetter(key));
  const name = isPlain ? nameOf?.(key) : undefined;
  // Talking is a key that is held.
  return name === "talk" ? undefined : name;
}

/** Whether the focused element takes text or uses letters itself. */
export function isTypingIn(element: Element | null): boolean {
  return (
    element?.closest("input, textarea, select, [contenteditable], [role=menu], [role=listbox]") !=
    null
  );
}
