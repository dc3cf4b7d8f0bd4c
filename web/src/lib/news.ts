/** News in the bar: one at a time, of one kind merged, gone by themselves. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Timers } from "@/lib/timers";

export interface NewsAction {
  label: string;
  run: () => void;
}

export interface NewsItem {
  /** News of one kind merge while they wait or show. */
  kind: string;
  text: string;
  tone: "plain" | "warn";
  action?: NewsAction;
  /** Stays until somebody deals with it, and comes back after other news. */
  isLasting?: boolean;
}

const SHOWN_MS = 6000;
const SHOWN_WITH_ACTION_MS = 12_000;

/** A queue of news. */
export class News {
  private readonly timers: Timers;
  private readonly shown = signal<NewsItem | undefined>(undefined);
  private waiting: NewsItem[] = [];
  private stopTimer: () => void = () => undefined;

  constructor(timers: Timers) {
    this.timers = timers;
  }

  get current(): ReadonlySignal<NewsItem | undefined> {
    return this.shown;
  }

  /** Shows the item now, or after those that wait; a newer one of the same kind takes its place. */
  tell(item: NewsItem): void {
    const current = this.shown.peek();
    if (current === undefined || current.kind === item.kind) {
      this.show(item);
      return;
    }
    if (current.isLasting === true) {
      this.waiting = [...this.waiting.filter(({ kind }) => kind !== item.kind), current];
      this.show(item);
      return;
    }
    const place = this.waiting.findIndex((other) => other.kind === item.kind);
    if (place >= 0) {
      this.waiting[place] = item;
    } else {
      this.waiting.push(item);
    }
  }

  dismiss(): void {
    this.stopTimer();
    this.stopTimer = () => undefined;
    // What lasts comes last: nothing behind it would be seen until somebody deals with it.
    const next = this.waiting.find(({ isLasting }) => isLasting !== true) ?? this.waiting[0];
    this.waiting = this.waiting.filter((item) => item !== next);
    this.shown.value = undefined;
    if (next !== undefined) {
      this.show(next);
    }
  }

  /** Takes back news that are no longer true. */
  retract(kind: string): void {
    this.waiting = this.waiting.filter((item) => item.kind !== kind);
    if (this.shown.peek()?.kind === kind) {
      this.dismiss();
    }
  }

  act(): void {
    const action = this.shown.peek()?.action;
    this.dismiss();
    action?.run();
  }

  private show(item: NewsItem): void {
    this.stopTimer();
    this.shown.value = item;
    if (item.isLasting === true) {
      return;
    }
    this.stopTimer = this.timers.after(
      item.action === undefined ? SHOWN_MS : SHOWN_WITH_ACTION_MS,
      () => this.dismiss(),
    );
  }
}
