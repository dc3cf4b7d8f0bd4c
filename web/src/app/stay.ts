/** Everything that lives as long as one stay in a meeting, and how its parts hear of each other. */
import { computed, effect } from "@preact/signals";
import { type MessageStore, openMessages } from "@/api/messages";
import { type Moderation, openModeration } from "@/api/moderation";
import { openRoomAccess, type RoomAccess } from "@/api/room-access";
import type { Admission, DeviceChoice, LeaveReason } from "@/app/admission";
import { soundChimes } from "@/app/stay-chimes";
import { keepChosenDevices, tellMirrored } from "@/app/stay-devices";
import { lowerWhenSpoken } from "@/app/stay-hand";
import { followDataMode, tellWeakNetwork } from "@/app/stay-network";
import type { ChatRules } from "@/features/chat/ChatPanel";
import { Chat } from "@/features/chat/state";
import { Floating } from "@/features/meeting/floating";
import { MeetingState } from "@/features/meeting/state";
import { meetingText } from "@/features/meeting/strings";
import {
  announceShares,
  createAnnouncer,
  sentenceForRole,
  tellEvent,
} from "@/features/meeting/telling";
import { dataMode } from "@/features/meeting/viewing";
import { Lobby } from "@/features/people/lobby";
import { callName, giveColours } from "@/lib/person";
import { browserTimers } from "@/lib/timers";
import { moderates, type ParticipantView, type Role } from "@/media/participants";
import { Session } from "@/media/session";

export interface StayOptions {
  admission: Admission;
  choice: DeviceChoice;
  /** The refusal is what the server said when it did not take the token. */
  onLeave: (reason: LeaveReason, refusal?: string) => void;
}

export type Stay = ReturnType<typeof createStay>;

/** What cannot be read now keeps nobody from the chat. */
async function readRules(messages: MessageStore, moderation: Moderation): Promise<ChatRules> {
  const [keptDays, settings] = await Promise.all([
    messages.keptDays().catch(() => undefined),
    moderation.getSettings().catch(() => undefined),
  ]);
  return { keptDays, whoMaySendFiles: settings?.who_may_send_files ?? "everybody" };
}

function openChat(admission: Admission, session: Session, access: RoomAccess) {
  const messages = openMessages(access);
  const chat = new Chat({
    channel: session.texts,
    store: messages,
    self: { identity: admission.identity, name: admission.name },
    nameOf: (identity) =>
      session.participants.peek().find((other) => other.identity === identity)?.name,
    now: () => Date.now(),
    newId: () => Array.from(crypto.getRandomValues(new Uint32Array(4))).join("-"),
  });
  return { chat, messages };
}

/** A stay that has not begun. */
export function createStay({ admission, choice }: StayOptions) {
  const session = new Session(
    {
      ...choice,
      camera: choice.camera && dataMode.now.peek() !== "sound",
      url: admission.url,
      token: admission.token,
    },
    browserTimers,
  );
  const access = openRoomAccess(admission.code, admission.seat);
  const moderation = openModeration(access);
  const self = computed(() => session.participants.value.find((other) => other.isSelf));
  // Until the connection stands, the role is what joining answered.
  const role = computed<Role>(() => {
    const isKnown = session.connection.value !== "connecting";
    return (isKnown ? self.value?.role : undefined) ?? admission.role;
  });
  const { chat, messages } = openChat(admission, session, access);
  return {
    chat,
    readRules: () => readRules(messages, moderation),
    chatRights: computed(() => ({
      mayWrite: self.value?.rights.chat ?? true,
      moderates: moderates(role.value),
    })),
    session,
    self,
    role,
    moderation,
    lobby: new Lobby(moderation, browserTimers),
    state: new MeetingState(session, browserTimers),
    floating: new Floating(session.reactions, browserTimers),
    announcer: createAnnouncer(browserTimers),
  };
}

/** Tells who waits outside for as long as somebody does. */
function tellWaiting({ session, lobby, state }: Stay): () => void {
  let told = new Set<string>();
  return effect(() => {
    const waiting = lobby.waiting.value;
    const [first, ...others] = waiting;
    const isNew = waiting.some(({ identity }) => !told.has(identity));
    const isFewer = waiting.length < told.size;
    giveColours([...session.participants.peek(), ...waiting].map(({ identity }) => identity));
    told = new Set(waiting.map(({ identity }) => identity));
    if (first === undefined || state.panel.value === "people") {
      state.news.retract("lobby");
    } else if (isNew || isFewer) {
      const t = meetingText();
      const name = callName(first.name);
      const isOne = others.length === 0;
      state.news.tell({
        kind: "lobby",
        text: isOne ? t.waits(name) : t.wait(name, others.length),
        tone: "plain",
        isLasting: true,
        action: isOne
          ? { label: t.admit, run: () => void lobby.admit(first.identity) }
          : { label: t.show, run: () => state.togglePanel("people") },
      });
    }
  });
}

/** Tells those who lead the meeting whose hand went up. */
function tellHands({ session, role, state }: Stay): () => void {
  let raised = new Set<string>();
  const isRaised = (other: ParticipantView) => other.hand !== undefined && !other.isSelf;
  return effect(() => {
    const before = raised;
    const up = session.participants.value.filter(isRaised);
    raised = new Set(up.map(({ identity }) => identity));
    const fresh = up.find(({ identity }) => !before.has(identity));
    if (fresh !== undefined && moderates(role.value) && state.panel.peek() !== "people") {
      const t = meetingText();
      state.news.tell({
        kind: "hand",
        text: t.raisedHand(callName(fresh.name)),
        tone: "plain",
        action: { label: t.show, run: () => state.togglePanel("people") },
      });
    }
  });
}

/** Tells oneself of a new role, and watches the door while the role lets one open it. */
function followRole({ session, role, lobby, state }: Stay): () => void {
  let known: Role | undefined;
  return effect(() => {
    const current = role.value;
    const connection = session.connection.value;
    // Who waits is asked by HTTP, also while the connection is being restored.
    lobby.watch(connection !== "connecting" && connection !== "closed" && moderates(current));
    if (known !== undefined && known !== current) {
      state.news.tell({ kind: "role", text: sentenceForRole(current), tone: "plain" });
    }
    known = current;
  });
}

function tellMessages({ chat, state }: Stay): () => void {
  return chat.listen((message) => {
    const t = meetingText();
    state.news.tell({
      kind: "chat",
      text: t.message(callName(message.name), message.text),
      tone: "plain",
      action: { label: t.open, run: () => state.togglePanel("chat") },
    });
  });
}

/** Raises or lowers the own hand, and says so. */
export function raiseHand(stay: Stay, isUp: boolean): void {
  const { moderation, self, state, announcer } = stay;
  const identity = self.peek()?.identity;
  if (identity === undefined) {
    return;
  }
  const t = meetingText();
  moderation.raiseHand(identity, isUp).then(
    () => announcer.say(isUp ? t.handIsUp : t.handIsDown),
    () => state.news.tell({ kind: "hand", text: t.handFailed, tone: "warn" }),
  );
}

/** Mutes somebody for everyone, or says that it did not work. */
export function muteOne({ moderation, state }: Stay, identity: string): void {
  moderation.mute(identity).catch(() => {
    state.news.tell({ kind: "mute", text: meetingText().muteFailed, tone: "warn" });
  });
}

/** Connects the parts of a stay with each other; answers how to take them apart. */
export function connectStay(stay: Stay, onLeave: StayOptions["onLeave"]): () => void {
  const { session, state, chat, lobby, announcer } = stay;
  const stops = [
    session.listen((event) => {
      tellEvent(event, state, announcer);
      if (event.kind === "knock") {
        void lobby.look();
      } else if (event.kind === "mirrored") {
        tellMirrored(stay);
      } else if (event.kind === "closed") {
        onLeave(event.reason, event.refusal);
      }
    }),
    tellMessages(stay),
    tellWaiting(stay),
    tellHands(stay),
    followRole(stay),
    announceShares(state, announcer),
    keepChosenDevices(stay),
    soundChimes(stay),
    lowerWhenSpoken(
      {
        self: stay.self,
        speaking: session.voices.speaking,
        news: state.news,
        raise: (isUp) => raiseHand(stay, isUp),
      },
      browserTimers,
    ),
    tellWeakNetwork(stay),
    followDataMode(stay),
    // What was written before coming in, and while the connection was lost.
    effect(() => {
      if (session.connection.value === "connected") {
        void chat.catchUp();
      }
    }),
    () => lobby.watch(false),
    () => state.stop(),
  ];
  void session.join();
  return () => {
    for (const stop of stops) {
      stop();
    }
    void session.leave();
  };
}
