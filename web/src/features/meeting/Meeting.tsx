/** The meeting screen: stage, bar, one panel, news. */
import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { classes } from "@/lib/class";
import { copyText } from "@/lib/clipboard";
import { hasSingleKeys, shortcutKeys } from "@/lib/shortcut-keys";
import "./controls.css";
import "./overlay.css";
import "./pager.css";
import "./panel.css";
import "./shared.css";
import "./stage.css";
import { type Acting, actOn, react, selfOf, tileActions, toggleHand } from "./acting";
import { Bar, type BarProps } from "./Bar";
import { InfoPanel } from "./InfoPanel";
import { useLevel } from "./level";
import { AnnouncerView, NewsView } from "./NewsView";
import { Overlays } from "./Overlays";
import { PhoneBar, PhoneTop } from "./PhoneBar";
import { reconnectingPhase } from "./reconnecting";
import { SidePanel } from "./SidePanel";
import { useSmallWindow } from "./SmallWindow";
import { Stage } from "./Stage";
import { useScreen } from "./screen";
import { isTypingIn, type Shortcut, shortcutOf } from "./shortcuts";
import { meetingText } from "./strings";
import { useQuiet } from "./useQuiet";
import { useOwnVoice } from "./voice";

export interface MeetingProps extends Acting {
  title: string;
  /** Address that others open to join. */
  link: string;
  /** Ends the meeting for everyone; absent for guests. */
  onEnd?: (() => Promise<void>) | undefined;
  chat: { unread: ReadonlySignal<number>; body: ComponentChildren; tools: ComponentChildren };
  people: { body: ComponentChildren; waiting: ReadonlySignal<number> };
  onRoomSettings: () => void;
}

function useShortcuts(onShortcut: (shortcut: Shortcut) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isTyping = isTypingIn(document.activeElement);
      const { key, ctrlKey, metaKey, altKey, shiftKey, repeat } = event;
      const press = { key, ctrlKey, metaKey, altKey, shiftKey, repeat, isTyping };
      const nameOf = hasSingleKeys.isOn ? (name: string) => shortcutKeys.nameOf(name) : undefined;
      const shortcut = shortcutOf(press, nameOf);
      if (shortcut !== undefined) {
        event.preventDefault();
        onShortcut(shortcut);
      }
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [onShortcut]);
}

function OpenPanel(props: MeetingProps) {
  const { state, session, chat, people } = props;
  const t = meetingText();
  const panel = state.panel.value;
  if (panel === undefined) {
    return null;
  }
  const titles = { chat: t.chat, people: t.people, info: t.info };
  const bodies = { chat: chat.body, people: people.body, info: <InfoPanel {...props} /> };
  return (
    <SidePanel
      key={panel}
      title={titles[panel]}
      count={panel === "people" ? session.participants.value.length : undefined}
      tools={panel === "chat" ? chat.tools : undefined}
      isSheet={state.screen.value === "phone"}
      onClose={() => {
        state.panel.value = undefined;
      }}
    >
      {bodies[panel]}
    </SidePanel>
  );
}

/** The screen of one stay in a meeting. */
export function Meeting(props: MeetingProps) {
  const { session, state, announcer, title, link, onEnd, chat, people } = props;
  const t = meetingText();
  const level = useLevel(session);
  const phase = useComputed(() => reconnectingPhase(state.seconds.value));
  const isHeld = phase.value !== "none" || session.connection.value === "connecting";
  const isPhone = state.screen.value === "phone";
  const { view } = state.arrangement.value;
  const isQuiet = useQuiet(isPhone && (view === "pair" || view === "share"));
  useScreen(state.screen);
  useOwnVoice(props);
  useShortcuts((shortcut) => actOn(shortcut, props, isHeld));
  const self = selfOf(session);
  const onSmallWindow = useSmallWindow(props);
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
    self,
    waiting: people.waiting,
    onHand: () => toggleHand(props),
    onRoomSettings: props.onRoomSettings,
    onReact: self?.rights.react === true ? (reaction) => react(props, reaction) : undefined,
    onSmallWindow,
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
        volumes={session.volumes}
        actions={tileActions(props)}
        floating={props.floating}
        pointers={props.pointers}
        participants={session.participants}
        onSmallWindow={onSmallWindow}
        link={link}
        isDimmed={phase.value !== "none"}
        onStopShare={() => void session.own.turn("share", false)}
      />
      {isPhone ? <PhoneBar {...bar} /> : <Bar {...bar} />}
      <OpenPanel {...props} />
      <NewsView news={state.news} />
      <AnnouncerView announcer={announcer} />
      <Overlays session={session} state={state} idle={props.idle} isAway={phase.value === "card"} />
    </div>
  );
}
