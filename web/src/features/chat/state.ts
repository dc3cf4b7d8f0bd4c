/** The chat of a stay: what the server keeps, what arrives live, what is being written. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { MessageStore } from "@/api/messages";
import type { ReceivedText, TextChannel } from "@/media/channel";
import { Changes } from "./changes";
import { Composer } from "./composer";
import { History, type HistoryState } from "./history";
import { MessageLog } from "./log";
import { type ChatMessage, fromLive, fromStored, type MessageGroup, written } from "./messages";
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

const FILE_ADDRESS = /^https?:\/\/[^\s]+\/api\/v1\/rooms\/[^\s/]+\/files\/[0-9a-f-]{36}$/mu;

/** The chat of one stay in a room. */
export class Chat {
  readonly composer = new Composer();
  readonly isSearching = signal(false);
  readonly changes: Changes;
  private readonly options: ChatOptions;
  private readonly log = new MessageLog();
  private readonly past: History;
  private readonly outbox: Outbox;
  private readonly isOpen = signal(false);
  private readonly unseen = signal(0);
  private readonly listeners = new Set<(message: ChatMessage) => void>();
  private held: ReceivedText[] = [];

  constructor(options: ChatOptions) {
    this.options = options;
    const { store, channel, self } = options;
    const { log } = this;
    this.past = new History(store, log, self.identity);
    this.changes = new Changes(store, log, this.past);
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
      void this.changes.edit(taken.purpose.message, taken.text);
    } else if (taken !== undefined) {
      this.send(taken.text, taken.purpose.kind === "reply" ? taken.purpose.to : undefined);
    }
  }

  /** Sends files, each as a message of its own. */
  sendFiles(files: readonly File[]): void {
    for (const file of files) {
      const { name, size, type } = file;
      const message = { ...this.written(""), file: { name, size, type }, progress: 0 };
      this.log.append(message);
      this.outbox.deliverFile(message, file);
    }
  }

  fetchFile(id: string): Promise<Blob> {
    return this.options.store.fetchFile(id);
  }

  /** Takes a message away that could not be sent. */
  discard(id: string): void {
    this.outbox.forget(id);
    this.log.drop(id);
  }

  /** Tries again to send a message; however often that is, it is stored once. */
  retry(id: string): void {
    const message = this.log.messages.peek().find((other) => other.id === id);
    if (message?.status === "failed") {
      this.log.mark(id, { status: "sending" });
      this.outbox.deliver(message);
    }
  }

  private send(text: string, to: ChatMessage | undefined): void {
    const message = this.written(text);
    const sent = to?.storedId === undefined ? message : { ...message, replyTo: to.storedId };
    this.log.append(sent);
    this.outbox.deliver(sent);
  }

  private written(text: string): ChatMessage {
    const { self, now, newId } = this.options;
    return written({ id: newId(), from: self.identity, name: self.name, text }, now());
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
    if (message.text === "" || this.log.knows(received.id)) {
      return;
    }
    this.receive(message);
    if (FILE_ADDRESS.test(message.text)) {
      // A stream tells the name and address of a file; what else is known of it stands in the list.
      void this.past.catchUp();
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
