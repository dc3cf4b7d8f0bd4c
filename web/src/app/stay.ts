/** Everything that lives as long as one stay in a meeting, and how its parts hear of each other. */
import { computed, effect } from "@preact/signals";
import { type MessageStore, openMessages } from "@/api/messages";
import { type Moderation, openModeration } from "@/api/moderation";
import { openRoomAccess, type RoomAccess } from "@/api/room-access";
import type { Admission, DeviceChoice, LeaveReason } from "@/app/admission";
import { soundChimes } from "@/app/stay-chimes";
import { keepChosenDevices, tellMirrored } from "@/app/stay-devices";
import { serveEmbedder } from "@/app/stay-embedder";
import { lowerWhenSpoken, tellHands } from "@/app/stay-hand";
import { tellMessages } from "@/app/stay-messages";
import { tellPinnedForAll } from "@/app/stay-moderation";
import { followDataMode, tellWeakNetwork } from "@/app/stay-network";
import { sayNames, tellHeldBack, tellRights, watchAlone } from "@/app/stay-presence";
import { sayReactions } from "@/app/stay-reactions";
import type { ChatRules } from "@/features/chat/ChatPanel";
import { Chat } from "@/features/chat/state";
import { endWriting, Typing } from "@/features/chat/typing";
import { Floating } from "@/features/meeting/floating";
import { Idle } from "@/features/meeting/idle";
import { Pointers } from "@/features/meeting/pointers";
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
import type { Embedder } from "@/lib/embedder";
import { callName, giveColours } from "@/lib/person";
import { browserTimers } from "@/lib/timers";
import { moderates, type Role } from "@/media/participants";
import { Session } from "@/media/session";

export interface StayOptions {
  admission: Admission;
  choice: DeviceChoice;
  /** The refusal is what the server said when it did not take the token. */
  onLeave: (reason: LeaveReason, refusal?: string) => void;
  /** The page that shows this one in a frame. */
  embedder?: Embedder | undefined;
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
    self: {
      identity: admission.identity,
      // It may be changed in the meeting.
      get name() {
        return session.participants.peek().find((other) => other.isSelf)?.name ?? admission.name;
      },
    },
    nameOf: (identity) =>
      session.participants.peek().find((other) => other.identity === identity)?.name,
    now: () => Date.now(),
    newId: () => Array.from(crypto.getRandomValues(new Uint32Array(4))).join("-"),
  });
  return { chat, messages };
}

/** A stay that has not begun. */
export function createStay({ admission, choice }: StayOptions) {
  const giveBackMode = choice.isSoundOnly === true ? dataMode.lend("sound") : () => undefined;
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
  let hasGoneIdle = false;
  const idle = new Idle(browserTimers, () => {
    hasGoneIdle = true;
    void session.leave();
  });
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
    floating: new Floating({ ...session.reactions, send: moderation.react }, browserTimers),
    pointers: new Pointers(session.pointers, () => self.peek()?.identity, browserTimers),
    announcer: createAnnouncer(browserTimers),
    typing: new Typing(session.typing, browserTimers),
    idle,
    choice,
    giveBackMode,
    speak: () => void session.own.turn("microphone", true),
    hasGoneIdle: () => hasGoneIdle,
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
          : { label: t.show, run: () => state.showPanel("people") },
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

/** Connects the parts of a stay with each other; answers how to take them apart. */
export function connectStay(
  stay: Stay,
  { onLeave, embedder }: Pick<StayOptions, "onLeave" | "embedder">,
): () => void {
  const { session, state, chat, lobby, announcer } = stay;
  const stops = [
    session.listen((event) => {
      tellEvent(event, state, announcer);
      if (event.kind === "knock") {
        void lobby.look();
      } else if (event.kind === "mirrored") {
        tellMirrored(stay);
      } else if (event.kind === "closed") {
        const isIdle = event.reason === "left" && stay.hasGoneIdle();
        onLeave(isIdle ? "idle" : event.reason, event.refusal);
      }
    }),
    tellMessages(stay),
    endWriting(stay.chat.groups, stay.typing),
    tellWaiting(stay),
    tellHands(stay),
    sayReactions(stay),
    followRole(stay),
    announceShares(state, announcer),
    tellPinnedForAll(stay),
    tellRights(stay),
    sayNames(stay),
    tellHeldBack(stay, stay.choice),
    watchAlone(stay, document),
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
    embedder === undefined ? () => undefined : serveEmbedder(stay, embedder),
    followDataMode(stay),
    // What was written before coming in, and while the connection was lost.
    effect(() => {
      if (session.connection.value === "connected") {
        void chat.catchUp();
      }
    }),
    stay.giveBackMode,
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
