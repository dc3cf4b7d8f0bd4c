/** The messages of a meeting: those received, those sent, and those that could not be sent yet. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { TextChannel } from "@/media/channel";

export const LONGEST_MESSAGE = 4000;

export interface ChatMessage {
  id: string;
  from: string;
  name: string;
  text: string;
  sentAtMs: number;
  isOwn: boolean;
  status: "sending" | "sent" | "failed";
}

export interface MessageGroup {
  id: string;
  from: string;
  name: string;
  sentAtMs: number;
  messages: readonly ChatMessage[];
}

export interface ChatOptions {
  channel: TextChannel;
  self: { identity: string; name: string };
  /** The name under which an identity is known, if it is. */
  nameOf: (identity: string) => string | undefined;
  now: () => number;
  newId: () => string;
}

const SAME_GROUP_MS = 5 * 60_000;

/** Messages of one person in a row stand under one name. */
export function groupMessages(messages: readonly ChatMessage[]): MessageGroup[] {
  const groups: MessageGroup[] = [];
  for (const message of messages) {
    const last = groups.at(-1);
    if (
      last !== undefined &&
      last.from === message.from &&
      message.sentAtMs - last.sentAtMs < SAME_GROUP_MS
    ) {
      groups[groups.length - 1] = { ...last, messages: [...last.messages, message] };
    } else {
      const { id, from, name, sentAtMs } = message;
      groups.push({ id, from, name, sentAtMs, messages: [message] });
    }
  }
  return groups;
}

/** The chat of one stay in a room. */
export class Chat {
  readonly draft = signal("");
  private readonly options: ChatOptions;
  private readonly all = signal<readonly ChatMessage[]>([]);
  private readonly isOpen = signal(false);
  private readonly unseen = signal(0);
  private readonly listeners = new Set<(message: ChatMessage) => void>();
  private sending: Promise<void> = Promise.resolve();

  constructor(options: ChatOptions) {
    this.options = options;
    options.channel.listen((received) => {
      const text = received.text.trim().slice(0, LONGEST_MESSAGE);
      const isKnown = this.all.peek().some((message) => message.id === received.id);
      if (text !== "" && !isKnown) {
        const name = options.nameOf(received.from) ?? received.from;
        this.receive({
          ...received,
          text,
          sentAtMs: options.now(),
          name,
          isOwn: false,
          status: "sent",
        });
      }
    });
  }

  readonly groups: ReadonlySignal<MessageGroup[]> = computed(() => groupMessages(this.all.value));

  get unread(): ReadonlySignal<number> {
    return this.unseen;
  }

  /** Calls back for every message of others that arrives while the chat is closed. */
  listen(onUnread: (message: ChatMessage) => void): () => void {
    this.listeners.add(onUnread);
    return () => this.listeners.delete(onUnread);
  }

  open(isOpen: boolean): void {
    this.isOpen.value = isOpen;
    if (isOpen) {
      this.unseen.value = 0;
    }
  }

  /** Sends the draft and empties it; an empty draft stays. */
  sendDraft(): void {
    const text = this.draft.peek().trim().slice(0, LONGEST_MESSAGE);
    if (text === "") {
      return;
    }
    this.draft.value = "";
    const { self, now, newId } = this.options;
    const message: ChatMessage = {
      id: newId(),
      from: self.identity,
      name: self.name,
      text,
      sentAtMs: now(),
      isOwn: true,
      status: "sending",
    };
    this.all.value = [...this.all.peek(), message];
    this.deliver(message);
  }

  /** Tries again to send a message that could not be sent. */
  retry(id: string): void {
    const message = this.all.peek().find((other) => other.id === id && other.status === "failed");
    if (message !== undefined) {
      this.mark(id, "sending");
      this.deliver(message);
    }
  }

  /** Messages leave one after the other, so that they arrive in the order of writing. */
  private deliver(message: ChatMessage): void {
    this.sending = this.sending
      .then(() => this.options.channel.send(message.text))
      .then(
        () => this.mark(message.id, "sent"),
        () => this.mark(message.id, "failed"),
      );
  }

  private mark(id: string, status: ChatMessage["status"]): void {
    this.all.value = this.all
      .peek()
      .map((message) => (message.id === id ? { ...message, status } : message));
  }

  private receive(message: ChatMessage): void {
    this.all.value = [...this.all.peek(), message];
    if (!this.isOpen.peek()) {
      this.unseen.value += 1;
      for (const listener of this.listeners) {
        listener(message);
      }
    }
  }
}
