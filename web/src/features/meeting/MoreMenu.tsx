/** What is needed seldom: the link, full screen, the language, the shortcuts. */
import {
  Bell,
  ChartNoAxesColumn,
  Copy,
  Ellipsis,
  Gauge,
  Globe,
  Keyboard,
  LayoutPanelLeft,
  Maximize,
  PictureInPicture2,
  ShieldCheck,
  WandSparkles,
} from "lucide-preact";
import { chooseLocale, locale } from "@/i18n/locale";
import { shownKey } from "@/lib/shortcut-keys";
import { canChangeBackground } from "@/media/background-choice";
import { backgroundText } from "@/ui/background-strings";
import { Menu, MenuLine, MenuRow } from "@/ui/Menu";
import { shortcutText } from "@/ui/shortcut-strings";
import { toggleFullscreen, useFullscreen } from "./fullscreen";
import { networkText } from "./network-strings";
import { soundText } from "./sound-strings";
import type { MeetingDialog } from "./state";
import { meetingText } from "./strings";
import { viewingText } from "./viewing-strings";

interface MoreMenuProps {
  onCopyLink: () => void;
  onDialog: (dialog: MeetingDialog) => void;
  /** Absent where the browser has no such window. */
  onSmallWindow: (() => void) | undefined;
  /** Absent for those who may not change them. */
  onRoomSettings?: (() => void) | undefined;
}

const ICON = { size: 18, strokeWidth: 1.9, "aria-hidden": "true" } as const;

/** The button with three dots. */
export function MoreMenu(props: MoreMenuProps) {
  const { onCopyLink, onDialog, onRoomSettings, onSmallWindow } = props;
  const t = meetingText();
  const isFullscreen = useFullscreen();
  const other = locale.value === "id" ? "en" : "id";
  return (
    <Menu
      label={t.more}
      side="above"
      buttonClass="bar-button"
      face={<Ellipsis size={20} strokeWidth={1.75} aria-hidden="true" />}
    >
      <MenuRow icon={<Copy {...ICON} />} onClick={onCopyLink}>
        {t.copyLink}
      </MenuRow>
      <MenuRow
        icon={<LayoutPanelLeft {...ICON} />}
        shortcut={shownKey("layout")}
        onClick={() => onDialog({ kind: "layout" })}
      >
        {viewingText().layout}
      </MenuRow>
      {onSmallWindow !== undefined && (
        <MenuRow icon={<PictureInPicture2 {...ICON} />} onClick={onSmallWindow}>
          {viewingText().smallWindow}
        </MenuRow>
      )}
      {document.fullscreenEnabled && (
        <MenuRow
          icon={<Maximize {...ICON} />}
          shortcut={shownKey("fullscreen")}
          onClick={() => void toggleFullscreen()}
        >
          {isFullscreen ? t.fullscreenLeave : t.fullscreen}
        </MenuRow>
      )}
      {canChangeBackground && (
        <MenuRow icon={<WandSparkles {...ICON} />} onClick={() => onDialog({ kind: "background" })}>
          {backgroundText().title}
        </MenuRow>
      )}
      <MenuLine />
      <MenuRow icon={<Gauge {...ICON} />} onClick={() => onDialog({ kind: "data" })}>
        {networkText().data}
      </MenuRow>
      <MenuRow
        icon={<ChartNoAxesColumn {...ICON} />}
        onClick={() => onDialog({ kind: "statistics" })}
      >
        {networkText().statistics}
      </MenuRow>
      <MenuRow icon={<Bell {...ICON} />} onClick={() => onDialog({ kind: "chimes" })}>
        {soundText().chimes}
      </MenuRow>
      <MenuRow icon={<Globe {...ICON} />} lang={other} onClick={() => chooseLocale(other)}>
        {t.language}
      </MenuRow>
      {onRoomSettings !== undefined && (
        <MenuRow icon={<ShieldCheck {...ICON} />} onClick={onRoomSettings}>
          {t.roomSettings}
        </MenuRow>
      )}
      <MenuRow
        icon={<Keyboard {...ICON} />}
        shortcut={shownKey("help")}
        onClick={() => onDialog({ kind: "shortcuts" })}
      >
        {shortcutText().title}
      </MenuRow>
    </Menu>
  );
}
