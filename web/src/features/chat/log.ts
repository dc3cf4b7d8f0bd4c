/** The messages on the screen, each of them once. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { ReceivedText } from "@/media/channel";
import {
  applyChange,
  type ChatMessage,
  countReactions,
  groupMessages,
  type MessageGroup,
  mergePage,
} from "./messages";

/** Oldest first. */
export class MessageLog {
  private readonly all = signal<readonly ChatMessage[]>([]);

  readonly groups: ReadonlySignal<MessageGroup[]> = computed(() => groupMessages(this.all.value));

  get messages(): ReadonlySignal<readonly ChatMessage[]> {
    return this.all;
  }

  knows(streamId: string): boolean {
    return this.all.peek().some((message) => message.streamId === streamId);
  }

  /** The message with this stored or stream id. */
  find(id: string): ChatMessage | undefined {
    return this.all.value.find((message) => message.storedId === id || message.streamId === id);
  }

  /** The own message that was written last and can still be changed. */
  lastOwn(): ChatMessage | undefined {
    return this.all
      .peek()
      .findLast(
        ({ isOwn, isDeleted, storedId, file }) =>
          isOwn && !isDeleted && storedId !== undefined && file === undefined,
      );
  }

  drop(id: string): void {
    this.all.value = this.all.peek().filter((message) => message.id !== id);
  }

  append(message: ChatMessage): void {
    this.all.value = [...this.all.peek(), message];
  }

  /** Changes the message with this id of the screen. */
  mark(id: string, changes: Partial<ChatMessage>): void {
    this.update(id, (message) => ({ ...message, ...changes }));
  }

  update(id: string, change: (message: ChatMessage) => ChatMessage): void {
    this.all.value = this.all
      .peek()
      .map((message) => (message.id === id ? change(message) : message));
  }

  /** Puts what was stored in the place of what was written. */
  settle(id: string, stored: ChatMessage): void {
    this.all.value = this.all
      .peek()
      .filter((message) => message.id === id || message.streamId !== stored.streamId)
      .map((message) => (message.id === id ? { ...stored, id } : message));
  }

  /** Adds a page that was read, oldest first. */
  merge(page: readonly ChatMessage[]): void {
    this.all.value = mergePage(this.all.peek(), page);
  }

  /** A change that was told live. */
  apply(change: ReceivedText): void {
    this.all.value = applyChange(this.all.peek(), change);
  }

  count(streamId: string, counts: Readonly<Record<string, number>>): void {
    this.all.value = this.all
      .peek()
      .map((message) =>
        message.streamId === streamId
          ? { ...message, reactions: countReactions(message.reactions, counts) }
          : message,
      );
  }
}
