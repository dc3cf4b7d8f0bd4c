/** What screen readers hear in one polite region: joins and leaves are gathered, everything else is said at once. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Timers } from "@/lib/timers";

const GATHERED_MS = 5000;

export interface Sentences {
  joined: (names: string[]) => string;
  left: (names: string[]) => string;
}

/** One live region. */
export class Announcer {
  private readonly timers: Timers;
  private readonly sentences: () => Sentences;
  private readonly said = signal("");
  private joined: string[] = [];
  private left: string[] = [];
  private isGathering = false;

  constructor(timers: Timers, sentences: () => Sentences) {
    this.timers = timers;
    this.sentences = sentences;
  }

  get text(): ReadonlySignal<string> {
    return this.said;
  }

  say(text: string): void {
    // The same words twice in a row are only heard again when they differ: a no-break space does.
    this.said.value = this.said.peek() === text ? `${text}\u00a0` : text;
  }

  /** Someone who leaves and comes back within the time is not mentioned. */
  gather(kind: "joined" | "left", name: string): void {
    const opposite = kind === "joined" ? this.left : this.joined;
    const place = opposite.indexOf(name);
    if (place >= 0) {
      opposite.splice(place, 1);
    } else {
      this[kind].push(name);
    }
    if (!this.isGathering) {
      this.isGathering = true;
      this.timers.after(GATHERED_MS, () => this.flush());
    }
  }

  private flush(): void {
    const { joined, left } = this;
    this.isGathering = false;
    this.joined = [];
    this.left = [];
    const sentences = this.sentences();
    const parts = [
      joined.length > 0 ? sentences.joined(joined) : "",
      left.length > 0 ? sentences.left(left) : "",
    ];
    const text = parts.filter((part) => part !== "").join(". ");
    if (text !== "") {
      this.say(text);
    }
  }
}
