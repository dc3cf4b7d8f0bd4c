/** Microphone, camera and shared screen in the bar of a large screen. */
import type { ReadonlySignal } from "@preact/signals";
import {
  ChevronUp,
  Mic,
  MicOff,
  ScreenShare,
  ScreenShareOff,
  Video,
  VideoOff,
} from "lucide-preact";
import { shownKey } from "@/lib/shortcut-keys";
import type { ParticipantView } from "@/media/participants";
import type { Session } from "@/media/session";
import type { SwitchState } from "@/media/switch";
import { BarButton, SplitBarButton } from "@/ui/BarButton";
import { Menu } from "@/ui/Menu";
import { DeviceRows } from "./DeviceRows";
import { ownSwitch } from "./own-switch";
import { SettingsRow } from "./SettingsRow";
import { SoundMenu } from "./SoundMenu";
import { meetingText } from "./strings";

interface OwnControlsProps {
  session: Session;
  level: ReadonlySignal<number>;
  /** While the connection is restored, own controls wait. */
  isHeld: boolean;
  self: ParticipantView | undefined;
}

/** How a switch looks: on, off, or held back by a missing permission or device. */
export function lookOf({ isOn, problem }: SwitchState): "on" | "off" | "warned" {
  if (problem !== undefined) {
    return "warned";
  }
  return isOn ? "on" : "off";
}

function MicrophoneControl({ session, level, isHeld, self }: OwnControlsProps) {
  const microphone = session.own.microphone.state.value;
  const { isOpen, label } = ownSwitch(session, "microphone", self?.rights);
  return (
    <SplitBarButton
      label={label}
      shortcut="D"
      state={lookOf(microphone)}
      level={level.value}
      busy={microphone.isBusy}
      disabled={isHeld || !isOpen}
      onPress={() => void session.own.toggle("microphone")}
      more={<SoundMenu session={session} level={level} />}
    >
      {microphone.isOn ? (
        <Mic size={20} strokeWidth={1.75} />
      ) : (
        <MicOff size={20} strokeWidth={1.75} />
      )}
    </SplitBarButton>
  );
}

function CameraControl({ session, isHeld, self }: OwnControlsProps) {
  const t = meetingText();
  const camera = session.own.camera.state.value;
  const { isOpen, label } = ownSwitch(session, "camera", self?.rights);
  return (
    <SplitBarButton
      label={label}
      shortcut="E"
      state={lookOf(camera)}
      busy={camera.isBusy}
      disabled={isHeld || !isOpen}
      onPress={() => void session.own.toggle("camera")}
      more={
        <Menu
          label={t.cameraDevices}
          side="above"
          buttonClass="bar-split-more"
          face={<ChevronUp size={16} strokeWidth={2} aria-hidden="true" />}
          onOpen={() => void session.devices.refresh()}
        >
          <DeviceRows session={session} kind="videoinput" />
          <SettingsRow />
        </Menu>
      }
    >
      {camera.isOn ? (
        <Video size={20} strokeWidth={1.75} />
      ) : (
        <VideoOff size={20} strokeWidth={1.75} />
      )}
    </SplitBarButton>
  );
}

/** Microphone and camera, in the order of every meeting. */
export function OwnControls(props: OwnControlsProps) {
  return (
    <>
      <MicrophoneControl {...props} />
      <CameraControl {...props} />
    </>
  );
}

/** Shares a screen, or stops it; absent where one may not or cannot. */
export function ShareControl({ session, isHeld, self }: OwnControlsProps) {
  const t = meetingText();
  const share = session.own.share.state.value;
  if (!(session.canShare && (share.isOn || (self?.rights.share ?? true)))) {
    return null;
  }
  return (
    <BarButton
      label={share.isOn ? t.shareStop : t.share}
      singleKey={shownKey("share")}
      pressed={share.isOn}
      tone={share.isOn ? "on" : "normal"}
      disabled={isHeld || share.isBusy}
      onClick={() => void session.own.toggle("share")}
    >
      {share.isOn ? (
        <ScreenShareOff size={20} strokeWidth={1.75} />
      ) : (
        <ScreenShare size={20} strokeWidth={1.75} />
      )}
    </BarButton>
  );
}
