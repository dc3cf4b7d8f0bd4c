/** Steadies the voices that the server reports: a ring that neither flickers on noise nor goes out at every breath. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Timers } from "@/lib/timers";

const ON_AFTER_MS = 120;
const OFF_AFTER_MS = 600;

export interface Voice {
  /** Since when the person speaks without a break, or null while silent. */
  speakingSinceMs: number | null;
  /** When the person was last heard; 0 when never. */
  heardAtMs: number;
}

/** Who is speaking, by identity. */
export class Voices {
  private readonly timers: Timers;
  private readonly voices = new Map<string, Voice>();
  private readonly pending = new Map<string, { to: boolean; cancel: () => void }>();
  private readonly current = signal<ReadonlySet<string>>(new Set());

  constructor(timers: Timers) {
    this.timers = timers;
  }

  get speaking(): ReadonlySignal<ReadonlySet<string>> {
    return this.current;
  }

  /** When each person was heard, for the order of tiles. */
  get heard(): ReadonlyMap<string, Voice> {
    return this.voices;
  }

  /** Takes the identities that have a voice at this moment, as the server reports them. */
  report(identities: ReadonlySet<string>): void {
    for (const identity of new Set([
      ...identities,
      ...this.current.peek(),
      ...this.pending.keys(),
    ])) {
      this.turn(identity, identities.has(identity));
    }
  }

  /** Forgets someone who left. */
  forget(identity: string): void {
    this.pending.get(identity)?.cancel();
    this.pending.delete(identity);
    this.voices.delete(identity);
    this.show(identity, false);
  }

  private turn(identity: string, hasVoice: boolean): void {
    const pending = this.pending.get(identity);
    if (pending !== undefined && pending.to === hasVoice) {
      return;
    }
    pending?.cancel();
    this.pending.delete(identity);
    if (this.current.peek().has(identity) === hasVoice) {
      return;
    }
    const since = this.timers.now();
    const cancel = this.timers.after(hasVoice ? ON_AFTER_MS : OFF_AFTER_MS, () => {
      this.pending.delete(identity);
      this.voices.set(identity, {
        speakingSinceMs: hasVoice ? since : null,
        heardAtMs: this.timers.now(),
      });
      this.show(identity, hasVoice);
    });
    this.pending.set(identity, { to: hasVoice, cancel });
  }

  private show(identity: string, isSpeaking: boolean): void {
    const next = new Set(this.current.peek());
    const changed = isSpeaking ? !next.has(identity) : next.has(identity);
    if (changed) {
      if (isSpeaking) {
        next.add(identity);
      } else {
        next.delete(identity);
      }
      this.current.value = next;
    }
  }
}
