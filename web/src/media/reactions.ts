/** Reactions that float by: data packets on a topic of ours, kept by nobody. */
import { type Room, RoomEvent } from "livekit-client";

export const REACTIONS = ["agree", "love", "celebrate", "laugh", "sad", "thanks"] as const;
export type Reaction = (typeof REACTIONS)[number];

// Topics that begin with "jumpa." are the server's own.
const TOPIC = "meeting.reaction";

/** Reads a packet; undefined for anything that is no reaction. */
export function parseReaction(payload: Uint8Array): Reaction | undefined {
  const text = new TextDecoder().decode(payload);
  return REACTIONS.find((reaction) => reaction === text);
}

/** The reactions of one room. */
export interface ReactionChannel {
  send(reaction: Reaction): Promise<void>;
  listen(onReaction: (identity: string, reaction: Reaction) => void): void;
}

export function openReactionChannel(room: Room): ReactionChannel {
  return {
    async send(reaction) {
      const payload = new TextEncoder().encode(reaction);
      await room.localParticipant.publishData(payload, { reliable: true, topic: TOPIC });
    },
    listen(onReaction) {
      room.on(RoomEvent.DataReceived, (payload, sender, _kind, topic) => {
        const reaction = topic === TOPIC ? parseReaction(payload) : undefined;
        if (reaction !== undefined && sender !== undefined) {
          onReaction(sender.identity, reaction);
        }
      });
    },
  };
}
