/** Who is writing now: told every few seconds, and forgotten soon after the last key or with the message. */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Timers } from "@/lib/timers";
import type { TypingChannel } from "@/media/typing";
import type { MessageGroup } from "./messages";

const TOLD_EVERY_MS = 3000;
const BELIEVED_MS = 5000;
const MOST = 20;

/** The writers of one room. */
export class Typing {
  private readonly channel: TypingChannel;
  private readonly timers: Timers;
  private readonly current = signal<readonly string[]>([]);
  private readonly stops = new Map<string, () => void>();
  private lastToldMs = Number.NEGATIVE_INFINITY;

  constructor(channel: TypingChannel, timers: Timers) {
    this.channel = channel;
    this.timers = timers;
    channel.listen((identity) => this.begin(identity));
  }

  /** Identities, who began first first. */
  get writers(): ReadonlySignal<readonly string[]> {
    return this.current;
  }

  /** One pressed a key in the field. */
  type(): void {
    const nowMs = this.timers.now();
    if (nowMs - this.lastToldMs >= TOLD_EVERY_MS) {
      this.lastToldMs = nowMs;
      // What does not arrive is not worth a word.
      this.channel.send().catch(() => undefined);
    }
  }

  /** One sent what one wrote; the next key is news again. */
  rest(): void {
    this.lastToldMs = Number.NEGATIVE_INFINITY;
  }

  /** Somebody's message is there. */
  end(identity: string): void {
    this.stops.get(identity)?.();
    this.stops.delete(identity);
    if (this.current.peek().includes(identity)) {
      this.current.value = this.current.peek().filter((other) => other !== identity);
    }
  }

  private begin(identity: string): void {
    const isNew = !this.current.peek().includes(identity);
    if (isNew && this.current.peek().length >= MOST) {
      return;
    }
    this.stops.get(identity)?.();
    this.stops.set(
      identity,
      this.timers.after(BELIEVED_MS, () => this.end(identity)),
    );
    if (isNew) {
      this.current.value = [...this.current.peek(), identity];
    }
  }
}

/** Whoever wrote the last message has finished writing it. */
export function endWriting(
  groups: ReadonlySignal<readonly MessageGroup[]>,
  typing: Pick<Typing, "end">,
): () => void {
  return effect(() => {
    const last = groups.value.at(-1);
    if (last !== undefined) {
      typing.end(last.from);
    }
  });
}
