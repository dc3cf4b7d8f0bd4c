/** Pointers on shared screens: data packets on a topic of ours, of which a lost one is not repeated. */
import { type Room, RoomEvent } from "livekit-client";

// Topics that begin with "jumpa." are the server's own.
const TOPIC = "meeting.pointer";

/** Where somebody points; absent once they no longer do. Both from 0 to 1, from the top left. */
export interface Spot {
  x: number;
  y: number;
}

export type PointerMessage =
  | { kind: "move"; share: string; spot: Spot | undefined }
  /** The sharer lets others point, or does not. */
  | { kind: "allow"; isAllowed: boolean };

function isShare(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= 1;
}

/** Reads a packet; undefined for anything that is no such message. */
export function parsePointer(payload: Uint8Array): PointerMessage | undefined {
  try {
    const told: unknown = JSON.parse(new TextDecoder().decode(payload));
    const [share, x, y, isAllowed] = ["share", "x", "y", "allowed"].map((name): unknown =>
      Reflect.get(Object(told), name),
    );
    if (typeof isAllowed === "boolean") {
      return { kind: "allow", isAllowed };
    }
    if (typeof share !== "string") {
      return undefined;
    }
    const isGone = x === undefined && y === undefined;
    if (isGone || (isShare(x) && isShare(y))) {
      return { kind: "move", share, spot: isGone ? undefined : { x: x as number, y: y as number } };
    }
    return undefined;
  } catch {
    return undefined;
  }
}

/** The pointers of one room. */
export interface PointerChannel {
  /** To everybody, or to one. */
  send(message: PointerMessage, to?: string): Promise<void>;
  listen(onMessage: (identity: string, message: PointerMessage) => void): void;
}

function packetOf(message: PointerMessage): Uint8Array<ArrayBuffer> {
  const told =
    message.kind === "allow"
      ? { allowed: message.isAllowed }
      : { share: message.share, ...message.spot };
  return new TextEncoder().encode(JSON.stringify(told));
}

export function openPointerChannel(room: Room): PointerChannel {
  return {
    async send(message, to) {
      // Where somebody was a moment ago is of no use; that they stopped is.
      const reliable = message.kind === "allow" || message.spot === undefined;
      await room.localParticipant.publishData(packetOf(message), {
        reliable,
        topic: TOPIC,
        ...(to === undefined ? {} : { destinationIdentities: [to] }),
      });
    },
    listen(onMessage) {
      room.on(RoomEvent.DataReceived, (payload, sender, _kind, topic) => {
        const message = topic === TOPIC ? parsePointer(payload) : undefined;
        if (message !== undefined && sender !== undefined) {
          onMessage(sender.identity, message);
        }
      });
    },
  };
}
