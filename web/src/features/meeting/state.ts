/** The state of the meeting screen: what is open, which page shows, who stands where. */
import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { News } from "@/lib/news";
import type { Timers } from "@/lib/timers";
import type { ParticipantView } from "@/media/participants";
import type { Voice } from "@/media/speaking";
import { arrange } from "./arrange";
import type { Arrangement, Corner, Screen } from "./arrangement";
import { followSpeaker, NO_SPEAKER, type SpeakerState } from "./focus";
import type { Size } from "./layout";
import { EMPTY_ORDER, followPresent, type OrderState, promoteSpeaker } from "./order";
import { countSeconds } from "./reconnecting";
import { dataMode, layoutChoice, selfView } from "./viewing";

/** What the screen needs from the connection. */
export interface MeetingSource {
  readonly participants: ReadonlySignal<readonly ParticipantView[]>;
  readonly connection: ReadonlySignal<"connecting" | "connected" | "reconnecting" | "closed">;
  readonly voices: {
    readonly speaking: ReadonlySignal<ReadonlySet<string>>;
    readonly heard: ReadonlyMap<string, Voice>;
  };
}

export type Panel = "chat" | "people" | "info";

/** Those that need nothing but the meeting. */
export type PlainDialog = "layout" | "shortcuts" | "data" | "statistics" | "background" | "chimes";

/** A dialog over the meeting. */
export type MeetingDialog = { kind: PlainDialog } | { kind: "volume"; identity: string };

const CHECK_SPEAKERS_MS = 500;

/** State of one stay in a meeting. */
export class MeetingState {
  readonly panel: Signal<Panel | undefined> = signal(undefined);
  readonly dialog: Signal<MeetingDialog | undefined> = signal(undefined);
  readonly area: Signal<Size> = signal({ width: 0, height: 0 });
  readonly screen: Signal<Screen> = signal("laptop");
  readonly corner: Signal<Corner> = signal("bottom-right");
  readonly wantedPage = signal(0);
  /** The way the page was last turned. */
  readonly turned: Signal<"forwards" | "backwards" | undefined> = signal(undefined);
  readonly isPointerOnStage = signal(false);
  /** Identity of who stands large until unpinned. */
  readonly pinned: Signal<string | undefined> = signal(undefined);
  /** Identities of people whose tiles one does not want to see. */
  readonly hidden: Signal<ReadonlySet<string>> = signal(new Set());
  /** Whose screen is the large one, when several are shared. */
  readonly wantedShare: Signal<string | undefined> = signal(undefined);
  readonly news: News;
  /** Whole seconds since the connection was lost. */
  readonly seconds: ReadonlySignal<number | undefined>;
  readonly arrangement: ReadonlySignal<Arrangement>;
  /** Identity of the one whose camera is shown while data is saved; absent while none is. */
  readonly shownCamera: ReadonlySignal<string | undefined>;
  private readonly source: MeetingSource;
  private readonly timers: Timers;
  private readonly order: Signal<OrderState> = signal(EMPTY_ORDER);
  private readonly speaker: Signal<SpeakerState> = signal(NO_SPEAKER);
  private readonly stops: (() => void)[] = [];
  private stopChecking: () => void = () => undefined;

  constructor(source: MeetingSource, timers: Timers) {
    this.source = source;
    this.timers = timers;
    this.news = new News(timers);
    this.seconds = countSeconds(
      computed(() => source.connection.value === "reconnecting"),
      timers,
    );
    this.arrangement = computed(() => this.arrangeNow());
    this.shownCamera = computed(() => this.pinned.value ?? this.lastSpeaker());
    this.stops.push(
      effect(() => {
        this.order.value = followPresent(this.order.peek(), source.participants.value);
      }),
      effect(() => {
        source.voices.speaking.value;
        this.checkSpeakers();
      }),
      this.followShares(),
      () => this.stopChecking(),
    );
  }

  stop(): void {
    for (const stop of this.stops) {
      stop();
    }
  }

  /** Opens a panel, and leaves it open when it is. */
  showPanel(panel: Panel): void {
    this.panel.value = panel;
    this.news.retract(panel);
  }

  /** Opens a panel, or closes it when it is open. */
  togglePanel(panel: Panel): void {
    this.panel.value = this.panel.peek() === panel ? undefined : panel;
    this.news.retract(panel);
  }

  turnPage(by: 1 | -1): void {
    const { page, pages } = this.arrangement.peek();
    this.turned.value = by > 0 ? "forwards" : "backwards";
    this.wantedPage.value = Math.min(Math.max(0, page + by), pages - 1);
  }

  /** Makes someone large, or lets go of them when they are. */
  togglePin(identity: string): void {
    this.pinned.value = this.pinned.peek() === identity ? undefined : identity;
  }

  /** Takes somebody's tile off the stage for oneself, or puts it back. */
  toggleHidden(identity: string): void {
    const next = new Set(this.hidden.peek());
    if (!next.delete(identity)) {
      next.add(identity);
      if (this.pinned.peek() === identity) {
        this.pinned.value = undefined;
      }
    }
    this.hidden.value = next;
  }

  /** Whether anybody else is left to be seen without this one: a stage is never empty. */
  mayHide(identity: string): boolean {
    const hidden = this.hidden.value;
    return this.order.value.others.some((other) => other !== identity && !hidden.has(other));
  }

  /** Everyone but oneself and the hidden; whoever shares a screen is seen, and a stage is never empty. */
  private get shownOthers(): readonly string[] {
    const { others } = this.order.value;
    const hidden = this.hidden.value;
    const sharers = this.source.participants.value.filter((other) => other.isSharing);
    const shown = others.filter(
      (identity) => !hidden.has(identity) || sharers.some((sharer) => sharer.identity === identity),
    );
    return shown.length > 0 ? shown : others;
  }

  /** Makes one of several shared screens the large one. */
  showShare(identity: string): void {
    this.pinned.value = undefined;
    this.wantedShare.value = identity;
  }

  nextCorner(): void {
    const clockwise: Corner[] = ["bottom-right", "bottom-left", "top-left", "top-right"];
    const place = clockwise.indexOf(this.corner.peek());
    this.corner.value = clockwise[(place + 1) % clockwise.length] ?? "bottom-right";
  }

  private arrangeNow(): Arrangement {
    // Who is heard changes the strip of a share only when someone begins or ends to speak.
    this.source.voices.speaking.value;
    const heard = [...this.source.voices.heard].map(
      ([identity, voice]) => [identity, voice.heardAtMs] as const,
    );
    return arrange({
      participants: this.source.participants.value,
      others: this.shownOthers,
      area: this.area.value,
      screen: this.screen.value,
      page: this.wantedPage.value,
      corner: this.corner.value,
      heardAtMs: new Map(heard),
      layout: layoutChoice.now.value,
      pinned: this.pinned.value,
      speaker: this.speaker.value.speaker,
      wantedShare: this.wantedShare.value,
      isSelfHidden: !selfView.isOn,
    });
  }

  private checkSpeakers(): void {
    this.stopChecking();
    this.stopChecking = () => undefined;
    if (this.source.voices.speaking.peek().size > 0) {
      this.stopChecking = this.timers.after(CHECK_SPEAKERS_MS, () => {
        this.promote();
        this.checkSpeakers();
      });
    }
  }

  private lastSpeaker(): string | undefined {
    const { others } = this.order.value;
    const { speaker } = this.speaker.value;
    return speaker !== undefined && others.includes(speaker) ? speaker : others[0];
  }

  /** Whether this camera is left out to save data; one's own costs nothing to see. */
  isPaused(participant: ParticipantView): boolean {
    const mode = dataMode.now.value;
    if (mode === "full" || participant.isSelf) {
      return false;
    }
    return mode === "sound" || this.shownCamera.value !== participant.identity;
  }

  /** A screen that begins to be shared takes the large place. */
  private followShares(): () => void {
    let known = new Set<string>();
    return effect(() => {
      const sharers = this.source.participants.value.filter((other) => other.isSharing);
      const fresh = sharers.find((other) => !(other.isSelf || known.has(other.identity)));
      known = new Set(sharers.map((other) => other.identity));
      if (fresh !== undefined) {
        this.showShare(fresh.identity);
      }
    });
  }

  private promote(): void {
    const { view, tiles } = this.arrangement.peek();
    const moment = {
      nowMs: this.timers.now(),
      isPointerOnStage: this.isPointerOnStage.peek(),
      visible: tiles.map((tile) => tile.participant.identity),
      voices: this.source.voices.heard,
    };
    this.speaker.value = followSpeaker(this.speaker.peek(), moment, this.order.peek().others);
    if (view === "grid") {
      this.order.value = promoteSpeaker(this.order.peek(), moment);
    }
  }
}
