/** What a key, a tile or a menu does to the meeting, and what is said of it. */
import { callName } from "@/lib/person";
import type { ParticipantView } from "@/media/participants";
import type { Reaction } from "@/media/reactions";
import type { Session } from "@/media/session";
import type { Announcer } from "./announcer";
import type { Floating } from "./floating";
import { toggleFullscreen } from "./fullscreen";
import type { Idle } from "./idle";
import { ownSwitch } from "./own-switch";
import type { Pointers } from "./pointers";
import type { Shortcut } from "./shortcuts";
import type { MeetingState } from "./state";
import { meetingText } from "./strings";
import type { TileActions } from "./TileTools";
import { layoutChoice, nextLayout, selfView } from "./viewing";
import { viewingText } from "./viewing-strings";

export interface Acting {
  session: Session;
  state: MeetingState;
  announcer: Announcer;
  floating: Floating;
  pointers: Pointers;
  idle: Idle;
  /** Raises or lowers the own hand. */
  onHand: (isUp: boolean) => void;
  /** Mutes somebody for everyone; absent for those who may not. */
  onMute?: ((identity: string) => void) | undefined;
  mayMute?: ((participant: ParticipantView) => boolean) | undefined;
  /** Pins somebody for everyone, or lets go; absent for those who may not. */
  onPinForAll?: ((participant: ParticipantView) => void) | undefined;
}

/** Oneself, as the others see it. */
export function selfOf(session: Session): ParticipantView | undefined {
  return session.participants.value.find((other) => other.isSelf);
}

async function toggleAloud(acting: Acting, device: "microphone" | "camera"): Promise<void> {
  const { session, announcer } = acting;
  const { isOpen, label } = ownSwitch(session, device, selfOf(session)?.rights);
  if (!isOpen) {
    // A key has no button that says why nothing happens.
    announcer.say(label);
    return;
  }
  await session.own.toggle(device);
  const t = meetingText();
  const { isOn } = session.own[device].state.peek();
  const words = {
    microphone: isOn ? t.microphoneIsOn : t.microphoneIsOff,
    camera: isOn ? t.cameraIsOn : t.cameraIsOff,
  };
  announcer.say(words[device]);
}

/** Raises the own hand or lowers it; observers have none. */
export function toggleHand({ session, onHand }: Acting): void {
  const self = selfOf(session);
  if (self !== undefined && self.role !== "observer") {
    onHand(self.hand === undefined);
  }
}

/** Sends a reaction with one's own name. */
export function react({ session, floating }: Acting, reaction: Reaction): void {
  const self = selfOf(session);
  if (self !== undefined) {
    floating.react(self.identity, reaction);
  }
}

function changeLayout({ announcer }: Acting): void {
  const layout = nextLayout();
  const t = viewingText();
  layoutChoice.choose(layout);
  announcer.say(t.layoutNow(t[layout]));
}

/** Goes to the tools of the first tile, or back to the controls. */
function switchPlace(): void {
  const isOnStage = document.activeElement?.closest("main") != null;
  const place = isOnStage ? "#controls button" : "main .tile-tool";
  document.querySelector<HTMLElement>(place)?.focus();
}

/** Opens the row of reactions, where there is one and hosts allow it. */
function openReactions(): void {
  document.querySelector<HTMLElement>("#controls [data-menu=reactions]")?.click();
}

function toggleShare({ session }: Acting): void {
  if (session.canShare && selfOf(session)?.rights.share === true) {
    void session.own.toggle("share");
  }
}

/** Does what a key means; while the connection is restored, own devices wait. */
export function actOn(shortcut: Shortcut, acting: Acting, isHeld: boolean): void {
  const { state } = acting;
  const acts: Record<Shortcut, () => void> = {
    microphone: () => isHeld || void toggleAloud(acting, "microphone"),
    camera: () => isHeld || void toggleAloud(acting, "camera"),
    share: () => isHeld || toggleShare(acting),
    chat: () => state.togglePanel("chat"),
    people: () => state.togglePanel("people"),
    fullscreen: () => void toggleFullscreen(),
    hand: () => toggleHand(acting),
    layout: () => changeLayout(acting),
    reactions: openReactions,
    tools: switchPlace,
    help: () => {
      state.dialog.value = { kind: "shortcuts" };
    },
  };
  acts[shortcut]();
}

/** What the tools of tiles do. */
export function tileActions(acting: Acting): TileActions {
  const { state, announcer, onMute, mayMute, onPinForAll } = acting;
  return {
    onPin: ({ identity, name }) => {
      state.togglePin(identity);
      const t = viewingText();
      const isPinned = state.pinned.peek() === identity;
      announcer.say((isPinned ? t.isPinned : t.isUnpinned)(callName(name)));
    },
    onVolume: ({ identity }) => {
      state.dialog.value = { kind: "volume", identity };
    },
    onHide: ({ identity, name }) => {
      const t = viewingText();
      state.toggleHidden(identity);
      if (state.hidden.peek().has(identity)) {
        state.news.tell({
          kind: "hidden",
          text: t.isHidden(callName(name)),
          tone: "plain",
          action: { label: t.undo, run: () => state.toggleHidden(identity) },
        });
      }
    },
    mayHide: (identity) => state.mayHide(identity),
    onHideSelf: () => {
      const t = viewingText();
      selfView.turn(false);
      state.news.tell({
        kind: "self-view",
        text: t.selfHidden,
        tone: "plain",
        action: { label: t.undo, run: () => selfView.turn(true) },
      });
    },
    onMute,
    mayMute,
    onPinForAll,
  };
}
