/** The sheet of a phone with everything that has no place in its bar. */
import {
  Bell,
  ChartNoAxesColumn,
  Copy,
  Gauge,
  Globe,
  Hand,
  LayoutPanelLeft,
  Maximize,
  MessageSquareText,
  ScreenShare,
  Settings2,
  Users,
  WandSparkles,
} from "lucide-preact";
import type { ComponentChildren } from "preact";
import { chooseLocale, locale } from "@/i18n/locale";
import { canChangeBackground } from "@/media/background-switch";
import type { DeviceKind } from "@/media/devices";
import { moderates } from "@/media/participants";
import type { Session } from "@/media/session";
import { Sheet } from "@/ui/Dialog";
import type { BarProps } from "./Bar";
import { backgroundText } from "./background-strings";
import { devicesOf } from "./DeviceRows";
import { toggleFullscreen } from "./fullscreen";
import { networkText } from "./network-strings";
import { ReactionButtons } from "./ReactionMenu";
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
  const devices = devicesOf(session, kind);
  if (devices.length < 2) {
    return null;
  }
  return (
    <label class="sheet-row">
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

function Actions(props: BarProps & { onClose: () => void }) {
  const { session, state, onCopyLink, onClose, self, onHand } = props;
  const t = meetingText();
  const share = session.own.share.state.value;
  const then = (act: () => void) => () => {
    onClose();
    act();
  };
  return (
    <div class="sheet-actions">
      <Action label={t.chat} onPress={then(() => state.togglePanel("chat"))}>
        <MessageSquareText {...ICON} />
      </Action>
      <Action label={t.people} onPress={then(() => state.togglePanel("people"))}>
        <Users {...ICON} />
      </Action>
      {self !== undefined && self.role !== "observer" && (
        <Action label={self.hand === undefined ? t.hand : t.handDown} onPress={then(onHand)}>
          <Hand {...ICON} />
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
export function PhoneMore(props: BarProps & { onClose: () => void }) {
  const { session, onClose } = props;
  const t = meetingText();
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
        {canChangeBackground && (
          <DialogRow {...props} dialog={{ kind: "background" }} label={backgroundText().title}>
            <WandSparkles {...ROW_ICON} />
          </DialogRow>
        )}
        <DialogRow {...props} dialog={{ kind: "data" }} label={networkText().data}>
          <Gauge {...ROW_ICON} />
        </DialogRow>
        <DialogRow {...props} dialog={{ kind: "chimes" }} label={soundText().chimes}>
          <Bell {...ROW_ICON} />
        </DialogRow>
        <DialogRow {...props} dialog={{ kind: "statistics" }} label={networkText().statistics}>
          <ChartNoAxesColumn {...ROW_ICON} />
        </DialogRow>
        {document.fullscreenEnabled && (
          <button type="button" class="sheet-row" onClick={() => void toggleFullscreen()}>
            <Maximize {...ROW_ICON} />
            {t.fullscreen}
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
