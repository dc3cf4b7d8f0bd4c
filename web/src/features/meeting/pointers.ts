/** Who points at which shared screen: one's own pointer on its way out, and those of the others until they rest. */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Timers } from "@/lib/timers";
import type { PointerChannel, Spot } from "@/media/pointers";

export interface Pointer extends Spot {
  /** Who points. */
  identity: string;
  /** Whose screen. */
  share: string;
}

const PAUSE_MS = 60;
const RESTING_MS = 3000;
const MOST_SHOWN = 12;

/** All pointers of one stay. */
export class Pointers {
  /** Whether one points with the mouse or the finger. */
  readonly isPointing: Signal<boolean> = signal(false);
  private readonly channel: PointerChannel;
  private readonly timers: Timers;
  private readonly self: () => string | undefined;
  private readonly current = signal<readonly Pointer[]>([]);
  private readonly closed = signal<ReadonlySet<string>>(new Set());
  private readonly allowed = signal(true);
  private readonly stops = new Map<string, () => void>();
  private lastSentMs = Number.NEGATIVE_INFINITY;
  private stopLate = (): void => undefined;

  constructor(channel: PointerChannel, self: () => string | undefined, timers: Timers) {
    this.channel = channel;
    this.self = self;
    this.timers = timers;
    channel.listen((identity, message) => {
      if (message.kind === "allow") {
        this.close(identity, !message.isAllowed);
      } else {
        this.show(identity, message.share, message.spot);
      }
    });
  }

  get all(): ReadonlySignal<readonly Pointer[]> {
    return this.current;
  }

  /** Whether the others may point at one's own screen. */
  get isAllowed(): ReadonlySignal<boolean> {
    return this.allowed;
  }

  /** Whether this sharer lets others point. */
  isOpen(share: string): boolean {
    return !this.closed.value.has(share);
  }

  /** Says to everybody whether they may point at one's own screen. */
  allow(isAllowed: boolean): void {
    this.allowed.value = isAllowed;
    const self = this.self();
    if (!isAllowed && self !== undefined) {
      this.drop((pointer) => pointer.share === self);
    }
    this.send({ kind: "allow", isAllowed });
  }

  /** Points there; between two packets only the last place counts. */
  move(share: string, spot: Spot): void {
    this.stopLate();
    const waitMs = this.lastSentMs + PAUSE_MS - this.timers.now();
    if (waitMs > 0) {
      this.stopLate = this.timers.after(waitMs, () => this.move(share, spot));
      return;
    }
    this.lastSentMs = this.timers.now();
    this.send({ kind: "move", share, spot });
  }

  /** No longer points at this screen. */
  leave(share: string): void {
    this.stopLate();
    if (this.lastSentMs > Number.NEGATIVE_INFINITY) {
      this.lastSentMs = Number.NEGATIVE_INFINITY;
      this.send({ kind: "move", share, spot: undefined });
    }
  }

  private send(message: Parameters<PointerChannel["send"]>[0], to?: string): void {
    // What does not arrive is not worth a word.
    this.channel.send(message, to).catch(() => undefined);
  }

  private show(identity: string, share: string, spot: Spot | undefined): void {
    const isOwn = share === this.self();
    if (isOwn && !this.allowed.peek() && spot !== undefined) {
      // Who came after it was said hears it now.
      this.send({ kind: "allow", isAllowed: false }, identity);
    }
    const isWelcome = isOwn ? this.allowed.peek() : !this.closed.peek().has(share);
    this.stops.get(identity)?.();
    const others = this.current.peek().filter((pointer) => pointer.identity !== identity);
    const isShown = spot !== undefined && isWelcome && others.length < MOST_SHOWN;
    this.current.value = isShown ? [...others, { identity, share, ...spot }] : others;
    if (isShown) {
      const rest = () => this.drop((pointer) => pointer.identity === identity);
      this.stops.set(identity, this.timers.after(RESTING_MS, rest));
    }
  }

  private close(share: string, isClosed: boolean): void {
    const next = new Set(this.closed.peek());
    if (isClosed) {
      next.add(share);
      this.drop((pointer) => pointer.share === share);
    } else {
      next.delete(share);
    }
    this.closed.value = next;
  }

  private drop(isGone: (pointer: Pointer) => boolean): void {
    this.current.value = this.current.peek().filter((pointer) => !isGone(pointer));
  }
}
