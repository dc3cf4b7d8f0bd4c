/** The sheet of a phone with everything that has no place in its bar. */
import {
  Bell,
  ChartNoAxesColumn,
  Copy,
  Gauge,
  Globe,
  LayoutPanelLeft,
  Maximize,
  MessageSquareText,
  Mic,
  PictureInPicture2,
  ScreenShare,
  Settings,
  Settings2,
  Video,
  Volume2,
  WandSparkles,
} from "lucide-preact";
import type { ComponentChildren } from "preact";
import { chooseLocale, locale } from "@/i18n/locale";
import { hasSignedIn } from "@/lib/sign-in-hint";
import { canChangeBackground } from "@/media/background-choice";
import type { DeviceKind } from "@/media/devices";
import { moderates } from "@/media/participants";
import type { Session } from "@/media/session";
import { backgroundText } from "@/ui/background-strings";
import { Sheet } from "@/ui/Dialog";
import type { BarProps } from "./Bar";
import { devicesOf } from "./DeviceRows";
import { toggleFullscreen, useFullscreen } from "./fullscreen";
import { networkText } from "./network-strings";
import { PhoneSound } from "./PhoneSound";
import { ReactionButtons } from "./ReactionMenu";
import { openSettings } from "./SettingsRow";
import { soundText } from "./sound-strings";
import type { MeetingDialog } from "./state";
import { meetingText } from "./strings";
import { viewingText } from "./viewing-strings";

const ICON = { size: 22, strokeWidth: 1.75, "aria-hidden": "true" } as const;

const ROW_ICON = { size: 18, strokeWidth: 1.9, "aria-hidden": "true" } as const;

function Action(props: { label: string; onPress: () => void; children: ComponentChildren }) {
  return (
    <button type="button" class="sheet-action" onClick={props.onPress}>
      <span class="sheet-action-icon">{props.children}</span>
      {props.label}
    </button>
  );
}

function DeviceSelect({ session, kind }: { session: Session; kind: DeviceKind }) {
  const t = meetingText();
  const labels = { audioinput: t.microphone, videoinput: t.camera, audiooutput: t.speaker };
  const Icon = { audioinput: Mic, videoinput: Video, audiooutput: Volume2 }[kind];
  const devices = devicesOf(session, kind);
  if (devices.length < 2) {
    return null;
  }
  return (
    <label class="sheet-row">
      <Icon {...ROW_ICON} />
      <span class="grow">{labels[kind]}</span>
      <select
        class="sheet-select"
        value={session.devices.active.value[kind]}
        onChange={(event) => void session.own.choose(kind, event.currentTarget.value)}
      >
        {devices.map((device) => (
          <option key={device.id} value={device.id}>
            {device.name === "" ? t.defaultDevice : device.name}
          </option>
        ))}
      </select>
    </label>
  );
}

interface PhoneMoreProps extends BarProps {
  /** Whether the chat is here, because the bar has no place for it. */
  hasChat: boolean;
  onClose: () => void;
}

function Actions(props: PhoneMoreProps) {
  const { session, state, onCopyLink, onClose, self, hasChat, unread } = props;
  const t = meetingText();
  const share = session.own.share.state.value;
  const then = (act: () => void) => () => {
    onClose();
    act();
  };
  return (
    <div class="sheet-actions">
      {hasChat && (
        <Action
          label={unread.value > 0 ? t.chatUnread(unread.value) : t.chat}
          onPress={then(() => state.togglePanel("chat"))}
        >
          <MessageSquareText {...ICON} />
        </Action>
      )}
      {session.canShare && (share.isOn || self?.rights.share !== false) && (
        <Action
          label={share.isOn ? t.shareStop : t.share}
          onPress={then(() => void session.own.toggle("share"))}
        >
          <ScreenShare {...ICON} />
        </Action>
      )}
      {canChangeBackground && (
        <Action
          label={backgroundText().title}
          onPress={then(() => {
            state.dialog.value = { kind: "background" };
          })}
        >
          <WandSparkles {...ICON} />
        </Action>
      )}
      <Action label={t.copyLink} onPress={then(onCopyLink)}>
        <Copy {...ICON} />
      </Action>
    </div>
  );
}

interface DialogRowProps extends Pick<BarProps, "state"> {
  dialog: MeetingDialog;
  label: string;
  onClose: () => void;
  children: ComponentChildren;
}

function DialogRow({ state, dialog, label, onClose, children }: DialogRowProps) {
  const open = () => {
    onClose();
    state.dialog.value = dialog;
  };
  return (
    <button type="button" class="sheet-row" onClick={open}>
      {children}
      {label}
    </button>
  );
}

/** Actions first, then choices. */
export function PhoneMore(props: PhoneMoreProps) {
  const { session, onClose } = props;
  const t = meetingText();
  const isFullscreen = useFullscreen();
  const other = locale.value === "id" ? "en" : "id";
  return (
    <Sheet title={t.more} onClose={onClose}>
      {props.onReact !== undefined && (
        <ReactionButtons
          onReact={(reaction) => {
            onClose();
            props.onReact?.(reaction);
          }}
        />
      )}
      <Actions {...props} />
      <div class="sheet-rows">
        <DeviceSelect session={session} kind="audioinput" />
        <DeviceSelect session={session} kind="videoinput" />
        {session.canChooseSpeaker && <DeviceSelect session={session} kind="audiooutput" />}
        <PhoneSound session={session} level={props.level} />
        {hasSignedIn() && (
          <button type="button" class="sheet-row" onClick={openSettings}>
            <Settings {...ROW_ICON} />
            {soundText().settings}
          </button>
        )}
        {moderates(props.self?.role ?? "guest") && (
          <button
            type="button"
            class="sheet-row"
            onClick={() => {
              onClose();
              props.onRoomSettings();
            }}
          >
            <Settings2 {...ROW_ICON} />
            {t.roomSettings}
          </button>
        )}
        <DialogRow {...props} dialog={{ kind: "layout" }} label={viewingText().layout}>
          <LayoutPanelLeft {...ROW_ICON} />
        </DialogRow>
        <DialogRow {...props} dialog={{ kind: "data" }} label={networkText().data}>
          <Gauge {...ROW_ICON} />
        </DialogRow>
        <DialogRow {...props} dialog={{ kind: "chimes" }} label={soundText().chimes}>
          <Bell {...ROW_ICON} />
        </DialogRow>
        <DialogRow {...props} dialog={{ kind: "statistics" }} label={networkText().statistics}>
          <ChartNoAxesColumn {...ROW_ICON} />
        </DialogRow>
        {props.onSmallWindow !== undefined && (
          <button
            type="button"
            class="sheet-row"
            onClick={() => {
              onClose();
              props.onSmallWindow?.();
            }}
          >
            <PictureInPicture2 {...ROW_ICON} />
            {viewingText().smallWindow}
          </button>
        )}
        {document.fullscreenEnabled && (
          <button type="button" class="sheet-row" onClick={() => void toggleFullscreen()}>
            <Maximize {...ROW_ICON} />
            {isFullscreen ? t.fullscreenLeave : t.fullscreen}
          </button>
        )}
        <button type="button" class="sheet-row" lang={other} onClick={() => chooseLocale(other)}>
          <Globe {...ROW_ICON} />
          {t.language}
        </button>
      </div>
    </Sheet>
  );
}
