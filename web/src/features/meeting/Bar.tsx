/** The bar of a large screen: clock and title or news, own controls, panels. */
import type { ReadonlySignal } from "@preact/signals";
import { Info, MessageSquareText, ShieldCheck, Users } from "lucide-preact";
import { shownKey } from "@/lib/shortcut-keys";
import { moderates, type ParticipantView } from "@/media/participants";
import type { Reaction } from "@/media/reactions";
import type { Session } from "@/media/session";
import { BarButton } from "@/ui/BarButton";
import { Clock } from "./Clock";
import { HandControl } from "./HandControl";
import { LeaveControl } from "./LeaveControl";
import { MoreMenu } from "./MoreMenu";
import { OwnControls, ShareControl } from "./OwnControls";
import { ReactionMenu } from "./ReactionMenu";
import type { MeetingState } from "./state";
import { meetingText } from "./strings";
import { moveInToolbar } from "./toolbar";

export interface BarProps {
  session: Session;
  state: MeetingState;
  level: ReadonlySignal<number>;
  unread: ReadonlySignal<number>;
  title: string;
  isHeld: boolean;
  onLeave: () => void;
  onEnd?: (() => Promise<void>) | undefined;
  onCopyLink: () => void;
  /** Oneself, as the others see it; absent until the connection stands. */
  self: ParticipantView | undefined;
  /** How many people wait outside. */
  waiting: ReadonlySignal<number>;
  onHand: () => void;
  onRoomSettings: () => void;
  /** Absent for those who may not. */
  onReact: ((reaction: Reaction) => void) | undefined;
  /** Absent where the browser has no such window. */
  onSmallWindow: (() => void) | undefined;
}

/** The name of the button that opens the list of people. */
export function peopleLabel({ session, waiting }: BarProps): string {
  const t = meetingText();
  const count = session.participants.value.length;
  return waiting.value > 0 ? t.peopleWaiting(count, waiting.value) : t.peopleCount(count);
}

function PanelControls(props: BarProps) {
  const { session, state, unread, waiting } = props;
  const t = meetingText();
  const open = state.panel.value;
  const count = session.participants.value.length;
  return (
    <div class="bar-end">
      <BarButton
        class="bar-seldom"
        label={t.info}
        pressed={open === "info"}
        tone={open === "info" ? "on" : "bare"}
        onClick={() => state.togglePanel("info")}
      >
        <Info size={20} strokeWidth={1.75} aria-hidden="true" />
      </BarButton>
      <BarButton
        label={peopleLabel(props)}
        singleKey={shownKey("people")}
        pressed={open === "people"}
        tone={open === "people" ? "on" : "bare"}
        {...(count > 0 ? { count } : {})}
        alarm={waiting.value > 0}
        onClick={() => state.togglePanel("people")}
      >
        <Users size={20} strokeWidth={1.75} aria-hidden="true" />
      </BarButton>
      <BarButton
        label={unread.value > 0 ? t.chatUnread(unread.value) : t.chat}
        singleKey={shownKey("chat")}
        pressed={open === "chat"}
        tone={open === "chat" ? "on" : "bare"}
        unread={unread.value > 0}
        onClick={() => state.togglePanel("chat")}
      >
        <MessageSquareText size={20} strokeWidth={1.75} aria-hidden="true" />
      </BarButton>
      {moderates(props.self?.role ?? "guest") && (
        <BarButton
          class="bar-seldom"
          label={t.roomSettings}
          tone="bare"
          aria-haspopup="dialog"
          onClick={props.onRoomSettings}
        >
          <ShieldCheck size={20} strokeWidth={1.75} aria-hidden="true" />
        </BarButton>
      )}
    </div>
  );
}

/** Everything one needs during a meeting, in one row. */
export function Bar(props: BarProps) {
  const { session, state, title, onLeave, onEnd, onCopyLink } = props;
  const others = session.participants.value.length - 1;
  return (
    <section class="bar-place" aria-label={meetingText().controls}>
      <div
        id="controls"
        class="bar"
        role="toolbar"
        aria-label={meetingText().controls}
        tabIndex={-1}
        onKeyDown={(event) => moveInToolbar(event, event.currentTarget)}
      >
        <div class="bar-start">
          <Clock />
          <span class="bar-line" />
          <h1 class="bar-title" dir="auto">
            {title}
          </h1>
        </div>
        <div class="bar-middle">
          <OwnControls {...props} />
          {props.onReact !== undefined && (
            <ReactionMenu isHeld={props.isHeld} onReact={props.onReact} />
          )}
          <ShareControl {...props} />
          <HandControl {...props} />
          <MoreMenu
            onCopyLink={onCopyLink}
            onDialog={(dialog) => {
              state.dialog.value = dialog;
            }}
            onSmallWindow={props.onSmallWindow}
            onRoomSettings={
              moderates(props.self?.role ?? "guest") ? props.onRoomSettings : undefined
            }
          />
          <LeaveControl onLeave={onLeave} onEnd={onEnd} others={others} />
        </div>
        <PanelControls {...props} />
      </div>
    </section>
  );
}
