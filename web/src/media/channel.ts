/** Chat over LiveKit's text streams, topic `lk.chat`. */
import type { Room } from "livekit-client";

const TOPIC = "lk.chat";

export interface ReceivedText {
  id: string;
  /** Identity of the sender, as the server filled it in. */
  from: string;
  text: string;
  sentAtMs: number;
}

export interface TextChannel {
  /** Rejects when the text could not be handed to the connection. */
  send(text: string): Promise<void>;
  listen(onText: (received: ReceivedText) => void): void;
}

/** Texts of participants that the room does not know are dropped by livekit-client. */
export function openTextChannel(room: Room): TextChannel {
  return {
    async send(text) {
      await room.localParticipant.sendText(text, { topic: TOPIC });
    },
    listen(onText) {
      room.registerTextStreamHandler(TOPIC, (reader, { identity }) => {
        void reader.readAll().then(
          (text) =>
            onText({ id: reader.info.id, from: identity, text, sentAtMs: reader.info.timestamp }),
          // A stream that breaks off has no text to show; the sender sees it as not sent.
          () => undefined,
        );
      });
    },
  };
}
