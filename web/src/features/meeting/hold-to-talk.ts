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

export interface Talking {
  /** Whether the microphone is off and may be turned on. */
  mayTalk: () => boolean;
  onTalk: (isTalking: boolean) => void;
}

/** One hold of the space bar, from press to release. */
export class HoldToTalk {
  private readonly talking: Talking;
  private isHeld = false;

  constructor(talking: Talking) {
    this.talking = talking;
  }

  /** True when the press begins or continues to talk, and means nothing else. */
  press(key: { code: string; repeat: boolean }, focused: Element | null): boolean {
    if (key.code !== "Space" || !isFreeOfKeys(focused)) {
      return false;
    }
    if (!(this.isHeld || key.repeat) && this.talking.mayTalk()) {
      this.isHeld = true;
      this.talking.onTalk(true);
    }
    return this.isHeld;
  }

  /** Ends it: the key is up, or the window is gone. */
  release(): void {
    if (this.isHeld) {
      this.isHeld = false;
      this.talking.onTalk(false);
    }
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
    const onUp = (event: KeyboardEvent): void => {
      if (event.code === "Space") {
        hold.release();
      }
    };
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
