/** Talking while the space bar is held, for those who are muted. */
import { useEffect } from "preact/hooks";

/** What may be held: nothing that a press of the space bar would itself press or type into. */
export function isFreeOfKeys(element: Element | null): boolean {
  return (
    element?.closest(
      "button, a, input, textarea, select, summary, dialog, [contenteditable], [role=menu], [tabindex='0']",
    ) == null
  );
}

/** What may be held while a button has focus, but not while somebody types. */
function isFreeOfTyping(element: Element | null): boolean {
  return (
    element?.closest("input, textarea, select, [contenteditable], [role=menu], dialog") == null
  );
}

export interface Talking {
  /** Another key than the space bar, for those whose screen reader needs that one; empty when none. */
  otherKey?: () => string;
  /** Whether the microphone is off and may be turned on. */
  mayTalk: () => boolean;
  onTalk: (isTalking: boolean) => void;
}

type HeldKey = Pick<KeyboardEvent, "code" | "repeat"> & { key?: string };

/** One hold of a key, from press to release. */
export class HoldToTalk {
  private readonly talking: Talking;
  private isHeld = false;
  private heldBy = "";

  constructor(talking: Talking) {
    this.talking = talking;
  }

  /** True when the press begins or continues to talk, and means nothing else. */
  press(key: HeldKey, focused: Element | null): boolean {
    const isOther = this.isOther(key) && isFreeOfTyping(focused);
    if (!(isOther || (key.code === "Space" && isFreeOfKeys(focused)))) {
      return false;
    }
    if (!(this.isHeld || key.repeat) && this.talking.mayTalk()) {
      this.isHeld = true;
      this.heldBy = key.code;
      this.talking.onTalk(true);
    }
    return this.isHeld;
  }

  /** Ends it: the key is up, or, without one, the window is gone. */
  release(code?: string): void {
    if (this.isHeld && (code === undefined || code === this.heldBy)) {
      this.isHeld = false;
      this.talking.onTalk(false);
    }
  }

  private isOther({ key }: HeldKey): boolean {
    const other = this.talking.otherKey?.() ?? "";
    return other !== "" && key?.toLowerCase() === other;
  }
}

/** Listens for as long as the meeting is on the screen. */
export function useHoldToTalk(talking: Talking): void {
  useEffect(() => {
    const hold = new HoldToTalk(talking);
    const onDown = (event: KeyboardEvent): void => {
      const { ctrlKey, metaKey, altKey, shiftKey } = event;
      const isPlain = !(ctrlKey || metaKey || altKey || shiftKey);
      if (isPlain && hold.press(event, document.activeElement)) {
        event.preventDefault();
      }
    };
    const onUp = (event: KeyboardEvent): void => hold.release(event.code);
    const onGone = (): void => hold.release();
    document.addEventListener("keydown", onDown);
    document.addEventListener("keyup", onUp);
    window.addEventListener("blur", onGone);
    return () => {
      hold.release();
      document.removeEventListener("keydown", onDown);
      document.removeEventListener("keyup", onUp);
      window.removeEventListener("blur", onGone);
    };
    // The functions read the moment themselves.
  }, []);
}
