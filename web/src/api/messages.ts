/** Messages of a room that the server keeps. */

import { callFile } from "@/api/client";
import type { RoomAccess } from "@/api/room-access";
import type { components } from "@/api/schema.gen";
import { upload } from "@/api/upload";

type Schemas = components["schemas"];

export type StoredMessage = Schemas["MessageRead"];

/** A file of a message, as the server tells of it. */
export type StoredFile = Schemas["FileRead"];

export interface NewFile {
  file: File;
  /** Makes sending it again count once. */
  key: string;
  onProgress: (share: number) => void;
}

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
  /** Sends a file as a message of its own. */
  sendFile: (sent: NewFile) => Promise<StoredMessage>;
  fetchFile: (id: string) => Promise<Blob>;
  /** For how many days messages are kept; null is for ever. */
  keptDays: () => Promise<number | null>;
}

const PAGE = "50";
const pathOf = (id: string) => `/messages/${encodeURIComponent(id)}`;

/** The messages of the room that the access opens. */
export function openMessages({ ask, use, root }: RoomAccess): MessageStore {
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
    sendFile: ({ file, key, onProgress }) =>
      use((bearer) =>
        upload({
          method: "POST",
          path: `${root}/files?${new URLSearchParams({ name: file.name })}`,
          body: file,
          idempotencyKey: key,
          bearer,
          onProgress,
        }),
      ),
    fetchFile: (id) =>
      use((bearer) =>
        callFile({ method: "GET", path: `${root}/files/${encodeURIComponent(id)}`, bearer }),
      ),
    async keptDays() {
      return (await ask<Schemas["Retention"]>({ method: "GET", path: "/retention" })).days ?? null;
    },
  };
}
