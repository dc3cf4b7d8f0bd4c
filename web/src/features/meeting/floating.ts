/** Reactions that are on their way up. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Timers } from "@/lib/timers";
import type { Reaction, ReactionFeed } from "@/media/reactions";

/** The reactions of the others, and the way of one's own to them. */
export interface ReactionChannel extends ReactionFeed {
  send: (reaction: Reaction) => Promise<void>;
}

export interface FloatingReaction {
  id: number;
  identity: string;
  reaction: Reaction;
}

const SHOWN_MS = 2400;
const MOST_OF_ONE = 5;
const PAUSE_MS = 300;

/** Those of everybody; what one person sends beyond five at a time is left out. */
export class Floating {
  private readonly channel: ReactionChannel;
  private readonly timers: Timers;
  private readonly current = signal<readonly FloatingReaction[]>([]);
  private lastSentMs = Number.NEGATIVE_INFINITY;
  private nextId = 0;

  constructor(channel: ReactionChannel, timers: Timers) {
    this.channel = channel;
    this.timers = timers;
    channel.listen((identity, reaction) => this.show(identity, reaction));
  }

  get all(): ReadonlySignal<readonly FloatingReaction[]> {
    return this.current;
  }

  /** Sends one's own and shows it at once; a second within a moment is a slip of the finger. */
  react(self: string, reaction: Reaction): void {
    const nowMs = this.timers.now();
    if (nowMs - this.lastSentMs < PAUSE_MS) {
      return;
    }
    this.lastSentMs = nowMs;
    this.show(self, reaction);
    // What does not arrive is not worth a word.
    this.channel.send(reaction).catch(() => undefined);
  }

  private show(identity: string, reaction: Reaction): void {
    const own = this.current.peek().filter((other) => other.identity === identity);
    if (own.length >= MOST_OF_ONE) {
      return;
    }
    const id = this.nextId;
    this.nextId += 1;
    this.current.value = [...this.current.peek(), { id, identity, reaction }];
    this.timers.after(SHOWN_MS, () => {
      this.current.value = this.current.peek().filter((other) => other.id !== id);
    });
  }
}
