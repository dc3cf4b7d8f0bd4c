/** Chat over LiveKit's text streams: messages on `lk.chat`, reactions on a topic of our server. */
import type { Room, TextStreamInfo } from "livekit-client";

const TOPIC = "lk.chat";
const REACTIONS_TOPIC = "jumpa.chat.reactions";

export interface ReceivedText {
  id: string;
  /** Identity of the sender, as the server filled it in. */
  from: string;
  text: string;
  sentAtMs: number;
  operation: "create" | "update" | "delete";
  /** Grows with every change; 0 for texts that clients sent. */
  version: number;
  /** Stream id of the message that this one answers. */
  replyTo?: string;
}

/** All reactions to one message, after somebody gave or took back theirs. */
export interface ReceivedReactions {
  /** Stream id of the message. */
  message: string;
  /** How often each emoji was given. */
  counts: Readonly<Record<string, number>>;
}

export interface TextChannel {
  /** Rejects when the text could not be handed to the connection. */
  send(text: string): Promise<void>;
  listen(onText: (received: ReceivedText) => void): void;
  listenReactions(onReactions: (received: ReceivedReactions) => void): void;
}

/** What the server says in attributes; texts of other clients have none of them. */
function describe(info: TextStreamInfo): Omit<ReceivedText, "from" | "text"> {
  const { id, timestamp, attributes = {} } = info;
  const operation = attributes["jumpa.operation"];
  const replyTo = attributes["jumpa.reply_to"];
  return {
    id,
    sentAtMs: timestamp,
    operation: operation === "update" || operation === "delete" ? operation : "create",
    version: Number(attributes["jumpa.version"] ?? 0) || 0,
    ...(replyTo === undefined ? {} : { replyTo }),
  };
}

/** Reads what the server tells of reactions; undefined for anything else. */
export function parseReactions(text: string): ReceivedReactions | undefined {
  try {
    const told: unknown = JSON.parse(text);
    const message: unknown = Reflect.get(Object(told), "message");
    const reactions: unknown = Reflect.get(Object(told), "reactions");
    if (typeof message !== "string") {
      return undefined;
    }
    const counts = Object.entries(Object(reactions)).filter(
      (entry): entry is [string, number] => typeof entry[1] === "number",
    );
    return { message, counts: Object.fromEntries(counts) };
  } catch {
    return undefined;
  }
}

/** The texts of one room. */
export function openTextChannel(room: Room): TextChannel {
  const read = (
    topic: string,
    onText: (text: string, info: TextStreamInfo, from: string) => void,
  ) =>
    room.registerTextStreamHandler(topic, (reader, { identity }) => {
      void reader.readAll().then(
        (text) => onText(text, reader.info, identity),
        // A stream that breaks off has no text to show; the sender sees it as not sent.
        () => undefined,
      );
    });
  return {
    async send(text) {
      await room.localParticipant.sendText(text, { topic: TOPIC });
    },
    listen(onText) {
      read(TOPIC, (text, info, from) => onText({ ...describe(info), from, text }));
    },
    listenReactions(onReactions) {
      read(REACTIONS_TOPIC, (text) => {
        const received = parseReactions(text);
        if (received !== undefined) {
          onReactions(received);
        }
      });
    },
  };
}
