/** Reactions that float by: our server tells them to everybody, and nobody keeps them. */
import { type Room, RoomEvent } from "livekit-client";

export const REACTIONS = ["agree", "love", "celebrate", "laugh", "sad", "thanks"] as const;
export type Reaction = (typeof REACTIONS)[number];

const TOPIC = "jumpa.reaction";

interface ReceivedReaction {
  identity: string;
  reaction: Reaction;
}

/** Reads a packet; undefined for anything that is no reaction. */
export function parseReaction(payload: Uint8Array): ReceivedReaction | undefined {
  try {
    const told: unknown = JSON.parse(new TextDecoder().decode(payload));
    const [identity, name] = ["identity", "reaction"].map((key): unknown =>
      Reflect.get(Object(told), key),
    );
    const reaction = REACTIONS.find((known) => known === name);
    return typeof identity === "string" && reaction !== undefined
      ? { identity, reaction }
      : undefined;
  } catch {
    return undefined;
  }
}

/** The reactions of the others in one room. */
export interface ReactionFeed {
  listen(onReaction: (identity: string, reaction: Reaction) => void): void;
}

export function openReactionFeed(room: Room): ReactionFeed {
  return {
    listen(onReaction) {
      room.on(RoomEvent.DataReceived, (payload, sender, _kind, topic) => {
        // Only the server says who reacts; data of participants carries their own name.
        const told = topic === TOPIC && !sender ? parseReaction(payload) : undefined;
        // One's own was shown when it was sent.
        if (told !== undefined && told.identity !== room.localParticipant.identity) {
          onReaction(told.identity, told.reaction);
        }
      });
    },
  };
}
