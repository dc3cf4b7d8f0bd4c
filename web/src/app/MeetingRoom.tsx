/** Puts a meeting together: the connection, the screen, the chat and the people, which do not know each other. */
import { computed, effect } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { openMessages } from "@/api/messages";
import { openRoomAccess } from "@/api/room-access";
import { endRoom, removeParticipant } from "@/api/rooms";
import type { Admission, DeviceChoice, LeaveReason } from "@/app/admission";
import { ChatPanel } from "@/features/chat/ChatPanel";
import { Chat } from "@/features/chat/state";
import { Meeting } from "@/features/meeting/Meeting";
import { MeetingState } from "@/features/meeting/state";
import { meetingText } from "@/features/meeting/strings";
import { announceShares, createAnnouncer, tellEvent } from "@/features/meeting/telling";
import { PeoplePanel } from "@/features/people/PeoplePanel";
import { copyText } from "@/lib/clipboard";
import { callName } from "@/lib/person";
import { browserTimers } from "@/lib/timers";
import { moderates } from "@/media/participants";
import { Session } from "@/media/session";

export interface MeetingRoomProps {
  admission: Admission;
  choice: DeviceChoice;
  /** The refusal is what the server said when it did not take the token. */
  onLeave: (reason: LeaveReason, refusal?: string) => void;
}

/** Everything that lives as long as one stay. */
function createStay({ admission, choice }: MeetingRoomProps) {
  const session = new Session(
    { ...choice, url: admission.url, token: admission.token },
    browserTimers,
  );
  const state = new MeetingState(session, browserTimers);
  const access = openRoomAccess(admission.code, admission.seat);
  const messages = openMessages(access);
  const self = computed(() => session.participants.value.find((other) => other.isSelf));
  const chat = new Chat({
    channel: session.texts,
    store: messages,
    self: { identity: admission.identity, name: admission.name },
    nameOf: (identity) =>
      session.participants.peek().find((other) => other.identity === identity)?.name,
    now: () => Date.now(),
    newId: () => Array.from(crypto.getRandomValues(new Uint32Array(4))).join("-"),
  });
  const chatRights = computed(() => ({
    mayWrite: self.value?.rights.chat ?? true,
    moderates: moderates(self.value?.role ?? "guest"),
  }));
  const announcer = createAnnouncer(browserTimers);
  return { session, state, chat, chatRights, messages, announcer };
}

type Stay = ReturnType<typeof createStay>;

/** Connects the parts of a stay with each other; answers how to take them apart. */
function connectStay(stay: Stay, onLeave: MeetingRoomProps["onLeave"]): () => void {
  const { session, state, chat, announcer } = stay;
  const stops = [
    session.listen((event) => {
      tellEvent(event, state, announcer);
      if (event.kind === "closed") {
        onLeave(event.reason, event.refusal);
      }
    }),
    chat.listen((message) => {
      const t = meetingText();
      state.news.tell({
        kind: "chat",
        text: t.message(callName(message.name), message.text),
        tone: "plain",
        action: { label: t.open, run: () => state.togglePanel("chat") },
      });
    }),
    announceShares(state, announcer),
    // What was written before coming in, and while the connection was lost.
    effect(() => {
      if (session.connection.value === "connected") {
        void chat.catchUp();
      }
    }),
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

/** One stay in a meeting, from joining to leaving. */
export default function MeetingRoom(props: MeetingRoomProps) {
  const { admission, onLeave } = props;
  const stay = useMemo(() => createStay(props), [admission]);
  const { session, state, chat, chatRights, messages, announcer } = stay;
  useEffect(() => connectStay(stay, onLeave), [stay]);
  const { code, hostSecret, title } = admission;
  const isHost = hostSecret !== undefined || admission.role === "host";
  const unread = chat.unread.value;
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${title} · Jumpa` : `${title} · Jumpa`;
  }, [unread, title]);
  const link = new URL(`/${code}`, location.origin).href;
  return (
    <Meeting
      session={session}
      state={state}
      announcer={announcer}
      title={title}
      link={link}
      onEnd={isHost ? () => endRoom(code, hostSecret) : undefined}
      chat={{
        unread: chat.unread,
        body: (
          <ChatPanel
            chat={chat}
            rights={chatRights}
            readKeptDays={() => messages.keptDays().catch(() => undefined)}
          />
        ),
      }}
      people={{
        body: (
          <PeoplePanel
            participants={session.participants}
            onRemove={
              isHost ? (identity) => removeParticipant(code, identity, hostSecret) : undefined
            }
            onInvite={() => copyText(link)}
          />
        ),
      }}
    />
  );
}
