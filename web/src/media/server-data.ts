/** Data of our server: that somebody waits, and by whom one was muted, of which LiveKit says only that it happened. */

/** On which the server tells hosts and moderators that somebody waits. */
const LOBBY_TOPIC = "jumpa.lobby";
const MUTED_TOPIC = "jumpa.muted";

type Device = "microphone" | "camera";

interface MutedBy {
  device: Device;
  by: string;
}

export type ServerData = { kind: "knock" } | ({ kind: "muted" } & MutedBy);

/** The two messages come by different ways, but not further apart than this. */
const TOGETHER_MS = 5000;

/** Reads what the server tells; undefined for anything else. */
function parseMutedBy(payload: Uint8Array): MutedBy | undefined {
  try {
    const told: unknown = JSON.parse(new TextDecoder().decode(payload));
    const [device, by] = ["source", "by"].map((name): unknown => Reflect.get(Object(told), name));
    const isOurs = device === "microphone" || device === "camera";
    return isOurs && typeof by === "string" && by.trim() !== "" ? { device, by } : undefined;
  } catch {
    return undefined;
  }
}

/** Reads data that no participant sent; undefined for anything else. */
export function readServerData(
  payload: Uint8Array,
  topic: string | undefined,
): ServerData | undefined {
  if (topic === LOBBY_TOPIC) {
    return { kind: "knock" };
  }
  const muted = topic === MUTED_TOPIC ? parseMutedBy(payload) : undefined;
  return muted && { kind: "muted", ...muted };
}

/** Remembers for a moment who muted what, so that the message without a name says nothing after it. */
export class MuteNotes {
  private readonly now: () => number;
  private readonly namedAtMs = new Map<Device, number>();

  constructor(now: () => number) {
    this.now = now;
  }

  note(told: ServerData): void {
    if (told.kind === "muted") {
      this.namedAtMs.set(told.device, this.now());
    }
  }

  /** Whether it was said already by whom. */
  isTold(device: Device): boolean {
    const atMs = this.namedAtMs.get(device);
    return atMs !== undefined && this.now() - atMs < TOGETHER_MS;
  }
}
