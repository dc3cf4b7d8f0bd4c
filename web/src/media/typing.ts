/** That somebody is writing in the chat: empty packets on a topic of ours, kept by nobody. */
import { type Room, RoomEvent } from "livekit-client";

// Topics that begin with "jumpa." are the server's own.
const TOPIC = "meeting.typing";

/** Who writes in one room. */
export interface TypingChannel {
  /** Says that one writes now. */
  send(): Promise<void>;
  listen(onTyping: (identity: string) => void): void;
}

export function openTypingChannel(room: Room): TypingChannel {
  return {
    async send() {
      const nothing = new Uint8Array(new ArrayBuffer(0));
      await room.localParticipant.publishData(nothing, { reliable: false, topic: TOPIC });
    },
    listen(onTyping) {
      room.on(RoomEvent.DataReceived, (_payload, sender, _kind, topic) => {
        if (topic === TOPIC && sender !== undefined) {
          onTyping(sender.identity);
        }
      });
    },
  };
}
