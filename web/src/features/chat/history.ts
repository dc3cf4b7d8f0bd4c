/** Reading what the server keeps: the newest messages first, older ones when people ask for them. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { ApiError } from "@/api/client";
import { explainFailure } from "@/api/failure-text";
import type { MessageStore } from "@/api/messages";
import type { MessageLog } from "./log";
import { fromStored } from "./messages";

/** What is known of the messages before those on the screen. */
export type HistoryState =
  | { name: "unread" | "loading" | "complete" }
  | { name: "more"; cursor: string }
  | { name: "failed"; error: string; cursor: string | undefined };

/** The way back through the messages of one room. */
export class History {
  private readonly store: MessageStore;
  private readonly log: MessageLog;
  private readonly self: string;
  private readonly current = signal<HistoryState>({ name: "unread" });
  private isWithout = false;
  private reading: Promise<void> = Promise.resolve();

  constructor(store: MessageStore, log: MessageLog, self: string) {
    this.store = store;
    this.log = log;
    this.self = self;
  }

  get state(): ReadonlySignal<HistoryState> {
    return this.current;
  }

  /** True in rooms of which the server keeps nothing. */
  get isLiveOnly(): boolean {
    return this.isWithout;
  }

  /** Settles once what is being read was read. */
  get settled(): Promise<void> {
    return this.reading;
  }

  /** Reads the newest messages: on coming in, and again after the connection was lost. */
  catchUp(): Promise<void> {
    return this.read(() => this.readPage(undefined, this.wayBack()));
  }

  /** Reads the messages before those on the screen. */
  readOlder(): Promise<void> {
    return this.read(async () => {
      const state = this.current.peek();
      if (state.name === "more" || state.name === "failed") {
        await this.readPage(state.cursor, undefined);
      }
    });
  }

  /** One page after the other. */
  private read(page: () => Promise<void>): Promise<void> {
    this.reading = this.reading.then(page);
    return this.reading;
  }

  /** The way back to older messages, which stays when only news are read. */
  private wayBack(): HistoryState | undefined {
    const state = this.current.peek();
    return state.name === "more" || state.name === "complete" ? state : undefined;
  }

  private async readPage(
    cursor: string | undefined,
    kept: HistoryState | undefined,
  ): Promise<void> {
    if (this.isWithout) {
      return;
    }
    this.current.value = kept ?? { name: "loading" };
    try {
      const page = await this.store.list({ cursor });
      const found = page.items.map((stored) => fromStored(stored, this.self)).reverse();
      const isJoined = found.some(
        ({ streamId }) => streamId !== undefined && this.log.knows(streamId),
      );
      this.log.merge(found);
      const next = page.next_cursor;
      const after: HistoryState = next ? { name: "more", cursor: next } : { name: "complete" };
      this.current.value = kept !== undefined && isJoined ? kept : after;
    } catch (error) {
      this.miss(error, cursor, kept);
    }
  }

  private miss(error: unknown, cursor: string | undefined, kept: HistoryState | undefined): void {
    if (!(error instanceof ApiError)) {
      throw error;
    }
    if (error.code === "room_not_found") {
      this.isWithout = true;
      this.current.value = { name: "complete" };
    } else if (kept === undefined) {
      this.current.value = { name: "failed", error: explainFailure(error), cursor };
    }
  }
}
