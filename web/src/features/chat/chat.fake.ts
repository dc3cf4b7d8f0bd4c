/** A room's live texts and its kept messages, for tests. */
import { ApiError } from "@/api/client";
import type { MessagePage, MessageStore, NewFile, NewMessage, StoredMessage } from "@/api/messages";
import { locale } from "@/i18n/locale";
import type { ReceivedReactions, ReceivedText, TextChannel } from "@/media/channel";
import type { TypingChannel } from "@/media/typing";
import { Chat } from "./state";

/** A chat in English of somebody called Ratna, with everything around it. */
export function fakeChat() {
  locale.value = "en";
  const wire = new FakeWire();
  const store = new FakeStore();
  let ids = 0;
  const chat = new Chat({
    channel: wire,
    store,
    self: { identity: "me", name: "Ratna" },
    nameOf: (identity) => (identity === "b" ? "Bagas" : undefined),
    now: () => Date.parse("2026-11-21T09:00:00Z"),
    newId: () => `own-${ids++}`,
  });
  const messages = () => chat.groups.value.flatMap((group) => group.messages);
  return {
    wire,
    store,
    chat,
    messages,
    texts: () => messages().map((message) => message.text),
    first: () => {
      const [message] = messages();
      if (message === undefined) {
        throw new Error("no message");
      }
      return message;
    },
    write: (text: string) => {
      chat.composer.draft.value = text;
      chat.sendDraft();
    },
  };
}

/** The live room: what is told to it arrives at once. */
export class FakeWire implements TextChannel {
  readonly sent: string[] = [];
  private onText: (received: ReceivedText) => void = () => undefined;
  private onReactions: (received: ReceivedReactions) => void = () => undefined;

  async send(text: string): Promise<void> {
    this.sent.push(text);
  }

  listen(onText: (received: ReceivedText) => void): void {
    this.onText = onText;
  }

  listenReactions(onReactions: (received: ReceivedReactions) => void): void {
    this.onReactions = onReactions;
  }

  receive(from: string, text: string, more: Partial<ReceivedText> = {}): void {
    const given = { id: `${from}-${text}`, from, text, sentAtMs: 0, version: 0 };
    this.onText({ ...given, operation: "create", ...more });
  }

  react(message: string, counts: Record<string, number>): void {
    this.onReactions({ message, counts });
  }
}

export function fakeStored(id: string, more: Partial<StoredMessage> = {}): StoredMessage {
  return {
    id,
    stream_id: id,
    identity: "b",
    user_id: null,
    name: "Bagas",
    message: id,
    message_type: "text",
    reply_to: null,
    reactions: [],
    created_at: "2026-11-21T09:00:00Z",
    edited_at: null,
    is_deleted: false,
    version: 1,
    ...more,
  };
}

/** The server: stores once per key, and answers in pages. */
export class FakeStore implements MessageStore {
  readonly kept: StoredMessage[] = [];
  readonly asked: string[] = [];
  refusal: ApiError | undefined;
  pageSize = 50;
  private readonly keys = new Map<string, StoredMessage>();

  async list({ cursor, words }: { cursor?: string; words?: string }): Promise<MessagePage> {
    this.check(`list ${cursor ?? words ?? ""}`.trim());
    const found = this.kept.filter(({ message }) => words === undefined || message.includes(words));
    const end = cursor === undefined ? found.length : Number(cursor);
    const start = Math.max(0, end - this.pageSize);
    const items = found.slice(start, end).reverse();
    return { items, next_cursor: start > 0 ? String(start) : null };
  }

  async write({ text, replyTo, key }: NewMessage): Promise<StoredMessage> {
    this.check(`write ${text}`);
    const before = this.keys.get(key);
    const stored =
      before ??
      fakeStored(`m-${this.kept.length}`, {
        identity: "me",
        name: "Ratna",
        message: text,
        reply_to: replyTo ?? null,
      });
    if (before === undefined) {
      this.keys.set(key, stored);
      this.kept.push(stored);
    }
    return stored;
  }

  async edit(id: string, text: string): Promise<StoredMessage> {
    this.check(`edit ${id} ${text}`);
    return fakeStored(id, { message: text, version: 2, edited_at: "2026-11-21T09:01:00Z" });
  }

  async remove(id: string): Promise<void> {
    this.check(`remove ${id}`);
  }

  async react(id: string, emoji: string, isOn: boolean): Promise<void> {
    this.check(`react ${id} ${emoji} ${isOn}`);
  }

  async sendFile({ file, key, onProgress }: NewFile): Promise<StoredMessage> {
    onProgress(0.5);
    this.check(`file ${file.name}`);
    const before = this.kept.find(({ message }) => message === key);
    const { name, size, type } = file;
    const id = `f-${this.kept.length}`;
    const stored =
      before ?? fakeStored(id, { identity: "me", message: key, file: { id, name, size, type } });
    if (before === undefined) {
      this.kept.push(stored);
    }
    return stored;
  }

  async fetchFile(id: string): Promise<Blob> {
    this.check(`fetch ${id}`);
    return new Blob([id]);
  }

  async keptDays(): Promise<number | null> {
    return null;
  }

  private check(asked: string): void {
    this.asked.push(asked);
    if (this.refusal !== undefined) {
      throw this.refusal;
    }
  }
}

/** Lets everything that was begun come to its end. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 40; turn += 1) {
    await Promise.resolve();
  }
}

export const AWAY = new ApiError("unreachable", 0, "no answer");

/** Who writes: says how often one told of oneself. */
export class FakeTyping implements TypingChannel {
  sent = 0;
  arrive: (identity: string) => void = () => undefined;

  async send(): Promise<void> {
    this.sent += 1;
    throw new Error("the connection is away");
  }

  listen(onTyping: (identity: string) => void): void {
    this.arrive = onTyping;
  }
}
