/** Changes to messages that are kept: words, signs, and taking them back. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { ApiError } from "@/api/client";
import { explainFailure } from "@/api/failure-text";
import type { MessageStore } from "@/api/messages";
import type { History } from "./history";
import type { MessageLog } from "./log";
import { type ChatMessage, withOwnReaction } from "./messages";

/** Asks the server for them, and says why one was refused. */
export class Changes {
  private readonly store: MessageStore;
  private readonly log: MessageLog;
  private readonly past: History;
  private readonly currentRefusal = signal<string | undefined>(undefined);

  constructor(store: MessageStore, log: MessageLog, past: History) {
    this.store = store;
    this.log = log;
    this.past = past;
  }

  /** Why the last change to a message was refused. */
  get refusal(): ReadonlySignal<string | undefined> {
    return this.currentRefusal;
  }

  /** Takes a message back, also those of others when one moderates. */
  remove(message: ChatMessage): Promise<void> {
    return this.change(message, async (id) => {
      await this.store.remove(id);
      this.log.mark(message.id, { text: "", isDeleted: true, reactions: [] });
    });
  }

  /** Gives a sign, or takes it back. */
  react(message: ChatMessage, emoji: string, isOn: boolean): Promise<void> {
    const show = (isGiven: boolean) =>
      this.log.update(message.id, (known) => ({
        ...known,
        reactions: withOwnReaction(known.reactions, emoji, isGiven),
      }));
    // Shown at once: what is told live counts signs, but does not say whose they are.
    show(isOn);
    return this.change(message, (id) =>
      this.store.react(id, emoji, isOn).catch((error) => {
        show(!isOn);
        throw error;
      }),
    );
  }

  /** Words an own message anew. */
  edit(message: ChatMessage, text: string): Promise<void> {
    return this.change(message, async (id) => {
      const stored = await this.store.edit(id, text);
      const { message: worded, version } = stored;
      this.log.mark(message.id, { text: worded, version, isEdited: true });
    });
  }

  /** Asks for a change to a stored message, and keeps the sentence when it is refused. */
  private async change(message: ChatMessage, act: (id: string) => Promise<void>): Promise<void> {
    this.currentRefusal.value = undefined;
    try {
      const id = message.storedId ?? (await this.storedIdOf(message));
      if (id !== undefined) {
        await act(id);
      }
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
      this.currentRefusal.value = explainFailure(error);
    }
  }

  /** What arrived live is known by its stream until the list is read again. */
  private async storedIdOf({ streamId }: ChatMessage): Promise<string | undefined> {
    await this.past.catchUp();
    return streamId === undefined ? undefined : this.log.find(streamId)?.storedId;
  }
}
