/** Top and bar of a phone: five controls, everything else in a sheet. */
import {
  Ellipsis,
  Hand,
  MessageSquareText,
  Mic,
  MicOff,
  SwitchCamera,
  Users,
  Video,
  VideoOff,
} from "lucide-preact";
import { useState } from "preact/hooks";
import { BarButton } from "@/ui/BarButton";
import { type BarProps, peopleLabel } from "./Bar";
import { LeaveControl } from "./LeaveControl";
import { lookOf } from "./OwnControls";
import { ownSwitch } from "./own-switch";
import { PhoneMore } from "./PhoneMore";
import { soundText } from "./sound-strings";
import { meetingText } from "./strings";
import { moveInToolbar } from "./toolbar";

const ICON = { size: 22, strokeWidth: 1.75, "aria-hidden": "true" } as const;

/** The title and the people. */
export function PhoneTop(props: BarProps) {
  const { session, state, title, waiting } = props;
  const count = session.participants.value.length;
  const { view, tiles } = state.arrangement.value;
  const other = view === "pair" ? tiles[0]?.participant.name : undefined;
  return (
    <div class="phone-top">
      <h1 class="phone-title" dir="auto">
        {other ?? title}
      </h1>
      {session.own.camera.state.value.isOn && session.devices.lists.value.cameras.length > 1 && (
        <BarButton
          label={soundText().nextCamera}
          tone="bare"
          disabled={props.isHeld}
          onClick={() => void session.own.nextCamera()}
        >
          <SwitchCamera size={20} strokeWidth={1.75} aria-hidden="true" />
        </BarButton>
      )}
      <BarButton
        label={peopleLabel(props)}
        tone="bare"
        {...(count > 0 ? { count } : {})}
        alarm={waiting.value > 0}
        onClick={() => state.togglePanel("people")}
      >
        <Users size={20} strokeWidth={1.75} aria-hidden="true" />
      </BarButton>
    </div>
  );
}

function OwnPhoneControls({ session, isHeld, self }: BarProps) {
  const microphone = session.own.microphone.state.value;
  const camera = session.own.camera.state.value;
  const microphoneSwitch = ownSwitch(session, "microphone", self?.rights);
  const cameraSwitch = ownSwitch(session, "camera", self?.rights);
  return (
    <>
      <BarButton
        label={microphoneSwitch.label}
        pressed={microphone.isOn}
        tone={lookOf(microphone) === "on" ? "normal" : "off"}
        disabled={isHeld || !microphoneSwitch.isOpen}
        onClick={() => void session.own.toggle("microphone")}
      >
        {microphone.isOn ? <Mic {...ICON} /> : <MicOff {...ICON} />}
      </BarButton>
      <BarButton
        label={cameraSwitch.label}
        pressed={camera.isOn}
        tone={lookOf(camera) === "on" ? "normal" : "off"}
        disabled={isHeld || !cameraSwitch.isOpen}
        onClick={() => void session.own.toggle("camera")}
      >
        {camera.isOn ? <Video {...ICON} /> : <VideoOff {...ICON} />}
      </BarButton>
    </>
  );
}

/** Whether the bar has the hand; who has none has the chat there. */
export function hasHand({ self }: Pick<BarProps, "self">): boolean {
  return self !== undefined && self.role !== "observer";
}

function ThirdControl(props: BarProps) {
  const { self, state, unread, isHeld, onHand } = props;
  const t = meetingText();
  if (!hasHand(props)) {
    return (
      <BarButton
        label={unread.value > 0 ? t.chatUnread(unread.value) : t.chat}
        unread={unread.value > 0}
        onClick={() => state.togglePanel("chat")}
      >
        <MessageSquareText {...ICON} />
      </BarButton>
    );
  }
  const isUp = self?.hand !== undefined;
  return (
    <BarButton
      label={isUp ? t.handDown : t.hand}
      pressed={isUp}
      tone={isUp ? "hand" : "normal"}
      disabled={isHeld}
      onClick={onHand}
    >
      <Hand {...ICON} />
    </BarButton>
  );
}

/** The five controls. */
export function PhoneBar(props: BarProps) {
  const { session, unread } = props;
  const t = meetingText();
  const [isMore, setMore] = useState(false);
  const isUnread = unread.value > 0 && hasHand(props);
  return (
    <section class="bar-place" aria-label={t.controls}>
      <div
        id="controls"
        class="phone-bar"
        role="toolbar"
        aria-label={t.controls}
        tabIndex={-1}
        onKeyDown={(event) => moveInToolbar(event, event.currentTarget)}
      >
        <OwnPhoneControls {...props} />
        <ThirdControl {...props} />
        <BarButton
          label={isUnread ? t.moreUnread(unread.value) : t.more}
          unread={isUnread}
          aria-haspopup="dialog"
          onClick={() => setMore(true)}
        >
          <Ellipsis {...ICON} />
        </BarButton>
        <LeaveControl
          onLeave={props.onLeave}
          onEnd={props.onEnd}
          others={session.participants.value.length - 1}
        />
        {isMore && <PhoneMore {...props} hasChat={hasHand(props)} onClose={() => setMore(false)} />}
      </div>
    </section>
  );
}
