/** The field below the messages: what stands in it, and what it is for. */
import { type Signal, signal } from "@preact/signals";
import { type ChatMessage, LONGEST_MESSAGE } from "./messages";

export type Purpose =
  | { kind: "new" }
  | { kind: "reply"; to: ChatMessage }
  | { kind: "edit"; message: ChatMessage };

/** A draft that is kept while the panel is closed. */
export class Composer {
  readonly draft = signal("");
  readonly purpose: Signal<Purpose> = signal({ kind: "new" });

  /** Says what the field is for from now on; what was being worded anew is let go. */
  begin(purpose: Purpose): void {
    const wasEditing = this.purpose.peek().kind === "edit";
    this.purpose.value = purpose;
    if (purpose.kind === "edit") {
      this.draft.value = purpose.message.text;
    } else if (wasEditing) {
      this.draft.value = "";
    }
  }

  /** Hands out what was written and empties the field; nothing when nothing can be read in it. */
  take(): { text: string; purpose: Purpose } | undefined {
    const text = this.draft.peek().trim().slice(0, LONGEST_MESSAGE);
    if (text === "") {
      return undefined;
    }
    const purpose = this.purpose.peek();
    this.begin({ kind: "new" });
    this.draft.value = "";
    return { text, purpose };
  }
}
