/** Messages of a room that the server keeps. */

import type { RoomAccess } from "@/api/room-access";
import type { components } from "@/api/schema.gen";

type Schemas = components["schemas"];

export type StoredMessage = Schemas["MessageRead"];

export interface MessagePage {
  /** Newest first. */
  items: StoredMessage[];
  next_cursor?: string | null;
}

export interface NewMessage {
  text: string;
  replyTo?: string | undefined;
  /** Makes sending it again count once. */
  key: string;
}

/** What can be done with the messages of one room. */
export interface MessageStore {
  list: (wanted: {
    cursor?: string | undefined;
    words?: string | undefined;
  }) => Promise<MessagePage>;
  write: (message: NewMessage) => Promise<StoredMessage>;
  edit: (id: string, text: string) => Promise<StoredMessage>;
  remove: (id: string) => Promise<void>;
  react: (id: string, emoji: string, isOn: boolean) => Promise<void>;
  /** For how many days messages are kept; null is for ever. */
  keptDays: () => Promise<number | null>;
}

const PAGE = "50";
const pathOf = (id: string) => `/messages/${encodeURIComponent(id)}`;

/** The messages of the room that the access opens. */
export function openMessages({ ask }: RoomAccess): MessageStore {
  return {
    list({ cursor, words }) {
      const query = new URLSearchParams({
        limit: PAGE,
        ...(cursor === undefined ? {} : { cursor }),
        ...(words === undefined ? {} : { q: words }),
      });
      return ask({ method: "GET", path: `/messages?${query}` });
    },
    write({ text, replyTo, key }) {
      return ask({
        method: "POST",
        path: "/messages",
        body: { message: text, ...(replyTo === undefined ? {} : { reply_to: replyTo }) },
        idempotencyKey: key,
      });
    },
    edit: (id, text) => ask({ method: "PATCH", path: pathOf(id), body: { message: text } }),
    remove: (id) => ask({ method: "DELETE", path: pathOf(id) }),
    react: (id, emoji, isOn) =>
      ask({
        method: isOn ? "PUT" : "DELETE",
        path: `${pathOf(id)}/reactions/${encodeURIComponent(emoji)}`,
      }),
    async keptDays() {
      return (await ask<Schemas["Retention"]>({ method: "GET", path: "/retention" })).days ?? null;
    },
  };
}
