/** Who waits outside, for those who may let them in. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { ApiError } from "@/api/client";
import { explainFailure } from "@/api/failure-text";
import type { Moderation, Waiting } from "@/api/moderation";
import type { Timers } from "@/lib/timers";

type LobbyTools = Pick<Moderation, "listWaiting" | "admit" | "admitAll" | "deny">;

// Whoever waits asks again every three seconds, and is let go of after a minute of silence.
const LOOK_AGAIN_MS = 5000;

/** The list is read when somebody knocks, and again while somebody waits. */
export class Lobby {
  private readonly tools: LobbyTools;
  private readonly timers: Timers;
  private readonly current = signal<readonly Waiting[]>([]);
  private readonly currentError = signal<string | undefined>(undefined);
  private cancel = (): void => undefined;
  private isWatched = false;
  private turn = 0;

  constructor(tools: LobbyTools, timers: Timers) {
    this.tools = tools;
    this.timers = timers;
  }

  /** First come first. */
  get waiting(): ReadonlySignal<readonly Waiting[]> {
    return this.current;
  }

  /** Why the last answer at the door did not work. */
  get error(): ReadonlySignal<string | undefined> {
    return this.currentError;
  }

  /** Begins or ends to look at the door, as the role allows. */
  watch(isWatched: boolean): void {
    if (this.isWatched === isWatched) {
      return;
    }
    this.isWatched = isWatched;
    this.cancel();
    if (isWatched) {
      void this.look();
    } else {
      this.current.value = [];
    }
  }

  /** Reads the list now. */
  async look(): Promise<void> {
    if (!this.isWatched) {
      return;
    }
    this.cancel();
    this.turn += 1;
    const mine = this.turn;
    const found = await this.tools.listWaiting().catch(() => undefined);
    if (mine !== this.turn || !this.isWatched) {
      return;
    }
    // A network that is gone for a moment empties no list.
    this.current.value = found ?? this.current.peek();
    if (this.current.peek().length > 0) {
      this.cancel = this.timers.after(LOOK_AGAIN_MS, () => void this.look());
    }
  }

  admit(identity: string): Promise<void> {
    return this.answer(() => this.tools.admit(identity));
  }

  admitAll(): Promise<void> {
    return this.answer(() => this.tools.admitAll());
  }

  deny(identity: string): Promise<void> {
    return this.answer(() => this.tools.deny(identity));
  }

  private async answer(act: () => Promise<void>): Promise<void> {
    this.currentError.value = undefined;
    try {
      await act();
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
      // Whoever has gone meanwhile, or was let in by somebody else, needs no answer.
      if (error.code !== "not_waiting") {
        this.currentError.value = explainFailure(error);
      }
    }
    await this.look();
  }
}
