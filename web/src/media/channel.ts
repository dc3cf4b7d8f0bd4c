/** Chat over LiveKit's text streams: messages on `lk.chat`, reactions on a topic of our server. */
import { type Room, RoomEvent, type TextStreamInfo } from "livekit-client";

const TOPIC = "lk.chat";
const REACTIONS_TOPIC = "jumpa.chat.reactions";
/** A LiveKit server cannot send text streams for us: there, texts of our server come as data. */
const SERVER_TOPIC = "jumpa.text";

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

type TextInfo = Pick<TextStreamInfo, "id" | "timestamp" | "attributes">;

/** A text of our server that came as data. */
export interface ServerText {
  topic: string;
  text: string;
  from: string;
  info: TextInfo;
}

/** Reads a text that came as data; undefined for anything else. */
export function parseServerText(payload: Uint8Array): ServerText | undefined {
  try {
    const told: unknown = JSON.parse(new TextDecoder().decode(payload));
    const field = (name: string): unknown => Reflect.get(Object(told), name);
    const [topic, text, from, id] = ["topic", "text", "identity", "id"].map(field);
    const timestamp = field("timestamp");
    if (
      typeof topic !== "string" ||
      typeof text !== "string" ||
      typeof from !== "string" ||
      typeof id !== "string" ||
      typeof timestamp !== "number"
    ) {
      return undefined;
    }
    const attributes = Object.entries(Object(field("attributes"))).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    );
    return {
      topic,
      text,
      from,
      info: { id, timestamp, attributes: Object.fromEntries(attributes) },
    };
  } catch {
    return undefined;
  }
}

/** What the server says in attributes; texts of other clients have none of them. */
function describe(info: TextInfo): Omit<ReceivedText, "from" | "text"> {
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
  const read = (topic: string, onText: (text: string, info: TextInfo, from: string) => void) => {
    room.on(RoomEvent.DataReceived, (payload, sender, _kind, dataTopic) => {
      // Only the server writes in the name of others; data of participants carries their own.
      const told = dataTopic === SERVER_TOPIC && !sender ? parseServerText(payload) : undefined;
      if (told?.topic === topic) {
        onText(told.text, told.info, told.from);
      }
    });
    room.registerTextStreamHandler(topic, (reader, { identity }) => {
      void reader.readAll().then(
        (text) => onText(text, reader.info, identity),
        // A stream that breaks off has no text to show; the sender sees it as not sent.
        () => undefined,
      );
    });
  };
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
