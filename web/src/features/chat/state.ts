/** The chat of a stay: what the server keeps, what arrives live, what is being written. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { ApiError } from "@/api/client";
import { explainFailure } from "@/api/failure-text";
import type { MessageStore } from "@/api/messages";
import type { ReceivedText, TextChannel } from "@/media/channel";
import { Composer } from "./composer";
import { History, type HistoryState } from "./history";
import { MessageLog } from "./log";
import {
  type ChatMessage,
  fromLive,
  fromStored,
  type MessageGroup,
  withOwnReaction,
  written,
} from "./messages";
import { Outbox } from "./outbox";

export interface ChatOptions {
  channel: TextChannel;
  store: MessageStore;
  self: { identity: string; name: string };
  /** The name under which an identity is known, if it is. */
  nameOf: (identity: string) => string | undefined;
  now: () => number;
  newId: () => string;
}

/** The chat of one stay in a room. */
export class Chat {
  readonly composer = new Composer();
  private readonly options: ChatOptions;
  private readonly log = new MessageLog();
  private readonly past: History;
  private readonly outbox: Outbox;
  private readonly currentRefusal = signal<string | undefined>(undefined);
  private readonly isOpen = signal(false);
  private readonly unseen = signal(0);
  private readonly listeners = new Set<(message: ChatMessage) => void>();
  private held: ReceivedText[] = [];

  constructor(options: ChatOptions) {
    this.options = options;
    const { store, channel, self } = options;
    const { log } = this;
    this.past = new History(store, log, self.identity);
    this.outbox = new Outbox({
      log,
      store,
      channel,
      history: this.past,
      self: self.identity,
      onSettled: () => this.release(),
    });
    channel.listen((received) => this.hear(received));
    channel.listenReactions(({ message, counts }) => log.count(message, counts));
  }

  get groups(): ReadonlySignal<MessageGroup[]> {
    return this.log.groups;
  }

  get history(): ReadonlySignal<HistoryState> {
    return this.past.state;
  }

  /** True in rooms of which the server keeps nothing. */
  get isLiveOnly(): boolean {
    return this.past.isLiveOnly;
  }

  get unread(): ReadonlySignal<number> {
    return this.unseen;
  }

  /** Why the last change to a message was refused. */
  get refusal(): ReadonlySignal<string | undefined> {
    return this.currentRefusal;
  }

  /** The message with this stored or stream id, if it is on the screen. */
  find(id: string): ChatMessage | undefined {
    return this.log.find(id);
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

  /** Reads the newest messages: on coming in, and again after the connection was lost. */
  catchUp(): Promise<void> {
    return this.past.catchUp();
  }

  readOlder(): Promise<void> {
    return this.past.readOlder();
  }

  /** Answers what the words find, newest first; rejects with an ApiError. */
  async search(words: string): Promise<ChatMessage[]> {
    const page = await this.options.store.list({ words });
    return page.items.map((stored) => fromStored(stored, this.options.self.identity));
  }

  /** Words the last own message anew, if there is one. */
  editLast(): void {
    const message = this.log.lastOwn();
    if (message !== undefined) {
      this.composer.begin({ kind: "edit", message });
    }
  }

  /** Sends the draft and empties it; an empty draft stays. */
  sendDraft(): void {
    const taken = this.composer.take();
    if (taken?.purpose.kind === "edit") {
      void this.edit(taken.purpose.message, taken.text);
    } else if (taken !== undefined) {
      this.send(taken.text, taken.purpose.kind === "reply" ? taken.purpose.to : undefined);
    }
  }

  /** Tries again to send a message; however often that is, it is stored once. */
  retry(id: string): void {
    const message = this.log.messages.peek().find((other) => other.id === id);
    if (message?.status === "failed") {
      this.log.mark(id, { status: "sending" });
      this.outbox.deliver(message);
    }
  }

  /** Takes a message back, also those of others when one moderates. */
  remove(message: ChatMessage): Promise<void> {
    return this.change(message, async (id) => {
      await this.options.store.remove(id);
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
      this.options.store.react(id, emoji, isOn).catch((error) => {
        show(!isOn);
        throw error;
      }),
    );
  }

  private edit(message: ChatMessage, text: string): Promise<void> {
    return this.change(message, async (id) => {
      const stored = await this.options.store.edit(id, text);
      const { message: worded, version } = stored;
      this.log.mark(message.id, { text: worded, version, isEdited: true });
    });
  }

  private send(text: string, to: ChatMessage | undefined): void {
    const { self, now, newId } = this.options;
    const message = written({ id: newId(), from: self.identity, name: self.name, text }, now());
    const sent = to?.storedId === undefined ? message : { ...message, replyTo: to.storedId };
    this.log.append(sent);
    this.outbox.deliver(sent);
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

  private hear(received: ReceivedText): void {
    if (received.operation !== "create") {
      this.log.apply(received);
      return;
    }
    // One's own message comes back before the server has answered which it is.
    if (received.from === this.options.self.identity && this.outbox.isBusy) {
      this.held.push(received);
      return;
    }
    const { self, nameOf, now } = this.options;
    const name = nameOf(received.from) ?? received.from;
    const message = fromLive(received, { name, self: self.identity, sentAtMs: now() });
    if (message.text !== "" && !this.log.knows(received.id)) {
      this.receive(message);
    }
  }

  private release(): void {
    if (!this.outbox.isBusy) {
      const held = this.held;
      this.held = [];
      for (const received of held) {
        this.hear(received);
      }
    }
  }

  private receive(message: ChatMessage): void {
    this.log.append(message);
    if (!this.isOpen.peek() && !message.isOwn) {
      this.unseen.value += 1;
      for (const listener of this.listeners) {
        listener(message);
      }
    }
  }
}
