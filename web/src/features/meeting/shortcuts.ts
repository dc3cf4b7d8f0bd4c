/** Keys of the meeting: Ctrl or Cmd with D and E always, single keys only while nobody types and if they are wanted. */

export type Shortcut =
  | "microphone"
  | "camera"
  | "chat"
  | "people"
  | "share"
  | "hand"
  | "fullscreen"
  | "layout"
  | "tools"
  | "help";

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

const SINGLE = new Map<string, Shortcut>([
  ["m", "microphone"],
  ["v", "camera"],
  ["c", "chat"],
  ["p", "people"],
  ["s", "share"],
  ["h", "hand"],
  ["f", "fullscreen"],
  ["w", "layout"],
  ["?", "help"],
]);

/** The shortcut that a key press means, if any. */
export function shortcutOf(press: KeyPress, hasSingleKeys: boolean): Shortcut | undefined {
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
  const isPlain = !(press.ctrlKey || press.isTyping) && (!press.shiftKey || key === "?");
  return isPlain && hasSingleKeys ? SINGLE.get(key) : undefined;
}

/** Whether the focused element takes text or uses letters itself. */
export function isTypingIn(element: Element | null): boolean {
  return (
    element?.closest("input, textarea, select, [contenteditable], [role=menu], [role=listbox]") !=
    null
  );
}
