/** The meeting screen: stage, bar, one panel, news. */
import { type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { classes } from "@/lib/class";
import { copyText } from "@/lib/clipboard";
import type { ParticipantView } from "@/media/participants";
import type { Session } from "@/media/session";
import "./controls.css";
import "./overlay.css";
import "./pager.css";
import "./panel.css";
import "./shared.css";
import "./stage.css";
import type { Announcer } from "./announcer";
import { Bar, type BarProps } from "./Bar";
import { toggleFullscreen } from "./fullscreen";
import { useLevel } from "./level";
import { AnnouncerView, NewsView } from "./NewsView";
import { PhoneBar, PhoneTop } from "./PhoneBar";
import { ConnectingCard, ReconnectingCard } from "./ReconnectingCard";
import { reconnectingPhase } from "./reconnecting";
import { hasSingleKeys, Shortcuts } from "./Shortcuts";
import { SidePanel } from "./SidePanel";
import { SoundPrompt } from "./SoundPrompt";
import { Stage } from "./Stage";
import { useScreen } from "./screen";
import { isTypingIn, type Shortcut, shortcutOf } from "./shortcuts";
import type { MeetingState } from "./state";
import { meetingText } from "./strings";
import { useQuiet } from "./useQuiet";

export interface MeetingProps {
  session: Session;
  state: MeetingState;
  announcer: Announcer;
  title: string;
  /** Address that others open to join. */
  link: string;
  /** Ends the meeting for everyone; absent for guests. */
  onEnd?: (() => Promise<void>) | undefined;
  chat: { unread: ReadonlySignal<number>; body: ComponentChildren; tools: ComponentChildren };
  people: { body: ComponentChildren; waiting: ReadonlySignal<number> };
  /** Raises or lowers the own hand. */
  onHand: (isUp: boolean) => void;
  onRoomSettings: () => void;
}

function useShortcuts(onShortcut: (shortcut: Shortcut) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isTyping = isTypingIn(document.activeElement);
      const { key, ctrlKey, metaKey, altKey, shiftKey, repeat } = event;
      const press = { key, ctrlKey, metaKey, altKey, shiftKey, repeat, isTyping };
      const shortcut = shortcutOf(press, hasSingleKeys.peek());
      if (shortcut !== undefined) {
        event.preventDefault();
        onShortcut(shortcut);
      }
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [onShortcut]);
}

function OpenPanel({ state, session, chat, people }: MeetingProps) {
  const t = meetingText();
  const panel = state.panel.value;
  if (panel === undefined) {
    return null;
  }
  const close = () => {
    state.panel.value = undefined;
  };
  return (
    <SidePanel
      key={panel}
      title={panel === "chat" ? t.chat : t.people}
      count={panel === "people" ? session.participants.value.length : undefined}
      tools={panel === "chat" ? chat.tools : undefined}
      isSheet={state.screen.value === "phone"}
      onClose={close}
    >
      {panel === "chat" ? chat.body : people.body}
    </SidePanel>
  );
}

async function toggleAloud(props: MeetingProps, device: "microphone" | "camera"): Promise<void> {
  const { session, announcer } = props;
  await session.own.toggle(device);
  const t = meetingText();
  const { isOn } = session.own[device].state.peek();
  const words = {
    microphone: isOn ? t.microphoneIsOn : t.microphoneIsOff,
    camera: isOn ? t.cameraIsOn : t.cameraIsOff,
  };
  announcer.say(words[device]);
}

function selfOf(session: Session): ParticipantView | undefined {
  return session.participants.value.find((other) => other.isSelf);
}

function toggleHand({ session, onHand }: MeetingProps): void {
  const self = selfOf(session);
  if (self !== undefined && self.role !== "observer") {
    onHand(self.hand === undefined);
  }
}

function actOn(shortcut: Shortcut, props: MeetingProps, isHeld: boolean, onHelp: () => void): void {
  const { session, state } = props;
  switch (shortcut) {
    case "microphone":
    case "camera":
      if (!isHeld) {
        void toggleAloud(props, shortcut);
      }
      break;
    case "share":
      if (session.canShare && !isHeld && selfOf(session)?.rights.share === true) {
        void session.own.toggle("share");
      }
      break;
    case "chat":
    case "people":
      state.togglePanel(shortcut);
      break;
    case "fullscreen":
      void toggleFullscreen();
      break;
    case "hand":
      toggleHand(props);
      break;
    case "help":
      onHelp();
  }
}

/** The screen of one stay in a meeting. */
export function Meeting(props: MeetingProps) {
  const { session, state, announcer, title, link, onEnd, chat, people } = props;
  const t = meetingText();
  const hasHelp = useSignal(false);
  const level = useLevel(session);
  const phase = useComputed(() => reconnectingPhase(state.seconds.value));
  const isHeld = phase.value !== "none" || session.connection.value === "connecting";
  const isPhone = state.screen.value === "phone";
  const { view } = state.arrangement.value;
  const isQuiet = useQuiet(isPhone && (view === "pair" || view === "share"));
  useScreen(state.screen);
  const showHelp = () => {
    hasHelp.value = true;
  };
  useShortcuts((shortcut) => actOn(shortcut, props, isHeld, showHelp));
  const copyLink = () => {
    void copyText(link).then((isCopied) => {
      state.news.tell({ kind: "link", text: isCopied ? t.copied : link, tone: "plain" });
    });
  };
  const bar: BarProps = {
    session,
    state,
    level,
    unread: chat.unread,
    title,
    isHeld,
    onLeave: () => void session.leave(),
    onEnd,
    onCopyLink: copyLink,
    onShortcuts: showHelp,
    self: selfOf(session),
    waiting: people.waiting,
    onHand: () => toggleHand(props),
    onRoomSettings: props.onRoomSettings,
  };
  return (
    <div class={classes("stage", isPhone && "stage-phone", isQuiet && "stage-quiet")}>
      <a class="skip-link" href="#controls">
        {t.skip}
      </a>
      {isPhone && <PhoneTop {...bar} />}
      <Stage
        state={state}
        speaking={session.voices.speaking}
        link={link}
        isDimmed={phase.value !== "none"}
        onStopShare={() => void session.own.turn("share", false)}
      />
      {isPhone ? <PhoneBar {...bar} /> : <Bar {...bar} />}
      <OpenPanel {...props} />
      <NewsView news={state.news} />
      <AnnouncerView announcer={announcer} />
      {session.connection.value === "connecting" && <ConnectingCard />}
      {phase.value === "card" && <ReconnectingCard seconds={state.seconds.value ?? 0} />}
      {session.isSilenced.value && <SoundPrompt onAllow={() => void session.allowSound()} />}
      {hasHelp.value && (
        <Shortcuts
          onClose={() => {
            hasHelp.value = false;
          }}
        />
      )}
    </div>
  );
}
