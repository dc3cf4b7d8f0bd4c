/** What a message is to the screens, and how lists of them grow together. */
import type { StoredFile, StoredMessage } from "@/api/messages";
import type { ReceivedText } from "@/media/channel";

export const LONGEST_MESSAGE = 4000;

export interface Reaction {
  emoji: string;
  count: number;
  isOwn: boolean;
}

export interface ChatMessage {
  /** Stays the same from writing to storing. */
  id: string;
  /** Name of the message in the live room; absent until it was stored. */
  streamId?: string;
  /** Name of the message on the server; absent for what clients sent and was not read back yet. */
  storedId?: string;
  version: number;
  from: string;
  name: string;
  text: string;
  sentAtMs: number;
  isOwn: boolean;
  status: "sending" | "sent" | "failed";
  /** Why it was not stored, when trying again will not help. */
  failure?: string;
  isEdited: boolean;
  isDeleted: boolean;
  /** The message that this one answers, by its stored or its stream id. */
  replyTo?: string;
  reactions: readonly Reaction[];
  /** The file that was sent; without an id it is still on its way. */
  file?: Omit<StoredFile, "id"> & { id?: string };
  /** How much of the file has gone out, from 0 to 1. */
  progress?: number;
}

export interface MessageGroup {
  id: string;
  from: string;
  name: string;
  sentAtMs: number;
  messages: readonly ChatMessage[];
}

const SAME_GROUP_MS = 5 * 60_000;

/** Messages of one person in a row stand under one name. */
export function groupMessages(messages: readonly ChatMessage[]): MessageGroup[] {
  const groups: (MessageGroup & { messages: ChatMessage[] })[] = [];
  for (const message of messages) {
    const last = groups.at(-1);
    if (last?.from === message.from && message.sentAtMs - last.sentAtMs < SAME_GROUP_MS) {
      last.messages.push(message);
    } else {
      const { id, from, name, sentAtMs } = message;
      groups.push({ id, from, name, sentAtMs, messages: [message] });
    }
  }
  return groups;
}

/** A message that was just written. */
export function written(
  given: Pick<ChatMessage, "id" | "from" | "name" | "text">,
  sentAtMs: number,
): ChatMessage {
  const fresh = { version: 0, isOwn: true, isEdited: false, isDeleted: false, reactions: [] };
  return { ...given, ...fresh, sentAtMs, status: "sending" };
}

/** A message as it arrives live; texts that clients sent have no version. */
export function fromLive(
  received: ReceivedText,
  { name, self, sentAtMs }: { name: string; self: string; sentAtMs: number },
): ChatMessage {
  const { id, from, version, replyTo } = received;
  const text = received.text.trim().slice(0, LONGEST_MESSAGE);
  return {
    ...written({ id, from, name, text }, sentAtMs),
    streamId: id,
    // The server names a message and its stream alike.
    ...(version > 0 ? { storedId: id } : {}),
    version,
    isOwn: from === self,
    status: "sent",
    ...(replyTo === undefined ? {} : { replyTo }),
  };
}

/** A message as the server keeps it. */
export function fromStored(stored: StoredMessage, self: string): ChatMessage {
  return {
    id: stored.stream_id,
    streamId: stored.stream_id,
    storedId: stored.id,
    version: stored.version,
    from: stored.identity,
    name: stored.name,
    text: stored.message,
    sentAtMs: Date.parse(stored.created_at),
    isOwn: stored.identity === self,
    status: "sent",
    isEdited: stored.edited_at !== null,
    isDeleted: stored.is_deleted,
    ...(stored.reply_to === null ? {} : { replyTo: stored.reply_to }),
    reactions: stored.reactions.map(({ emoji, count, is_own }) => ({
      emoji,
      count,
      isOwn: is_own,
    })),
    ...(stored.file == null ? {} : { file: stored.file }),
  };
}

/** What is known now of a message that was known before; an older version changes nothing. */
export function renewed(known: ChatMessage, fresh: ChatMessage): ChatMessage {
  return fresh.version < known.version ? known : { ...fresh, id: known.id };
}

/** Puts a page that was read, oldest first, among those known; each message stands there once. */
export function mergePage(
  known: readonly ChatMessage[],
  page: readonly ChatMessage[],
): ChatMessage[] {
  const before = new Map(known.map((message) => [message.streamId, message]));
  const inPage = new Set(page.map((message) => message.streamId));
  const firstShared = known.findIndex((message) => inPage.has(message.streamId));
  const rest = known.filter((message) => !inPage.has(message.streamId));
  const isOlder = (message: ChatMessage) =>
    message.status === "sent" &&
    (firstShared >= 0
      ? known.indexOf(message) < firstShared
      : message.sentAtMs < (page[0]?.sentAtMs ?? 0));
  const fresh = page.map((message) => {
    const old = message.streamId === undefined ? undefined : before.get(message.streamId);
    return old === undefined ? message : renewed(old, message);
  });
  return [...rest.filter(isOlder), ...fresh, ...rest.filter((message) => !isOlder(message))];
}

/** Applies a change that was told live; only the writer's own name may change a message. */
export function applyChange(
  known: readonly ChatMessage[],
  change: ReceivedText,
): readonly ChatMessage[] {
  return known.map((message) => {
    const isMeant = message.streamId === change.id && message.from === change.from;
    if (!isMeant || change.version <= message.version) {
      return message;
    }
    const { version } = change;
    return change.operation === "delete"
      ? { ...message, version, text: "", isDeleted: true, reactions: [] }
      : { ...message, version, text: change.text.trim(), isEdited: true };
  });
}

/** The reactions after somebody's changed; which are one's own was known before. */
export function countReactions(
  before: readonly Reaction[],
  counts: Readonly<Record<string, number>>,
): Reaction[] {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([emoji, count]) => ({
      emoji,
      count,
      isOwn: before.some((reaction) => reaction.emoji === emoji && reaction.isOwn),
    }));
}

/** One's own reaction given or taken back, before the server says so. */
export function withOwnReaction(
  before: readonly Reaction[],
  emoji: string,
  isOn: boolean,
): Reaction[] {
  const known = before.find((reaction) => reaction.emoji === emoji);
  if (known === undefined) {
    return isOn ? [...before, { emoji, count: 1, isOwn: true }] : [...before];
  }
  if (known.isOwn === isOn) {
    return [...before];
  }
  const changed = { ...known, count: known.count + (isOn ? 1 : -1), isOwn: isOn };
  return before
    .map((reaction) => (reaction === known ? changed : reaction))
    .filter((reaction) => reaction.count > 0);
}
