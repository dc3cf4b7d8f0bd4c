/** What people inside a room may ask about it: hands, names and reactions for everybody, the rest for hosts and moderators. */

import type { RoomAccess } from "@/api/room-access";
import type { components } from "@/api/schema.gen";

type Schemas = components["schemas"];

export type RoomSettings = Schemas["RoomSettings"];
/** Somebody who waits or was banned, and since when. */
export type Waiting = Schemas["Somebody"];
export type Reaction = Schemas["ReactionSent"]["reaction"];
export type ParticipantChange = Partial<Schemas["ParticipantUpdate"]>;

export interface Moderation {
  listWaiting: () => Promise<Waiting[]>;
  admit: (identity: string) => Promise<void>;
  admitAll: () => Promise<void>;
  deny: (identity: string) => Promise<void>;
  mute: (identity: string) => Promise<void>;
  muteAll: () => Promise<void>;
  raiseHand: (identity: string, isUp: boolean) => Promise<void>;
  /** Lets a reaction of one's own float by for everybody. */
  react: (reaction: Reaction) => Promise<void>;
  /** Changes what one is called in the meeting. */
  rename: (identity: string, name: string) => Promise<void>;
  /** Puts somebody before everybody's eyes, or lets go of them. */
  pin: (identity: string, isPinned: boolean) => Promise<void>;
  change: (identity: string, change: ParticipantChange) => Promise<void>;
  handOver: (identity: string) => Promise<void>;
  remove: (identity: string) => Promise<void>;
  ban: (identity: string) => Promise<void>;
  listBanned: () => Promise<Waiting[]>;
  unban: (identity: string) => Promise<void>;
  getSettings: () => Promise<RoomSettings>;
  replaceSettings: (settings: RoomSettings) => Promise<RoomSettings>;
  hasPassword: () => Promise<boolean>;
  /** Sets the password; null takes it away. */
  choosePassword: (password: string | null) => Promise<void>;
  end: () => Promise<void>;
}

const pathOf = (identity: string) => `/participants/${encodeURIComponent(identity)}`;
const waiting = (identity: string) => `/lobby/${encodeURIComponent(identity)}`;

/** The tools of the room that the access opens. */
export function openModeration({ ask }: RoomAccess): Moderation {
  return {
    listWaiting: () => ask({ method: "GET", path: "/lobby" }),
    admit: (identity) => ask({ method: "POST", path: `${waiting(identity)}/admit` }),
    admitAll: () => ask({ method: "POST", path: "/lobby/admit" }),
    deny: (identity) => ask({ method: "POST", path: `${waiting(identity)}/deny` }),
    mute: (identity) => ask({ method: "POST", path: `${pathOf(identity)}/mute`, body: {} }),
    muteAll: () => ask({ method: "POST", path: "/mute", body: {} }),
    raiseHand: (identity, isUp) =>
      ask({ method: isUp ? "PUT" : "DELETE", path: `${pathOf(identity)}/hand` }),
    rename: (identity, name) =>
      ask({ method: "PUT", path: `${pathOf(identity)}/name`, body: { name } }),
    react: (reaction) => ask({ method: "POST", path: "/reactions", body: { reaction } }),
    pin: (identity, isPinned) =>
      ask({ method: isPinned ? "PUT" : "DELETE", path: `${pathOf(identity)}/pin` }),
    change: (identity, change) => ask({ method: "PATCH", path: pathOf(identity), body: change }),
    handOver: (identity) => ask({ method: "PUT", path: "/host", body: { identity } }),
    remove: (identity) => ask({ method: "DELETE", path: pathOf(identity) }),
    ban: (identity) => ask({ method: "PUT", path: `/bans/${encodeURIComponent(identity)}` }),
    listBanned: () => ask({ method: "GET", path: "/bans" }),
    unban: (identity) => ask({ method: "DELETE", path: `/bans/${encodeURIComponent(identity)}` }),
    getSettings: () => ask({ method: "GET", path: "/settings" }),
    replaceSettings: (settings) => ask({ method: "PUT", path: "/settings", body: settings }),
    hasPassword: async () => {
      const room = await ask<Schemas["RoomRead"]>({ method: "GET", path: "" });
      return room.has_password;
    },
    choosePassword: (password) => ask({ method: "PATCH", path: "", body: { password } }),
    end: () => ask({ method: "POST", path: "/end" }),
  };
}
