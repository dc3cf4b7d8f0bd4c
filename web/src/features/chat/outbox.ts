/** Messages on their way to the server, one after the other in the order of writing. */
import { ApiError } from "@/api/client";
import { explainFailure } from "@/api/failure-text";
import type { MessageStore, StoredMessage } from "@/api/messages";
import type { TextChannel } from "@/media/channel";
import type { History } from "./history";
import type { MessageLog } from "./log";
import { type ChatMessage, fromStored } from "./messages";

export interface OutboxParts {
  log: MessageLog;
  store: MessageStore;
  channel: TextChannel;
  history: History;
  self: string;
  /** Called whenever a message was stored or refused. */
  onSettled: () => void;
}

/** Sends what was written, and marks what became of it. */
export class Outbox {
  private readonly parts: OutboxParts;
  private queue: Promise<void> = Promise.resolve();
  private waiting = 0;
  private readonly files = new Map<string, File>();

  constructor(parts: OutboxParts) {
    this.parts = parts;
  }

  /** Whether something was written of which the server has not answered yet. */
  get isBusy(): boolean {
    return this.waiting > 0;
  }

  /** Sends a file, whose message already stands in the log. */
  deliverFile(message: ChatMessage, file: File): void {
    this.files.set(message.id, file);
    this.deliver(message);
  }

  /** Lets go of something that was not sent. */
  forget(id: string): void {
    this.files.delete(id);
  }

  /** Sends one message, which already stands in the log. */
  deliver(message: ChatMessage): void {
    this.waiting += 1;
    this.queue = this.queue.then(async () => {
      await this.send(message);
      this.waiting -= 1;
      this.parts.onSettled();
    });
  }

  private store({ id, text, replyTo }: ChatMessage): Promise<StoredMessage> {
    const { log, store } = this.parts;
    const file = this.files.get(id);
    if (file === undefined) {
      return store.write({ text, replyTo, key: id });
    }
    const onProgress = (progress: number) => log.mark(id, { progress });
    return store.sendFile({ file, key: id, onProgress });
  }

  private async send(message: ChatMessage): Promise<void> {
    const { log, channel, history, self } = this.parts;
    try {
      await history.settled;
      if (history.isLiveOnly) {
        await channel.send(message.text);
        log.mark(message.id, { status: "sent" });
        return;
      }
      const stored = await this.store(message);
      log.settle(message.id, fromStored(stored, self));
      this.files.delete(message.id);
    } catch (error) {
      // Trying again helps against what passes; anything else needs the reason.
      const isRefusal = error instanceof ApiError && !error.isPassing;
      const why = isRefusal ? { failure: explainFailure(error) } : {};
      log.mark(message.id, { status: "failed", ...why });
    }
  }
}
